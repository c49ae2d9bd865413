"""Who may do what with events: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

DESK_BEFORE: Final = timedelta(hours=3)
"""So long before an event the desk opens."""

NOT_ORGANISER = Refused("not_meeting_organiser", _("Only its organisers and the secretariat can do this."))
NOT_MINE = Refused("not_my_registration", _("This is somebody else's registration."))
IN_THE_PAST = Refused("meeting_over", _("Its time is over; change the time first."))
NOT_BEGUN = Refused("meeting_not_begun", _("It has not begun yet."))
NOT_ENDED = Refused("meeting_not_ended", _("It has not ended yet."))
DESK_CLOSED = Refused(
    "meeting_desk_closed", _("The desk opens three hours before the event and closes with it.")
)
NOT_OPEN = Refused("meeting_not_open", _("Registration is not open now."))
TWICE = Refused("meeting_registered_already", _("You are registered already."))
IS_FIXED = Refused("meeting_fixed", _("It is over; what it was does not change any more."))
NOT_ATTENDED = Refused(
    "meeting_no_certificate",
    _("There is a certificate for who was there, once the organisers have closed the list."),
)


def may_make(person: Any) -> Decision:
    return only_secretariat(person)


def runs(person: Any, meeting: Any) -> Decision:
    """Its organisers, and the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or person.pk in meeting.run_by:
        return ALLOWED
    return NOT_ORGANISER


def may_edit(person: Any, meeting: Any) -> Decision:
    """Until it was held."""
    decision = runs(person, meeting)
    return decision if not decision or meeting.state in ("draft", "announced", "open") else IS_FIXED


def may_register(person: Any, meeting: Any, *, registered: bool) -> Decision:
    """While registration is open. That it is seen is asked before."""
    if not person.is_authenticated:
        return SIGN_IN
    if registered:
        return TWICE
    is_open = meeting.state == "open" and meeting.opens_at <= clock.now() < meeting.closes_at
    return ALLOWED if is_open else NOT_OPEN


def desk_is_open(meeting: Any) -> Decision:
    """From three hours before the event until its list is closed."""
    begun = meeting.starts_at - DESK_BEFORE <= clock.now()
    return ALLOWED if begun and meeting.state in ("announced", "open", "held") else DESK_CLOSED


def is_mine(person: Any, registration: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if registration.person_id == person.pk else NOT_MINE


def runs_it(person: Any, registration: Any) -> Decision:
    return runs(person, registration.meeting)


def is_ahead(meeting: Any, _data: Mapping[str, Any]) -> Decision:
    """What is announced lies ahead."""
    return ALLOWED if meeting.ends_at > clock.now() else IN_THE_PAST


def has_begun(meeting: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if meeting.starts_at <= clock.now() else NOT_BEGUN


def has_ended(meeting: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if meeting.ends_at <= clock.now() else NOT_ENDED


def can_check_in(registration: Any, _data: Mapping[str, Any]) -> Decision:
    return desk_is_open(registration.meeting)


def can_leave(registration: Any, _data: Mapping[str, Any]) -> Decision:
    """A seat is given back before the event has begun."""
    return ALLOWED if registration.meeting.starts_at > clock.now() else IN_THE_PAST


def has_certificate(registration: Any) -> Decision:
    """Who was there has one, once the list is closed."""
    if registration is None or registration.state != "attended" or registration.meeting.state != "closed":
        return NOT_ATTENDED
    return ALLOWED
