"""One learner as their instructors read them: the items of their own version, and their attempts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from dure.engines import courses
from dure.learn.cohorts import due, lateness
from dure.learn.models import Enrolment, Grading, LabAttempt
from dure.learn.queries.labs import AttemptView, attempt_view


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A question or the lab of a unit: `tries` is 0 before anything was tried; `late_at` where what counts came after its date."""

    title: str
    is_lab: bool
    points: float
    of: float
    tries: int
    settled: bool
    late_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the learner's version; `due_at` where the cohort has a date for it."""

    title: str
    is_read: bool
    items: tuple[ItemLine, ...]
    due_at: datetime | None = None


def units_of(enrolment: Enrolment, language: str) -> tuple[list[UnitLine], due.Deadlines]:
    """All units of the version that this person learns, with their dates; the queries of `lateness`."""
    standing, taught = enrolment.standing, enrolment.version.taught
    late, deadlines = lateness.late_of([enrolment], {enrolment.version_id: taught})
    mine, dates = late.get(enrolment.pk, {}), deadlines[enrolment.pk].dates
    lines = [
        UnitLine(
            unit.title.within(language),
            unit.id in standing.read,
            tuple(_lines(unit, standing.items, mine, language)),
            dates.get(unit.id),
        )
        for unit in taught.units
    ]
    return lines, deadlines[enrolment.pk]


def _lines(
    unit: courses.Unit, items: Mapping[str, Any], late: lateness.Late, language: str
) -> list[ItemLine]:
    named: list[tuple[str, Any, float]] = [
        (f"quiz/{item.id}", item.ask, float(item.points)) for item in unit.quiz
    ]
    if unit.lab:
        named.append((f"lab/{unit.id}", unit.lab.title, float(unit.lab.points)))
    return [
        _line(
            title.within(language),
            of,
            items.get(name),
            is_lab=name.startswith("lab/"),
            late_at=late.get(name),
        )
        for name, title, of in named
    ]


def _line(
    title: str, of: float, stands: Mapping[str, Any] | None, *, is_lab: bool, late_at: datetime | None
) -> ItemLine:
    if stands is None:
        return ItemLine(title, is_lab, 0.0, of, 0, settled=False)
    points, tries = stands["points"], stands["tries"]
    return ItemLine(title, is_lab, points, of, tries, settled=stands["settled"], late_at=late_at)


def attempts_of(enrolment: Enrolment) -> QuerySet[LabAttempt]:
    """All that this person had checked or handed in, the last first."""
    last = Prefetch("gradings", Grading.objects.order_by("-pk"))
    return LabAttempt.objects.filter(enrolment=enrolment).prefetch_related(last)


def told(
    attempt: LabAttempt, enrolment: Enrolment, deadlines: due.Deadlines, language: str
) -> tuple[str, AttemptView]:
    """The lab's title, and the attempt. Of a lab that the version has no more, the points alone."""
    unit = enrolment.version.taught.unit(attempt.unit)
    if unit is None or unit.lab is None:
        return attempt.unit, AttemptView(attempt, attempt.gradings.all()[0], ())
    return unit.lab.title.within(language), attempt_view(
        attempt, unit.lab, language, due.said(deadlines.dates.get(unit.id))
    )
