"""Who may do what with openings: pure decisions."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, first_refusal, has_role
from dure.talent.openings.visibility import managed_organisations

NOT_MANAGER: Final = Refused(
    "not_opening_manager",
    _("Only representatives and coordinators of the organisation, and the secretariat can do this."),
)
NOT_SECRETARIAT: Final = Refused("not_secretariat", _("Only the secretariat can do this."))

NO_PAPERS: Final = Refused("no_papers", _("Name the papers that you looked at."))
OVER: Final = Refused(
    "opening_over", _("This opening is over. Take applications again first, or begin a new one.")
)
OVER_STATES: Final = ("filled", "withdrawn")


def may_offer(person: Any, organisation: Any) -> Decision:
    """Representatives and coordinators in the name of their own organisation; the secretariat for all."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or _speaks_for(person, organisation):
        return ALLOWED
    return NOT_MANAGER


def _speaks_for(person: Any, organisation: Any) -> bool:
    """Asked once per person and row in memory: a page asks it for every action. `perform` decides on a fresh row."""
    known = organisation.__dict__.setdefault("_offered_by", {})
    if person.pk not in known:
        known[person.pk] = managed_organisations(person).filter(organisation_id=organisation.pk).exists()
    return bool(known[person.pk])


def may_offer_any(person: Any) -> Decision:
    """Whether this person could offer seats in the name of any organisation."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT):
        return ALLOWED
    return ALLOWED if managed_organisations(person).exists() else NOT_MANAGER


def may_manage(person: Any, opening: Any) -> Decision:
    return may_offer(person, opening.organisation)


def may_edit(person: Any, opening: Any) -> Decision:
    """Its words may change until it is over."""
    return first_refusal(may_manage(person, opening), OVER if opening.state in OVER_STATES else ALLOWED)


def may_verify(person: Any) -> Decision:
    """Whether this person says that an organisation's papers are in order."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT


def names_papers(papers: str) -> Decision:
    """Nobody is verified without saying by what."""
    return ALLOWED if papers.strip() else NO_PAPERS
