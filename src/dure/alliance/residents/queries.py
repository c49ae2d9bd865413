"""Reads of joint labs for pages and REST, each a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest, Least

from dure.alliance.models import JointLab, LabSpace, Resident, SpaceBooking
from dure.foundation import clock
from dure.people import api as people

WEEK = 7


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a lab is: who works there, desks that are somebody's of all desks, and booked hours of a week."""

    working: int
    expected: int
    leaving: int
    desks: int
    desks_taken: int
    rooms: int
    hours: float


@dataclass(frozen=True, slots=True)
class Row:
    """A space with its bookings of each day of a week."""

    space: LabSpace
    days: list[list[SpaceBooking]]


def labs(person: Any) -> QuerySet[JointLab]:
    """Labs that this person may know of, with how many work there."""
    working = Count("residents", filter=Q(residents__state="working"))
    return JointLab.objects.visible_to(person).select_related("host").annotate(working=working).order_by("pk")


def residents(
    person: Any, lab: JointLab, *, q: str = "", employer: str = "", state: str = ""
) -> QuerySet[Resident]:
    """Stays that this person may read, the newest first; without a state those that are not over."""
    rows = Resident.objects.visible_to(person).filter(lab=lab)
    is_state = state in Resident.workflow.by_name
    rows = rows.filter(state=state) if is_state else rows.filter(state__in=("expected", "working", "leaving"))
    if employer:
        rows = rows.filter(employer__slug=employer)
    if q:
        rows = rows.filter(
            Q(person__name_ko__icontains=q)
            | Q(person__name_en__icontains=q)
            | Q(desk__name__iexact=q.strip())
        )
    return rows.select_related("person", "employer", "project", "desk").order_by("-since", "-pk")


def employers(person: Any, lab: JointLab) -> list[tuple[people.Organisation, int]]:
    """Whose people work here now, as far as this person may read it, the most first."""
    rows = Resident.objects.visible_to(person).filter(lab=lab, state="working")
    counted = rows.values("employer").annotate(n=Count("pk")).order_by("-n", "employer")
    found = {one["employer"]: one["n"] for one in counted}
    named = people.Organisation.objects.in_bulk(found)
    return [(named[pk], n) for pk, n in found.items()]


def spaces(lab: JointLab) -> QuerySet[LabSpace]:
    """Rooms, then desks, with whose desk it is."""
    return lab.spaces.prefetch_related("residents__person").order_by("-kind", "name", "pk")


def bookable(lab: JointLab) -> QuerySet[LabSpace]:
    """What can be booked: rooms and desks that are nobody's own and not closed."""
    return lab.spaces.filter(closed_at=None, residents=None).order_by("-kind", "name", "pk")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(shown: Iterable[LabSpace], first: date, days: int = WEEK) -> list[Row]:
    """These spaces with what is booked in the days from `first`; one query."""
    rows = list(shown)
    dates = [first + timedelta(days=at) for at in range(days)]
    table: dict[int, list[list[SpaceBooking]]] = {one.pk: [[] for _day in dates] for one in rows}
    for booking in between(rows, first, days):
        for at, day in enumerate(dates):
            if booking.starts_at < clock.moment(day + timedelta(days=1)) and booking.ends_at > clock.moment(
                day
            ):
                table[booking.space_id][at].append(booking)
    return [Row(one, table[one.pk]) for one in rows]


def between(shown: Iterable[LabSpace], first: date, days: int) -> QuerySet[SpaceBooking]:
    """What is booked of these spaces in the days from `first`."""
    after, before = clock.moment(first), clock.moment(first + timedelta(days=days))
    rows = SpaceBooking.objects.filter(space__in=list(shown), cancelled_at=None)
    rows = rows.filter(starts_at__lt=before, ends_at__gt=after)
    return rows.select_related("person", "space").order_by("starts_at", "pk")


def mine(person: Any, lab: JointLab, now: datetime) -> QuerySet[SpaceBooking]:
    """What this person has booked and is not over."""
    rows = SpaceBooking.objects.filter(
        space__lab=lab, person_id=person.pk, cancelled_at=None, ends_at__gt=now
    )
    return rows.select_related("space").order_by("starts_at", "pk")


def occupancy(lab: JointLab, first: date) -> Occupancy:
    """How full it is in the week from `first`; three queries."""
    states = {name: Count("pk", filter=Q(state=name)) for name in ("working", "expected", "leaving")}
    stays = lab.residents.aggregate(**states)
    places = lab.spaces.filter(closed_at=None).aggregate(
        desks=Count("pk", filter=Q(kind=LabSpace.Kind.DESK), distinct=True),
        desks_taken=Count("residents", distinct=True),
        rooms=Count("pk", filter=Q(kind=LabSpace.Kind.ROOM), distinct=True),
    )
    return Occupancy(**stays, **places, hours=_hours(lab, first))


def _hours(lab: JointLab, first: date) -> float:
    """Booked hours of its rooms that lie in the week."""
    after, before = clock.moment(first), clock.moment(first + timedelta(days=WEEK))
    rows = SpaceBooking.objects.filter(
        space__lab=lab,
        space__kind=LabSpace.Kind.ROOM,
        cancelled_at=None,
        starts_at__lt=before,
        ends_at__gt=after,
    )
    length = Least(F("ends_at"), before) - Greatest(F("starts_at"), after)
    total: timedelta | None = rows.aggregate(total=Sum(length))["total"]
    return round(total.total_seconds() / 3600, 1) if total else 0.0
