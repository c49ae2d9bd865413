"""Who may plan sessions and keep rooms: pure decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, Decision, Refused, first_refusal
from dure.learn.cohorts import rules
from dure.learn.rules import may_teach_for

COHORT_DONE = Refused("cohort_done", _("The cohort is over: its sessions stay as they are."))
CALLED_OFF = Refused("session_called_off", _("This session was called off."))
BEGUN = Refused(
    "session_begun", _("This session has begun. What did not take place is written as attendance.")
)
NO_REASON = Refused("no_reason", _("Give a reason; the people concerned will read it."))
NOT_INSIDE = Refused(
    "not_inside", _("Only those who have a place in the cohort and those who lead it read this.")
)
NOT_ROOM_KEEPER = Refused(
    "not_room_keeper",
    _("Rooms are kept by the organisation's representatives and instructors, and by the secretariat."),
)


def may_plan(person: Any, cohort: Any) -> Decision:
    """Whoever leads it, until it is over."""
    open_still = ALLOWED if cohort.state not in ("over", "cancelled") else COHORT_DONE
    return first_refusal(rules.leads(person, cohort), open_still)


def is_on(session: Any) -> Decision:
    return ALLOWED if session.called_off_at is None else CALLED_OFF


def may_call_off(session: Any, reason: str) -> Decision:
    """Before it begins, with a reason."""
    return first_refusal(
        is_on(session),
        ALLOWED if clock.now() < session.starts_at else BEGUN,
        ALLOWED if reason.strip() else NO_REASON,
    )


def is_inside(person: Any, cohort: Any, place: Any) -> Decision:
    """Who reads links, addresses and codes' pages: a place, or leading."""
    if rules.takes_part(place):
        return ALLOWED
    return ALLOWED if rules.leads(person, cohort) else NOT_INSIDE


def may_keep_rooms(person: Any, organisation: Any) -> Decision:
    return may_teach_for(person, organisation, NOT_ROOM_KEEPER)
