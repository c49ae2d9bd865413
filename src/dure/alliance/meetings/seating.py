"""Who has a seat: registering, moving up, and every other move of a registration.

The event's row is locked first by each of them, so that two at once come one after the other and none
waits for one who waits.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.alliance.meetings import rules
from dure.alliance.meetings.visibility import WITH_SEAT
from dure.alliance.models import Meeting, MeetingRegistration
from dure.foundation import audit, workflow
from dure.foundation.access import SYSTEM, Actor, demand
from dure.people import api as people


def locked(meeting_id: int) -> Meeting:
    """The event, held until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)


@transaction.atomic
def register(meeting: Meeting, *, by: people.Person) -> MeetingRegistration:
    """A seat, or a place in the line where none is free or somebody waits already. Raises Denied."""
    held = locked(meeting.pk)
    standing = held.registrations.exclude(state="cancelled")
    demand(rules.may_register(by, held, registered=standing.filter(person=by).exists()))
    waits = held.seats is not None and (held.free == 0 or standing.filter(state="waiting").exists())
    made = held.registrations.create(person=by, state="waiting" if waits else "registered")
    audit.write(by=by, action="meeting_registration.made", obj=made, detail={"state": made.state})
    return made


@transaction.atomic
def act(
    registration: MeetingRegistration, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> MeetingRegistration:
    """Any move of a registration; checking in somebody who is in changes nothing. Raises Denied, Hidden."""
    locked(registration.meeting_id)
    fresh = MeetingRegistration.objects.select_related("meeting").get(pk=registration.pk)
    if action == "check_in" and fresh.state == "attended" and rules.runs_it(by, fresh):
        return fresh
    return workflow.perform(fresh, action, by=by, data=data)


@transaction.atomic
def fill(meeting_id: int, *, leaving: int | None = None) -> int:
    """Who waits moves up as far as there are seats, in the order of the line; returns how many. `leaving` gives a seat back now."""
    meeting = locked(meeting_id)
    if meeting.state not in ("announced", "open"):
        return 0
    line = meeting.registrations.filter(state="waiting").order_by("pk")
    if meeting.seats is not None:
        gone = () if leaving is None else (leaving,)
        taken = meeting.registrations.filter(state__in=WITH_SEAT).exclude(pk__in=gone).count()
        line = line[: max(0, meeting.seats - taken)]
    return len([workflow.perform(one, "seat", by=SYSTEM) for one in list(line)])


@transaction.atomic
def arrive_by_code(meeting: Meeting, code: str, *, by: people.Person) -> MeetingRegistration | None:
    """Check in whoever says this code; None where nobody has it. Raises Denied."""
    demand(rules.runs(by, meeting))
    said = "".join(code.upper().split()).replace("-", "")
    found = meeting.registrations.filter(code=said, person__isnull=False).exclude(state="cancelled").first()
    return act(found, "check_in", by=by) if found else None


@transaction.atomic
def forget(registration: MeetingRegistration) -> None:
    """Of an account that goes the count stays; a seat that it would have taken goes to the next one."""
    meeting = locked(registration.meeting_id)
    fresh = MeetingRegistration.objects.get(pk=registration.pk)
    ahead = meeting.state in ("announced", "open")
    if fresh.state in ("waiting", "registered") and ahead:
        fresh.delete()
        fill(meeting.pk)
        return
    MeetingRegistration.objects.filter(pk=fresh.pk).update(person=None, reason="")
