"""What a need asks for on its way to acceptance, and who may write in it: pure decisions with reasons."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Audience, Decision, Refused, Role, has_role
from dure.people import api as people
from dure.problems import rules

EDITABLE: Final = ("draft", "questions")
TALKING: Final = ("posted", "questions", "accepted", "open", "delivered")
ROUTES: Final = ("challenge", "team", "data_stays")
QUESTIONS: Final = (
    ("title", _("a title")),
    ("hurts", _("what hurts")),
    ("data", _("what data exists")),
    ("worth", _("what a good result is worth")),
)
NOT_EDITABLE = Refused(
    "not_editable", _("A posted need changes only while the secretariat has a question open.")
)
NO_ORGANISATION = Refused(
    "no_organisation",
    _("A need is posted for an organisation. Ask your representative to make you a member of it first."),
)
TALK_OVER = Refused("talk_over", _("This conversation is over; it stays readable."))
NOT_FOR_YOU = Refused("files_not_shared", _("The files of this need are not shared with you."))


def may_start(person: Any) -> Decision:
    """Whoever belongs to an organisation today."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if people.organisations_of(person).exists() else NO_ORGANISATION


def may_edit(person: Any, problem: Any) -> Decision:
    """The owner's side, in the draft or while a question is open."""
    decision = rules.owns_problem(person, problem)
    if not decision:
        return decision
    return ALLOWED if problem.state in EDITABLE else NOT_EDITABLE


def is_insider(person: Any, problem: Any) -> bool:
    """Owner's side, curator, secretariat and auditor: who reads contact, cost, files and the triage conversation."""
    if not person.is_authenticated:
        return False
    oversees = has_role(person, Role.SECRETARIAT, Role.AUDITOR) or problem.curator_id == person.pk
    return bool(oversees or rules.owns_problem(person, problem))


def may_talk(person: Any, problem: Any) -> Decision:
    """Owner's side, curator and secretariat, from posting until the end. The auditor reads only."""
    if not person.is_authenticated:
        return SIGN_IN
    speaks = rules.owns_problem(person, problem) or rules.curates(person, problem)
    if not speaks:
        return rules.NOT_OWNER
    return ALLOWED if problem.state in TALKING else TALK_OVER


def may_read_files(person: Any, problem: Any) -> Decision:
    """Insiders always. Others by sensitivity: public with the need itself, internal after the terms, the rest never."""
    if is_insider(person, problem) or problem.sensitivity == "public":
        return ALLOWED
    if problem.sensitivity != "internal":
        return NOT_FOR_YOU
    if not person.is_authenticated:
        return SIGN_IN
    if not problem.terms.filter(retired_at=None).exists():
        return NOT_FOR_YOU
    return ALLOWED if rules.accepted_terms(person, problem) else rules.NO_TERMS


def sets_terms(person: Any, problem: Any) -> Decision:
    """Owner's side or curator, until the need is done."""
    if not (rules.owns_problem(person, problem) or rules.curates(person, problem)):
        return SIGN_IN if not person.is_authenticated else rules.NOT_CURATOR
    if "done" in problem.state_tags:
        return Refused("done", _("This need is done; its terms stay as they were."))
    return ALLOWED


def missing(problem: Any) -> list[Any]:
    """What a need still lacks before it can be posted, in words."""
    lacks = [words for name, words in QUESTIONS if not getattr(problem, f"{name}_{problem.original}").strip()]
    if not problem.sensitivity:
        lacks.append(_("how sensitive the data is"))
    if not problem.contact.strip():
        lacks.append(_("whom to contact"))
    if problem.organisation_id is None:
        lacks.append(_("for which organisation"))
    return lacks


def is_complete(problem: Any, _data: Mapping[str, Any]) -> Decision:
    """The plain questions are answered in the original language; what is missing is named."""
    lacks = missing(problem)
    if not lacks:
        return ALLOWED
    listed = ", ".join(str(words) for words in lacks)
    return Refused("incomplete", _("Still missing: %(what)s.") % {"what": listed})


def is_accepted_whole(problem: Any, data: Mapping[str, Any]) -> Decision:
    """Accepting needs a known route, an active curator, and an audience that can be told apart."""
    curator = data.get("curator")
    if data.get("route") not in ROUTES or curator is None or not curator.is_active:
        return Refused("no_route", _("Choose a route and a curator."))
    if problem.sensitivity == "secret" and data["route"] == "challenge":
        return Refused(
            "secret_data", _("Secret data cannot go into a challenge; choose the team or “data stays home”.")
        )
    return _knows_audience(data)


def _knows_audience(data: Mapping[str, Any]) -> Decision:
    audience = data.get("audience")
    if audience and audience not in Audience.values:
        return Refused("no_audience", _("Choose who sees it."))
    if audience == Audience.CIRCLE and data.get("circle") is None:
        return Refused("no_circle", _("Name the circle that sees it."))
    return ALLOWED


def can_merge(problem: Any, data: Mapping[str, Any]) -> Decision:
    """Into another need that the alliance still works on or has solved."""
    target = data.get("into")
    if target is None or target.pk == problem.pk or target.state not in (*TALKING, "solved"):
        return Refused("no_target", _("Choose another need that is still worked on."))
    return ALLOWED
