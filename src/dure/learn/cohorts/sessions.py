"""Sessions of a cohort: added, changed, called off. Whoever is inside is told of what changes, and their calendars take it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import plans, rules_sessions, telling_sessions
from dure.learn.cohorts.places import lock
from dure.learn.cohorts.plans import Plan
from dure.learn.models import ClassSession, Cohort, Room
from dure.people import api as people


@transaction.atomic
def add(
    *, by: people.Person, cohort: Cohort, planned: Sequence[Plan]
) -> tuple[list[ClassSession], list[Fault]]:
    """Add sessions that only differ in their day, all or none; returns them with what is odd about them.

    Raises Denied, and Faulty with everything that is wrong.
    """
    locked, wanted = lock(cohort), [plans.tidied(plan) for plan in planned]
    demand(rules_sessions.may_plan(by, locked))
    wanted = _keeping_room(wanted)
    _refuse(plans.faults_of(locked, wanted))
    made = ClassSession.objects.bulk_create(ClassSession(cohort=locked, **plan.fields()) for plan in wanted)
    audit.write_all(by=by, deeds=[audit.Deed("session.added", one, _trail(one)) for one in made])
    return made, plans.warnings_of(locked, wanted[0])


@transaction.atomic
def change(*, by: people.Person, session: ClassSession, planned: Plan) -> list[Fault]:
    """Make it another one; returns what is odd about it. What is the same already tells nobody.

    Its time stays once somebody's attendance is written: that was counted by it. Raises Denied, Faulty.
    """
    cohort = lock(session.cohort)
    demand(rules_sessions.may_plan(by, cohort))
    locked = _locked(session)
    demand(rules_sessions.is_on(locked))
    (wanted,) = _keeping_room([plans.tidied(planned)])
    _refuse([*plans.faults_of(cohort, [wanted], but=locked), *_faults_of_move(locked, wanted)])
    if _rewritten(locked, wanted):
        audit.write(by=by, action="session.changed", obj=locked, detail=_trail(locked))
        telling_sessions.changed(locked, by=by)
    return plans.warnings_of(cohort, wanted)


@transaction.atomic
def call_off(*, by: people.Person, session: ClassSession, reason: str) -> None:
    """It does not take place; everybody inside reads why. Raises Denied, also once it has begun."""
    cohort = lock(session.cohort)
    demand(rules_sessions.may_plan(by, cohort))
    locked = _locked(session)
    demand(rules_sessions.may_call_off(locked, reason))
    locked.called_off_at = locked.changed_at = clock.now()
    locked.revision += 1
    locked.save(update_fields=["called_off_at", "changed_at", "revision"])
    audit.write(by=by, action="session.called_off", obj=locked, detail={"reason": reason.strip()})
    telling_sessions.called_off(locked, by=by, reason=reason.strip())


def _locked(session: ClassSession) -> ClassSession:
    rows = ClassSession.objects.select_for_update(of=("self",)).select_related("room", "cohort")
    return rows.get(pk=session.pk)


def _keeping_room(wanted: list[Plan]) -> list[Plan]:
    """The same with the room as it is now; nobody else plans in it until this is done."""
    if not wanted or wanted[0].room is None:
        return wanted
    room = Room.objects.select_for_update().get(pk=wanted[0].room.pk)
    return [replace(plan, room=room) for plan in wanted]


def _refuse(found: Sequence[Fault]) -> None:
    if found:
        raise Faulty(list(found))


def _faults_of_move(session: ClassSession, wanted: Plan) -> list[Fault]:
    times = ("starts_at", "ends_at", "break_minutes")
    is_moved = any(getattr(session, name) != getattr(wanted, name) for name in times)
    if is_moved and session.attendance.exists():
        return [Fault("session_has_attendance", place="day")]
    return []


def _rewritten(session: ClassSession, wanted: Plan) -> bool:
    """Whether anything changed; then it is saved as its next revision."""
    changed = [name for name, value in wanted.fields().items() if getattr(session, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(session, name, getattr(wanted, name))
    if "starts_at" in changed:
        session.prestarted_at = None
    session.revision += 1
    session.changed_at = clock.now()
    session.save()
    return True


def _trail(session: ClassSession) -> dict[str, object]:
    """What the trail keeps: no link, which lets people in."""
    names = ("kind", "title_ko", "title_en", "starts_at", "ends_at", "break_minutes", "revision")
    return {name: getattr(session, name) for name in names}
