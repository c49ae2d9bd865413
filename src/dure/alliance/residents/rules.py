"""Who may do what in a joint lab: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.residents import checklist
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, Role, has_role

LONGEST: Final = timedelta(hours=12)
AHEAD: Final = timedelta(days=90)
"""So long may a booking be, and so far ahead."""

NOT_KEEPER = Refused("not_lab_keeper", _("Only those who look after the lab can do this."))
NOT_RESIDENT = Refused("not_lab_resident", _("Rooms are booked by those who work in this lab."))
NOT_MY_BOOKING = Refused("not_my_booking", _("This was booked by somebody else."))
BOOKING_OVER = Refused("booking_over", _("It is over or was cancelled before."))
CHECKLIST = Refused(
    "resident_checklist", _("The checklist lacks something that is needed before one comes in.")
)
STILL_OUT = Refused("resident_still_out", _("Something that was given has not been taken back yet."))
TOO_EARLY = Refused("resident_too_early", _("The first day has not come yet."))
HAS_LEFT = Refused("resident_left", _("This person does not work here any more."))


def may_make(person: Any) -> Decision:
    return only_secretariat(person)


def keeps(person: Any, lab: Any) -> Decision:
    """Who looks after it, and the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or person.pk in lab.kept_by:
        return ALLOWED
    return NOT_KEEPER


def keeps_it(person: Any, resident: Any) -> Decision:
    return ALLOWED if person is SYSTEM else keeps(person, resident.lab)


def works_in(person: Any, lab: Any) -> bool:
    """Whether somebody works there now."""
    if not person.is_authenticated:
        return False
    if person.pk not in lab.workers:
        lab.workers[person.pk] = lab.residents.filter(person_id=person.pk, state="working").exists()
    return bool(lab.workers[person.pk])


def may_book(person: Any, lab: Any) -> Decision:
    """Who works there, and who looks after it."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if keeps(person, lab) or works_in(person, lab) else NOT_RESIDENT


def may_cancel(person: Any, booking: Any) -> Decision:
    """Whoever booked it, and who looks after the lab, until it is over."""
    if not person.is_authenticated:
        return SIGN_IN
    if booking.person_id != person.pk and not keeps(person, booking.space.lab):
        return NOT_MY_BOOKING
    return ALLOWED if booking.cancelled_at is None and booking.ends_at > clock.now() else BOOKING_OVER


def can_arrive(resident: Any, _data: Mapping[str, Any]) -> Decision:
    """What is needed first is done, and the day has come."""
    if checklist.lacking(resident.given):
        return CHECKLIST
    return ALLOWED if resident.since <= clock.today() else TOO_EARLY


def can_finish(resident: Any, _data: Mapping[str, Any]) -> Decision:
    return STILL_OUT if checklist.still_out(resident.given) else ALLOWED
