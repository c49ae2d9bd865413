"""Who may appeal against a placement round, who looks at it, and who corrects: pure decisions."""

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.people import api as people
from dure.talent.rounds import rules

APPEAL_WITHIN: Final = timedelta(days=14)
"""After the decision, or after a correction that changed one's place."""
ANSWER_WITHIN: Final = timedelta(days=14)

NOTHING_YET = Refused(
    "round_nothing_to_appeal", _("There is no result yet, and a cancelled round placed nobody.")
)
TOO_LATE = Refused("round_appeal_too_late", _("The 14 days in which one can appeal have passed."))
APPEALED = Refused(
    "round_appealed_already", _("There is an appeal against this result from your side already.")
)
NO_PART = Refused(
    "round_no_part",
    _("Those who took part can appeal, and representatives of the organisations whose seats were given."),
)
NOT_REVIEWER = Refused(
    "not_round_reviewer",
    _("The secretariat, or representatives of the organisation that runs the round, look at an appeal."),
)
CONCERNED = Refused(
    "round_appeal_concerned",
    _("You are concerned yourself: you appealed, took part, speak for who appealed, or decided this place."),
)
NOT_TAKEN = Refused("round_appeal_of_another", _("Somebody else has taken this appeal."))
NOT_OWN = Refused("not_own_round_appeal", _("Only whoever appealed can withdraw it."))
NOT_IN_REVIEW = Refused(
    "round_appeal_not_in_review", _("Look at the appeal first; a correction is part of the answer.")
)
BY_HAND = Refused(
    "round_by_hand",
    _(
        "People set the result aside and decided by hand, so there is nothing to run again. Give another place instead."
    ),
)
NOT_BY_HAND = Refused(
    "round_place_not_by_hand",
    _("No person decided this place. Correct what was wrong in the inputs, and run the round again."),
)
HAS_RESULT: Final = frozenset({"solved", "by_hand", "decided"})


def may_appeal(person: Any, found: Any, *, entry: Any = None, organisation: Any = None) -> Decision:
    """For one's own part, or for an organisation that one represents, within the time, once for each result. Three queries."""
    if not person.is_authenticated:
        return SIGN_IN
    if found.state not in HAS_RESULT or not found.results.exists():
        return NOTHING_YET
    if not _takes_part(person, found, entry, organisation):
        return NO_PART
    against = result_of(found, entry)
    if found.state == "decided" and clock.now() > against + APPEAL_WITHIN:
        return TOO_LATE
    own = found.appeals.filter(entry=entry, organisation=organisation).exclude(state="withdrawn")
    return APPEALED if own.filter(against=against).exists() else ALLOWED


def _takes_part(person: Any, found: Any, entry: Any, organisation: Any) -> bool:
    if entry is not None:
        return bool(entry.person_id == person.pk)
    if organisation is None or not people.represents(person, organisation):
        return False
    seats = found.round_seats.filter(opening__organisation=organisation)
    return organisation.pk == found.organisation_id or bool(seats.exists())


def result_of(found: Any, entry: Any) -> Any:
    """When what is appealed against was decided; before that, when it was found. One query at most."""
    decision = None if entry is None else getattr(entry, "decision", None)
    if decision is not None:
        return decision.at
    if found.state == "decided":
        return found.state_since
    return found.results.order_by("-pk").values_list("solved_at", flat=True).first()


def may_review(person: Any, appeal: Any) -> Decision:
    """The secretariat, or who runs the round; never who is concerned. Four queries at most."""
    if not person.is_authenticated:
        return SIGN_IN
    if not rules.may_manage(person, appeal.round):
        return NOT_REVIEWER
    return CONCERNED if is_concerned(person, appeal) else ALLOWED


def is_concerned(person: Any, appeal: Any) -> bool:
    """Whether this person appealed, took part, speaks for who appealed, or decided the place otherwise than the result."""
    if person.pk == appeal.by_id or appeal.round.entries.filter(person_id=person.pk).exists():
        return True
    if appeal.organisation_id is not None:
        return bool(people.represents(person, appeal.organisation))
    decision = getattr(appeal.entry, "decision", None)
    return decision is not None and bool(decision.reason) and decision.by_id == person.pk


def may_answer(person: Any, appeal: Any) -> Decision:
    """Whoever took it, while they still may."""
    decision = may_review(person, appeal)
    if not decision:
        return decision
    return ALLOWED if person.pk == appeal.reviewer_id else NOT_TAKEN


def may_correct(person: Any, appeal: Any) -> Decision:
    decision = may_answer(person, appeal)
    if not decision:
        return decision
    if appeal.state != "in_review":
        return NOT_IN_REVIEW
    if is_running(appeal.round):
        return rules.CORRECTING
    return BY_HAND if appeal.round.is_by_hand else ALLOWED


def may_give(person: Any, appeal: Any) -> Decision:
    """Another place for one entry is for what people decided by hand; what the result says is corrected in its inputs."""
    decision = may_answer(person, appeal)
    if not decision:
        return decision
    if appeal.state != "in_review":
        return NOT_IN_REVIEW
    made = getattr(appeal.entry, "decision", None) if appeal.entry else None
    by_people = made is not None and (appeal.round.is_by_hand or bool(made.reason))
    return ALLOWED if appeal.round.state == "decided" and by_people else NOT_BY_HAND


def is_running(found: Any) -> bool:
    """Whether a correction of this round is being run."""
    return bool(found.appeals.filter(state="correcting").exists())


def is_own(person: Any, appeal: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    if appeal.organisation_id is not None:
        return ALLOWED if people.represents(person, appeal.organisation) else NOT_OWN
    return ALLOWED if appeal.entry.person_id == person.pk else NOT_OWN


def sees_all(person: Any, found: Any) -> bool:
    """Whether every appeal of a round is shown to this person."""
    return has_role(person, Role.SECRETARIAT, Role.AUDITOR) or bool(rules.may_manage(person, found))
