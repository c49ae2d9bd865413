"""What a session is planned to be, and everything that can be wrong with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from dure.foundation.faults import Fault
from dure.learn.cohorts import repeating, seating
from dure.learn.models import ClassSession, Cohort, Room

LONGEST: Final = timedelta(hours=14)
MOST_PRESTART: Final = 120
IN_ROOM: Final = (ClassSession.Kind.ON_SITE, ClassSession.Kind.HYBRID)
BY_LINK: Final = (ClassSession.Kind.ONLINE, ClassSession.Kind.HYBRID)


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as somebody wants it. Its room and link are those that its kind asks for; others are dropped by `tidied`."""

    kind: str
    title_ko: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    unit: str = ""
    room: Room | None = None
    link: str = ""
    break_minutes: int = 0
    prestart_minutes: int = 0

    def fields(self) -> dict[str, Any]:
        """The columns of a session."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: Final = tuple(Plan.__dataclass_fields__)


def tidied(plan: Plan) -> Plan:
    """Without the room of an online session, without the link of one on site; an empty title is the other language's."""
    return replace(
        plan,
        room=plan.room if plan.kind in IN_ROOM else None,
        link=plan.link.strip() if plan.kind in BY_LINK else "",
        title_ko=plan.title_ko.strip() or plan.title_en.strip(),
        title_en=plan.title_en.strip() or plan.title_ko.strip(),
    )


def faults_of(cohort: Cohort, plans: Sequence[Plan], *, but: ClassSession | None = None) -> list[Fault]:
    """All that is wrong with sessions that only differ in their day; `but` is the one that is changed."""
    if not plans:
        return [Fault("no_session_days", place="weekdays")]
    if len(plans) > repeating.MOST:
        return [Fault("too_many_sessions", {"limit": repeating.MOST}, place="until")]
    return [
        *_faults_of_one(cohort, plans[0]),
        *_outside(cohort, plans),
        *_taken(plans, but=but),
    ]


def _faults_of_one(cohort: Cohort, plan: Plan) -> Iterator[Fault]:
    """What does not depend on the day."""
    if plan.kind not in ClassSession.Kind.values:
        yield Fault("session_kind_unknown", place="kind")
    if not plan.title_ko:
        yield Fault("session_untitled", place="title_ko")
    if plan.kind in IN_ROOM and plan.room is None:
        yield Fault("session_without_room", place="room")
    if plan.room is not None and plan.room.closed_at is not None:
        yield Fault("session_room_closed", place="room")
    if plan.kind in BY_LINK and not plan.link:
        yield Fault("session_without_link", place="link")
    if plan.link and not plan.link.startswith(("https://", "http://")):
        yield Fault("session_link_bad", place="link")
    if plan.unit and cohort.version.taught.unit(plan.unit) is None:
        yield Fault("session_unit_unknown", place="unit")
    if not 0 <= plan.prestart_minutes <= MOST_PRESTART:
        yield Fault("session_prestart_too_early", {"limit": MOST_PRESTART}, place="prestart_minutes")
    yield from _faults_of_time(plan)


def _faults_of_time(plan: Plan) -> Iterator[Fault]:
    length = plan.ends_at - plan.starts_at
    if length <= timedelta(0):
        yield Fault("session_ends_before_start", place="ends")
    elif length > LONGEST:
        yield Fault("session_too_long", {"limit": int(LONGEST.total_seconds() // 3600)}, place="ends")
    elif not timedelta(0) <= timedelta(minutes=plan.break_minutes) < length:
        yield Fault("session_break_too_long", place="break_minutes")


def _outside(cohort: Cohort, plans: Iterable[Plan]) -> Iterator[Fault]:
    """Days on which the cohort is not there."""
    zone = timezone.get_default_timezone()
    given = {"first": f"{cohort.starts_on}", "last": f"{cohort.ends_on}"}
    for plan in plans:
        days = {timezone.localtime(at, zone).date() for at in (plan.starts_at, plan.ends_at)}
        if min(days) < cohort.starts_on or max(days) > cohort.ends_on:
            yield Fault("session_outside_cohort", {"day": f"{min(days)}", **given}, place="day")


def _taken(plans: Sequence[Plan], *, but: ClassSession | None) -> Iterator[Fault]:
    """Other sessions in the room at that time, whosever they are: when they are, and nothing else of them. One query."""
    room = plans[0].room
    if room is None:
        return
    first, last = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
    others = _in_room(room, first, last)
    if but is not None:
        others = others.exclude(pk=but.pk)
    taken = list(others.values_list("starts_at", "ends_at"))
    for plan in plans:
        for starts_at, ends_at in taken:
            if starts_at < plan.ends_at and plan.starts_at < ends_at:
                yield Fault("room_taken", {"when": span_words(starts_at, ends_at)}, place="room")


def _in_room(room: Room, first: datetime, last: datetime) -> QuerySet[ClassSession]:
    return room.sessions.filter(called_off_at=None, starts_at__lt=last, ends_at__gt=first)


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """“2026-12-07 10:00-12:00 KST”: sessions are where the platform is."""
    zone = timezone.get_default_timezone()
    first, last = timezone.localtime(starts_at, zone), timezone.localtime(ends_at, zone)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M}-{until} KST"


def warnings_of(cohort: Cohort, plan: Plan) -> list[Fault]:
    """What is odd but allowed: a room that has fewer seats than the cohort. One query."""
    if plan.room is None or plan.kind != ClassSession.Kind.ON_SITE:
        return []
    seats = seating.offered(cohort)
    if plan.room.seats >= seats:
        return []
    return [Fault("room_too_small", {"found": plan.room.seats, "expected": seats}, place="room")]
