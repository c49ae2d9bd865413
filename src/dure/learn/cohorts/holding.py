"""Which row of attendance holds: the last one of a person and a session."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from dure.foundation import clock
from dure.learn.cohorts.counting import Timing
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import Attendance, ClassSession, Cohort, Place


def timing_of(session: ClassSession) -> Timing:
    return Timing(session.starts_at, session.ends_at, session.break_minutes)


def row_of(session: ClassSession, place: Place) -> Attendance | None:
    """What holds of this person in this session."""
    return Attendance.objects.filter(session=session, place=place).order_by("-pk").first()


def rows() -> QuerySet[Attendance]:
    """The rows that hold."""
    newer = Attendance.objects.filter(
        session=OuterRef("session"), place=OuterRef("place"), pk__gt=OuterRef("pk")
    )
    return Attendance.objects.filter(~Exists(newer))


def of_session(session: ClassSession, places: Iterable[Place]) -> dict[int, Attendance]:
    """What holds of these people, by their place. One query."""
    found = rows().filter(session=session, place__in=list(places)).select_related("by")
    return {row.place_id: row for row in found}


def roster(cohort: Cohort) -> QuerySet[Place]:
    """Whoever has a place, by name."""
    found = cohort.places.filter(state__in=WITH_PLACE).select_related("person", "organisation")
    return found.order_by("person__name_ko", "person__name_en", "pk")


def recorded(cohort: Cohort) -> QuerySet[Place]:
    """The same, and those who left but of whom something is written: their hours stay what they were."""
    written = Exists(Attendance.objects.filter(place=OuterRef("pk")))
    found = cohort.places.filter(Q(state__in=WITH_PLACE) | written).select_related("person", "organisation")
    return found.order_by("person__name_ko", "person__name_en", "pk")


@dataclass(frozen=True, slots=True)
class Hours:
    """What a person was there for, of what took place until now, in minutes; and what the cohort asks for, in percent."""

    minutes: int
    held: int
    asked: int

    @property
    def percent(self) -> float:
        """Of the minutes that took place; 100 before the first session is over."""
        return round(100 * self.minutes / self.held, 1) if self.held else 100.0

    @property
    def is_enough(self) -> bool:
        """In whole minutes, so that rounding decides nothing."""
        return 100 * self.minutes >= self.asked * self.held

    @property
    def hours(self) -> str:
        return words_of(self.minutes)

    @property
    def held_hours(self) -> str:
        return words_of(self.held)


def words_of(minutes: int) -> str:
    """“12:05”: hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"


def over(sessions: Iterable[ClassSession]) -> list[ClassSession]:
    """Those of them that took place and are over."""
    now = clock.now()
    return [one for one in sessions if one.called_off_at is None and one.ends_at <= now]


def hours_of(
    cohort: Cohort, places: Iterable[Place], *, sessions: Iterable[ClassSession] | None = None
) -> dict[int, Hours]:
    """The hours of these people, by their place: a sum of the rows that hold. `sessions` are the cohort's, where one has them."""
    gone = over(cohort.sessions.all() if sessions is None else sessions)
    held = sum(session.minutes for session in gone)
    wanted = list(places)
    found = rows().filter(session__in=gone, place__in=wanted).order_by().values("place_id")
    sums = dict(found.annotate(sum=Sum("minutes")).values_list("place_id", "sum"))
    return {place.pk: Hours(sums.get(place.pk, 0), held, cohort.attendance_asked) for place in wanted}
