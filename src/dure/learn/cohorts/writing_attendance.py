"""Whoever leads a cohort writes who was there: by hand, or from work on the platform. Rows are only ever added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import holding, logs, rules_attendance
from dure.learn.models import Attendance, ClassSession, Place
from dure.people import api as people

EARLY = (Attendance.Status.EXCUSED,)
"""What may be written before a session begins."""
NOTHING = (Attendance.Status.ABSENT,)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written of one place. `minutes` may be None: all for present, none for excused and absent.

    With `from_log` status and minutes are those that the work on the platform comes to.
    """

    place: Place
    status: str = ""
    minutes: int | None = None
    reason: str = ""
    from_log: bool = False


@transaction.atomic
def write(*, by: people.Person, session: ClassSession, entries: Sequence[Entry]) -> int:
    """Write them, all or none; returns how many rows that are. What says the same as the row that holds adds none.

    Raises Denied, and Faulty with all that is wrong; the place of a fault is the uid of the person's place.
    """
    demand(rules_attendance.may_write(by, session))
    places = [entry.place for entry in entries]
    list(
        Place.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in places]).order_by("pk")
    )
    held = holding.of_session(session, places)
    worked = logs.worked(session, [entry.place for entry in entries if entry.from_log])
    wanted = [_row(by, session, entry, worked) for entry in entries]
    fresh = [
        (entry, row)
        for entry, row in zip(entries, wanted, strict=True)
        if not _says_the_same(row, held.get(entry.place.pk))
    ]
    _refuse(session, fresh, held)
    Attendance.objects.bulk_create(row for _entry, row in fresh)
    audit.write_all(by=by, deeds=[_deed(row) for _entry, row in fresh])
    return len(fresh)


def _row(
    by: people.Person, session: ClassSession, entry: Entry, worked: Mapping[int, logs.Worked]
) -> Attendance:
    common = {"session": session, "place": entry.place, "by": by, "reason": entry.reason.strip()}
    if entry.from_log and entry.place.pk in worked:
        work = worked[entry.place.pk]
        return Attendance(
            **common,
            status=work.found.status,
            minutes=work.found.minutes,
            way=Attendance.Way.LOG,
            entered_at=work.first,
            left_at=work.last,
            at=clock.now(),
        )
    minutes = _minutes(session, entry)
    way = Attendance.Way.STAFF
    return Attendance(**common, status=entry.status, minutes=minutes, way=way, at=clock.now())


def _minutes(session: ClassSession, entry: Entry) -> int:
    if entry.status in NOTHING:
        return 0
    if entry.minutes is not None:
        return entry.minutes
    return session.minutes if entry.status == Attendance.Status.PRESENT else 0


def _says_the_same(row: Attendance, held: Attendance | None) -> bool:
    if held is None:
        return False
    return all(getattr(row, name) == getattr(held, name) for name in ("status", "minutes"))


def _refuse(
    session: ClassSession, fresh: Iterable[tuple[Entry, Attendance]], held: Mapping[int, Attendance]
) -> None:
    begun = bool(rules_attendance.has_begun(session))
    found = [
        fault
        for entry, row in fresh
        for fault in _faults(session, entry, row, begun=begun, replaces=entry.place.pk in held)
    ]
    if found:
        raise Faulty(found)


def _faults(
    session: ClassSession, entry: Entry, row: Attendance, *, begun: bool, replaces: bool
) -> Iterable[Fault]:
    place = str(entry.place.uid)
    if row.status not in Attendance.Status.values:
        yield Fault("attendance_status_unknown", place=place)
        return
    if not begun and row.status not in EARLY:
        yield Fault("attendance_too_early", place=place)
    if not 0 <= row.minutes <= session.minutes:
        yield Fault("attendance_minutes_odd", {"limit": session.minutes}, place=place)
    if entry.minutes is None and row.way == Attendance.Way.STAFF and row.status in ("late", "left"):
        yield Fault("attendance_minutes_missing", place=place)
    if replaces and not row.reason:
        yield Fault("attendance_reason_missing", place=place)


def _deed(row: Attendance) -> audit.Deed:
    detail = {"status": row.status, "minutes": row.minutes, "way": row.way, "session": row.session}
    return audit.Deed("attendance.written", row.place, detail)
