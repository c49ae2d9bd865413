"""A learner says by the code of the room that they are there, or that they leave."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import Decision, Refused, demand
from dure.foundation.models import AuditEntry
from dure.learn.cohorts import access, codes, counting, holding, rules_attendance
from dure.learn.models import Attendance, ClassSession, Place
from dure.people import api as people

MOST_WRONG: Final = 5
WITHIN: Final = timedelta(minutes=5)
WRONG_CODE: Final = "attendance.wrong_code"


def enter_code(*, by: people.Person, session: ClassSession, code: str, leaving: bool = False) -> Attendance:
    """Check in, or out. Raises Denied with the reason.

    A wrong code is remembered then: after five of them in five minutes no code counts, not even the right one.
    """
    place = access.access_own_place(by, session.cohort)
    found = _tried(place, session, code, leaving=leaving)
    if isinstance(found, Attendance):
        return found
    demand(found)
    raise AssertionError  # only refusals are left


@transaction.atomic
def _tried(place: Place, session: ClassSession, code: str, *, leaving: bool) -> Attendance | Decision:
    """One try at a time for each person. A refusal is returned, so that the memory of it is not rolled back."""
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    decision = _decide(place, session, leaving=leaving)
    if isinstance(decision, Refused):
        return decision
    if not codes.is_code(bytes(session.cohort.code_key), session.uid, code, clock.now()):
        audit.write(by=place.person, action=WRONG_CODE, obj=place)
        return rules_attendance.WRONG
    return _written(place, session, leaving=leaving)


def _decide(place: Place, session: ClassSession, *, leaving: bool) -> Decision:
    row = holding.row_of(session, place)
    decision = rules_attendance.takes_codes(session)
    if decision:
        decision = rules_attendance.may_leave(row) if leaving else rules_attendance.may_enter(row)
    if decision and _wrong_tries(place) >= MOST_WRONG:
        return rules_attendance.TOO_MANY
    return decision


def _wrong_tries(place: Place) -> int:
    since = clock.now() - WITHIN
    return AuditEntry.objects.filter(uid=place.uid, action=WRONG_CODE, at__gt=since).count()


def _written(place: Place, session: ClassSession, *, leaving: bool) -> Attendance:
    now = clock.now()
    row = holding.row_of(session, place)
    entered_at = row.entered_at if row and row.entered_at else now
    found = counting.of_stay(holding.timing_of(session), entered_at, now if leaving else None)
    return Attendance.objects.create(
        session=session,
        place=place,
        status=found.status,
        minutes=found.minutes,
        way=Attendance.Way.CODE,
        entered_at=entered_at,
        left_at=now if leaving else None,
        by=place.person,
        at=now,
    )
