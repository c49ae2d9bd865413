"""Reads of cohorts for pages and REST."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dure.foundation import clock
from dure.foundation.models import AuditEntry
from dure.learn.cohorts import seating
from dure.learn.cohorts.visibility import WITH_PLACE, led_q
from dure.learn.models import ClassSession, Cohort, Course, Place, Programme, SeatBlock
from dure.people import api as people

ASKED = ("applied", "waiting", *WITH_PLACE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cohorts: those that take people unless `mine`; of one term and language if these are named."""

    language: str = ""
    term: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of a cohort: all, free for anybody, and free for the reader, whose organisations may have some reserved."""

    offered: int
    open_to_all: int
    for_reader: int
    taken: int

    @property
    def free(self) -> int:
        return self.offered - self.taken


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many sessions a cohort has and how many wait for a seat; `ahead` of the reader if they wait too."""

    sessions: int
    waiting: int
    ahead: int


def taking_q(today: date) -> Q:
    """Those that one can apply to on that day."""
    return Q(state__in=("open", "running"), apply_until__gte=today)


def listed(person: Any, asked: Asked) -> QuerySet[Cohort]:
    """The cohorts that are asked for as this person sees them, the next to begin first, with `offered` and `taken`."""
    rows = Cohort.objects.visible_to(person)
    rows = rows.filter(_mine_q(person) if asked.mine else taking_q(clock.today()))
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.term:
        rows = rows.filter(term=asked.term)
    return with_seats(_told(rows)).order_by("starts_on", "pk")


def mine(person: Any) -> QuerySet[Cohort]:
    """What this person learns in, has applied to, or coaches, and that is not over: the last to begin first."""
    rows = Cohort.objects.visible_to(person).filter(_mine_q(person), state__in=("draft", "open", "running"))
    return _told(rows).order_by("-starts_on", "-pk")


def of_course(person: Any, course: Course) -> QuerySet[Cohort]:
    """Those of a course that take people, and those in preparation for whoever leads them."""
    rows = Cohort.objects.visible_to(person).filter(course=course).select_related("course")
    shown = rows.filter(Q(state="draft") | taking_q(clock.today()))
    return with_seats(shown).order_by("starts_on", "pk")


def of_programme(person: Any, programme: Programme) -> QuerySet[Cohort]:
    """Its cohorts as this person sees them, the latest term first."""
    rows = Cohort.objects.visible_to(person).filter(programme=programme)
    return with_seats(_told(rows)).order_by("-term", "-starts_on", "-pk")


def terms(person: Any) -> list[str]:
    """The terms of the cohorts that take people, the latest first."""
    rows = Cohort.objects.visible_to(person).filter(taking_q(clock.today())).exclude(term="")
    return list(rows.order_by("-term").values_list("term", flat=True).distinct())


def _mine_q(person: Any) -> Q:
    if not person.is_authenticated:
        return Q(pk__in=[])
    placed = Place.objects.filter(person_id=person.pk, state__in=ASKED).values("cohort_id")
    coached = Cohort.coaches.through.objects.filter(person_id=person.pk).values("cohort_id")
    return Q(pk__in=placed) | Q(pk__in=coached)


def _told(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    return rows.select_related("course__organisation", "programme")


def with_seats(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Cohorts with how many seats are `offered` and `taken`."""
    blocks = SeatBlock.objects.filter(cohort_id=OuterRef("pk")).order_by().values("cohort_id")
    offered = blocks.annotate(n=Sum(F("seats") - F("returned"))).values("n")
    return rows.annotate(
        offered=Coalesce(Subquery(offered, output_field=IntegerField()), Value(0)),
        taken=_counted(Place.objects.filter(cohort_id=OuterRef("pk"), block__isnull=False)),
    ).annotate(free=F("offered") - F("taken"))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("cohort_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def seats_of(cohort: Cohort, organisations: Iterable[int]) -> Seats:
    """What is free for whom. One query."""
    found, mine = seating.blocks_of(cohort), set(organisations)
    open_to_all = sum(one.free for one in found if one.reserved_for is None)
    reserved = sum(one.free for one in found if one.reserved_for in mine)
    offered = sum(one.offered for one in found)
    return Seats(offered, open_to_all, open_to_all + reserved, offered - sum(one.free for one in found))


def numbers_of(cohort: Cohort, place: Place | None) -> Numbers:
    """One query."""
    waiting = Place.objects.filter(cohort_id=OuterRef("pk"), state="waiting")
    before = waiting.none()
    if place is not None and place.state == "waiting":
        earlier = Q(applied_at__lt=place.applied_at) | Q(applied_at=place.applied_at, pk__lt=place.pk)
        before = waiting.filter(earlier)
    sessions = ClassSession.objects.filter(cohort_id=OuterRef("pk"), called_off_at=None)
    rows = Cohort.objects.filter(pk=cohort.pk).annotate(
        n_sessions=_counted(sessions), n_waiting=_counted(waiting), n_ahead=_counted(before)
    )
    return Numbers(*rows.values_list("n_sessions", "n_waiting", "n_ahead").get())


def coaches_of(cohort: Cohort) -> list[people.Person]:
    return list(cohort.coaches.order_by("name_ko", "name_en", "pk"))


def syllabus_history(cohort: Cohort) -> list[AuditEntry]:
    """When another version took the place of the announced one, the last first."""
    rows = AuditEntry.objects.filter(uid=cohort.uid, action="cohort.syllabus_changed")
    return list(rows.select_related("actor")[:20])


def sponsored_by(person: Any, cohort: Cohort) -> list[people.Organisation]:
    """The organisations this person represents that give seats here, or have people here. One query."""
    if not person.is_authenticated:
        return []
    gives = SeatBlock.objects.filter(cohort=cohort, sponsor_id=OuterRef("pk"))
    has = Place.objects.filter(cohort=cohort, organisation_id=OuterRef("pk"))
    has = has.filter(enrolment__isnull=False)
    rows = people.Organisation.objects.filter(pk__in=people.represented_organisations(person))
    return list(rows.filter(Q(Exists(gives)) | Q(Exists(has))))


def roster(cohort: Cohort, *, state: str = "", organisation: str = "") -> QuerySet[Place]:
    """Everybody who has or had to do with it: those who wait for a decision first, then by name."""
    rows = Place.objects.filter(cohort=cohort).select_related("person", "organisation", "enrolment__standing")
    rows = rows.defer("enrolment__standing__items", "enrolment__standing__read")
    if state:
        rows = rows.filter(state=state)
    if organisation:
        rows = rows.filter(organisation__slug=organisation)
    asks = Case(When(state="applied", then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(asks, "person__name_ko", "person__name_en", "pk")


def organisations_in(cohort: Cohort) -> list[people.Organisation]:
    """Those that people of the cohort came for."""
    there = Place.objects.filter(cohort=cohort).values("organisation_id")
    return list(people.Organisation.objects.filter(pk__in=there))


def led(person: Any) -> QuerySet[Cohort]:
    """What this person leads by coaching it or writing its course."""
    return Cohort.objects.filter(led_q(person))
