"""Who may do what in ethics, and when: pure decisions."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.ethics import subjects, visibility
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Hidden, Refused
from dure.foundation.workflow import has_reason

LEAST: Final = 2
"""Opinions that a decision needs; one of them comes from outside."""

NOT_AUTHOR = Refused("not_ethics_author", _("Only who answers for it can do this."))
NOT_BOARD = Refused(
    "not_ethics_board", _("Only members of the ethics board without an interest can do this.")
)
NOT_CHAIR = Refused("not_ethics_chair", _("Only the chair of the ethics board decides."))
UNFINISHED = Refused("ethics_unfinished", _("Not every question is answered yet. Write the answers first."))
TOO_FEW = Refused(
    "ethics_too_few_opinions",
    _("A decision needs two opinions of the board, and one of them from a member from outside."),
)
NO_CONDITIONS = Refused(
    "ethics_no_conditions", _("A member approves only with conditions. Write down which ones hold.")
)
OPPOSED = Refused("ethics_opposed", _("A member refuses. Say in the reason why it is approved all the same."))
STILL_NEEDED = Refused(
    "ethics_still_needed", _("Its subject needs an assessment, so this one cannot be withdrawn.")
)
NO_OUTCOME = Refused("no_outcome", _("Write down what came of it and what was done."))
NOT_DRAFT = Refused(
    "ethics_not_draft", _("The answers are with the board or decided; they do not change now.")
)
NOT_WITH_BOARD = Refused("ethics_not_submitted", _("It is not with the board now."))


def answers(person: Any, assessment: Any) -> Decision:
    """Whoever answers for the subject, and the secretariat."""
    if only_secretariat(person):
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if _once(person, assessment, _answers) else NOT_AUTHOR


def _answers(person: Any, assessment: Any) -> bool:
    try:
        return bool(subjects.kind_named(assessment.kind).may_answer(person, assessment.subject))
    except Hidden:
        return False


def _once(person: Any, row: Any, ask: Callable[[Any, Any], bool]) -> bool:
    """Asked once per person and row in memory: a page asks it for every action. `perform` decides on a fresh row."""
    known = row.__dict__.setdefault("_known", {})
    if (person.pk, ask) not in known:
        known[person.pk, ask] = ask(person, row)
    return bool(known[person.pk, ask])


def may_begin(person: Any, subject: subjects.Subject) -> Decision:
    """Whoever answers for a subject, and the secretariat, which asks for it with that."""
    if only_secretariat(person):
        return ALLOWED
    return subjects.kind_named(subject.kind).may_answer(person, subject.uid)


def may_demand(person: Any) -> Decision:
    """The secretariat asks for an assessment of anything."""
    return only_secretariat(person)


def sits_on_board(person: Any, assessment: Any) -> Decision:
    """Members of the board today who neither wrote it nor belong to the organisation."""
    if person is SYSTEM:
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if _once(person, assessment, _sits_free) else NOT_BOARD


def _sits_free(person: Any, assessment: Any) -> bool:
    free = type(assessment).objects.filter(visibility.without_interest_q(person), pk=assessment.pk)
    return visibility.sits(person) and free.exists()


def chairs(person: Any, assessment: Any) -> Decision:
    """The chair, without an interest."""
    decision = sits_on_board(person, assessment)
    if not decision or person is SYSTEM:
        return decision
    return ALLOWED if _once(person, assessment, _is_chair) else NOT_CHAIR


def _is_chair(person: Any, _assessment: Any) -> bool:
    return bool(person.ethics_seats.filter(visibility.sits_q(), is_chair=True).exists())


def may_give_opinion(person: Any, assessment: Any) -> Decision:
    """While it is with the board."""
    decision = sits_on_board(person, assessment)
    return decision if not decision or assessment.state == "submitted" else NOT_WITH_BOARD


def follows_up(person: Any, incident: Any) -> Decision:
    """The secretariat, and members of the board who do not belong to the organisation."""
    if only_secretariat(person):
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if _once(person, incident, _follows) else NOT_BOARD


def _follows(person: Any, incident: Any) -> bool:
    free = type(incident).objects.filter(visibility.elsewhere_q(person), pk=incident.pk)
    return incident.reporter_id != person.pk and visibility.sits(person) and free.exists()


def is_complete(assessment: Any, _data: Mapping[str, Any]) -> Decision:
    """Every question has an answer; of data about humans also the review, its number and who may touch it."""
    given = [assessment.risk, assessment.affected, assessment.basis, assessment.protection]
    given += [assessment.fairness, assessment.oversight]
    if assessment.is_human:
        given += [assessment.review_number, assessment.handlers]
    return ALLOWED if all(str(one).strip() for one in given) else UNFINISHED


def may_be_approved(assessment: Any, data: Mapping[str, Any]) -> Decision:
    """Enough opinions; conditions where a member set some; a reason where a member refuses."""
    votes = _votes(assessment)
    if votes is None:
        return TOO_FEW
    if "conditions" in votes and not str(data.get("conditions", "")).strip():
        return NO_CONDITIONS
    return OPPOSED if "refuse" in votes and not has_reason(assessment, data) else ALLOWED


def may_be_refused(assessment: Any, data: Mapping[str, Any]) -> Decision:
    decision = has_reason(assessment, data)
    return TOO_FEW if decision and _votes(assessment) is None else decision


def _votes(assessment: Any) -> set[str] | None:
    """What was voted on this submission; None while there are too few."""
    found = list(assessment.opinions.filter(turn=assessment.turn).values_list("vote", "is_outside"))
    enough = len(found) >= LEAST and any(outside for _vote, outside in found)
    return {vote for vote, _outside in found} if enough else None


def is_not_needed(assessment: Any, _data: Mapping[str, Any]) -> Decision:
    """Neither the secretariat nor the facts ask for it. A subject that is gone needs nothing."""
    subject = subjects.load(assessment.kind, assessment.subject)
    if subject is None:
        return ALLOWED
    return STILL_NEEDED if assessment.is_demanded or subject.needs else ALLOWED


def has_outcome(_incident: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if str(data.get("outcome", "")).strip() else NO_OUTCOME


def may_write(person: Any, assessment: Any) -> Decision:
    """Answers are written before they are handed in, and again when it is looked at anew."""
    decision = answers(person, assessment)
    return decision if not decision or assessment.state in ("draft", "revisit") else NOT_DRAFT
