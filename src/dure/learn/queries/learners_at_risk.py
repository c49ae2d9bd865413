"""Whom to ask how it goes: the course's learners as `learn.risk` reads them, and the names of those it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from dure.foundation import clock
from dure.learn import risk
from dure.learn.models import Cohort, Course, Enrolment
from dure.learn.queries.gradebook import Shapes, in_cohort


@dataclass(frozen=True, slots=True)
class Named:
    """A learner at risk with the enrolment that names them."""

    enrolment: Enrolment
    reasons: tuple[risk.Reason, ...]


def at_risk(course: Course, shapes: Shapes, *, cohort: Cohort | None = None) -> list[risk.AtRisk]:
    """Every learner at risk (of one cohort), the most urgent first.

    One query, which takes of each standing only what the rules read.
    """
    units = sorted({unit for shape in shapes.values() for unit, part in shape.parts if part == "lab"})
    labs = [KeyTransform(f"lab/{unit}", "standing__items") for unit in units]
    whose = Enrolment.objects.filter(course=course)
    if cohort is not None:
        whose = whose.filter(in_cohort(cohort.pk))
    rows = whose.values_list(
        "pk", "state", "version_id", "started_at", "standing__last_at", "standing__done", *labs
    )
    return risk.at_risk([_learning(row, shapes, units) for row in rows], clock.now())


def _learning(row: Sequence[Any], shapes: Shapes, units: Sequence[str]) -> risk.Learning:
    pk, state, version, started_at, last_at, done, *labs = row
    offered = shapes[version].parts
    tries = (
        risk.LabTries(unit, lab["tries"], lab["settled"])
        for unit, lab in zip(units, labs, strict=True)
        if lab and (unit, "lab") in offered
    )
    return risk.Learning(
        key=pk,
        began_at=_here(started_at),
        last_at=_here(last_at or started_at),
        done=done or 0.0,
        goes_on=state == "active",
        has_left=state == "left",
        labs=tuple(tries),
    )


def _here(moment: datetime) -> datetime:
    """Months are those of the platform's zone."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def named(found: Sequence[risk.AtRisk]) -> list[Named]:
    """The same with names, in the same order."""
    rows = Enrolment.objects.select_related("person").in_bulk([one.learning.key for one in found])
    return [Named(rows[one.learning.key], one.reasons) for one in found]
