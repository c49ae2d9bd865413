"""Reads of events for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dure.alliance.meetings.visibility import WITH_SEAT, material_q
from dure.alliance.models import (
    Meeting,
    MeetingMaterial,
    MeetingRegistration,
    MeetingSession,
    MeetingSpeaker,
)
from dure.foundation import clock


def listed(person: Any, *, when: str = "", kind: str = "", mine: bool = False) -> QuerySet[Meeting]:
    """Events that this person may know of: those ahead, the nearest first; `when="past"` the others, the newest first."""
    rows = Meeting.objects.visible_to(person).select_related("host")
    if kind in Meeting.Kind.values:
        rows = rows.filter(kind=kind)
    if mine:
        rows = rows.filter(pk__in=_of(person))
    taken = Count("registrations", filter=Q(registrations__state__in=WITH_SEAT))
    rows = rows.annotate(seated=taken)
    if when == "past":
        return rows.filter(ends_at__lt=clock.now()).order_by("-starts_at", "-pk")
    return rows.filter(ends_at__gte=clock.now()).order_by("starts_at", "pk")


def _of(person: Any) -> Any:
    mine = MeetingRegistration.objects.filter(person_id=person.pk).exclude(state="cancelled")
    return mine.values("meeting_id")


def programme(meeting: Meeting) -> list[MeetingSession]:
    """Sessions with their speakers; two queries."""
    speakers = MeetingSpeaker.objects.select_related("person").order_by("pk")
    rows = meeting.sessions.prefetch_related(Prefetch("speakers", queryset=speakers))
    return list(rows.order_by("starts_at", "pk"))


def materials(meeting: Meeting, own: Any, *, runs: bool) -> QuerySet[MeetingMaterial]:
    """What may be opened of it by whose registration is `own`."""
    return meeting.materials.filter(material_q(own, runs=runs)).order_by("pk")


def coming(meeting: Meeting, *, q: str = "", state: str = "") -> QuerySet[MeetingRegistration]:
    """The list at the desk, in the order of registration; the caller runs the event."""
    rows = meeting.registrations.select_related("person").filter(person__isnull=False)
    is_state = state in MeetingRegistration.workflow.by_name
    rows = rows.filter(state=state) if is_state else rows.exclude(state="cancelled")
    if q:
        named = Q(person__name_ko__icontains=q) | Q(person__name_en__icontains=q)
        rows = rows.filter(named | Q(code__iexact=q.strip()) | Q(person__email__iexact=q.strip()))
    return rows.order_by("pk")


def counts(meeting: Meeting) -> dict[str, int]:
    """How many are in each state; one query."""
    rows = meeting.registrations.values("state").annotate(n=Count("pk")).order_by("state")
    found = {one["state"]: one["n"] for one in rows}
    return {state.name: found.get(state.name, 0) for state in MeetingRegistration.workflow.states}


def line_before(registration: MeetingRegistration) -> int:
    """How many wait before this one."""
    waiting = MeetingRegistration.objects.filter(meeting_id=registration.meeting_id, state="waiting")
    return waiting.filter(pk__lt=registration.pk).count()
