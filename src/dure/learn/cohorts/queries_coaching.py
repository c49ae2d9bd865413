"""Threads between learners and coaches: those of a cohort, those of a learner, and the messages of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Prefetch, QuerySet, When

from dure.learn.models import CoachMessage, Cohort, Grading, LabAttempt, Place

OFFERED = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it is shown: whether the learner wrote it, and what it says; empty once its author's account is gone."""

    message: CoachMessage
    is_learners: bool
    body: str


def threads_of(cohort: Cohort, *, place: Place | None = None) -> QuerySet[CoachMessage]:
    """The last message of each thread, with place and person. First those that wait for a coach (`waits`), the longest first."""
    rows = CoachMessage.objects.filter(place__cohort=cohort)
    if place is not None:
        rows = rows.filter(place=place)
    last = rows.order_by("place_id", "unit", "-pk").distinct("place_id", "unit").values("pk")
    waits = Case(When(author_id=F("place__person_id"), then=1), default=0, output_field=IntegerField())
    since = Case(When(waits=1, then=F("created_at")))
    found = CoachMessage.objects.filter(pk__in=last).select_related("place__person", "author")
    return found.annotate(waits=waits).order_by("-waits", since.asc(nulls_last=True), "-created_at", "-pk")


def messages_of(place: Place, unit: str) -> QuerySet[CoachMessage]:
    """The messages of one thread, the last first, each with the attempt that it refers to and how that was graded."""
    last = Prefetch("attempt__gradings", Grading.objects.order_by("-pk"))
    rows = CoachMessage.objects.filter(place=place, unit=unit).select_related("author", "attempt")
    return rows.prefetch_related(last).order_by("-pk")


def lines(rows: Iterable[CoachMessage], place: Place) -> list[Line]:
    """In the order in which they were written."""
    return [
        Line(row, row.author_id == place.person_id, row.body) for row in sorted(rows, key=lambda one: one.pk)
    ]


def attempts_at(place: Place, unit: str) -> list[LabAttempt]:
    """What a learner can refer to: the last attempts at this unit's lab."""
    if not unit or place.enrolment_id is None:
        return []
    return list(LabAttempt.objects.filter(enrolment_id=place.enrolment_id, unit=unit)[:OFFERED])


def title_of(place: Place, unit: str, language: str) -> str | None:
    """What the unit is called in the cohort's version or in the learner's own; None where neither has it."""
    versions = [place.cohort.version]
    if place.enrolment is not None and place.enrolment.version_id != place.cohort.version_id:
        versions.append(place.enrolment.version)
    found = (version.taught.unit(unit) for version in versions)
    return next((one.title.within(language) for one in found if one is not None), None)


def titles_of(cohort: Cohort, language: str) -> dict[str, str]:
    """Titles of the announced version's units."""
    return {unit.id: unit.title.within(language) for unit in cohort.version.taught.units}
