"""What was handed in after its date. It counts as all else does; this only says so, with the moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.engines import courses
from dure.learn.cohorts.due import NO_DATES, Deadlines, deadlines_of_all
from dure.learn.models import Enrolment, LabAttempt, LearningEvent

Late = Mapping[str, datetime]
"""Moments by names as in `Standing.items`: of what counts and came after its date."""


@dataclass(frozen=True, slots=True)
class Handed:
    """Something that was handed in: when, and how much of all points it earned."""

    at: datetime
    share: float


def counting(handed: Sequence[Handed]) -> datetime | None:
    """When that was handed in which counts: the first of the best. Going on after the date makes nothing late that was in time."""
    best = max((one.share for one in handed), default=None)
    return min((one.at for one in handed if one.share == best), default=None)


def counting_answer(answers: Iterable[tuple[bool, datetime]]) -> datetime | None:
    """The same of answers to a question: the first right one, else the last."""
    answers = list(answers)
    right = (at for is_right, at in answers if is_right)
    return next(right, answers[-1][1] if answers else None)


def late_of(
    enrolments: Sequence[Enrolment], taught: Mapping[int, courses.Course]
) -> tuple[dict[int, Late], dict[int, Deadlines]]:
    """What counts and came late, by the rows of enrolments, with their dates; four queries at most, one where nothing is due.

    `taught` has the course by the rows of the versions that they learn.
    """
    deadlines = deadlines_of_all(enrolments)
    dated = [one for one in enrolments if deadlines[one.pk].dates]
    events = _late_objects(dated, deadlines)
    if not events:
        return {}, deadlines
    made = _made_at(events)
    units = {one.pk: _units(taught[one.version_id]) for one in dated}
    return {
        pk: found
        for pk, things in events.items()
        if (found := _late(things, made, units[pk], deadlines.get(pk, NO_DATES)))
    }, deadlines


Happened = tuple[str, Mapping[str, Any], datetime]


def _late_objects(
    dated: Sequence[Enrolment], deadlines: Mapping[int, Deadlines]
) -> dict[int, dict[str, list[Happened]]]:
    """All events about whatever somebody did anything in after the first of their dates."""
    if not dated:
        return {}
    rows = LearningEvent.objects.filter(enrolment__in=dated, verb__in=("answered", "graded"))
    first = min(at for one in dated for at in deadlines[one.pk].dates.values())
    about = rows.filter(at__gt=first).values_list("object", flat=True).order_by().distinct()
    found: dict[int, dict[str, list[Happened]]] = {}
    whole = rows.filter(object__in=list(about)).order_by("pk")
    for pk, name, result, at in whole.values_list("enrolment_id", "object", "result", "at"):
        found.setdefault(pk, {}).setdefault(name, []).append((name, result, at))
    return found


def _made_at(events: Mapping[int, Mapping[str, Sequence[Happened]]]) -> dict[str, datetime]:
    """When attempts were handed in: they are graded, and graded again, later."""
    asked = [
        result["attempt"]
        for things in events.values()
        for happened in things.values()
        for _name, result, _at in happened
        if "attempt" in result
    ]
    rows = LabAttempt.objects.filter(uid__in=asked) if asked else LabAttempt.objects.none()
    return {str(uid): at for uid, at in rows.values_list("uid", "made_at")}


def _units(course: courses.Course) -> dict[str, str]:
    quiz = {f"quiz/{item.id}": unit.id for unit in course.units for item in unit.quiz}
    return quiz | {f"lab/{unit.id}": unit.id for unit in course.units if unit.lab}


def _late(
    things: Mapping[str, Sequence[Happened]],
    made: Mapping[str, datetime],
    units: Mapping[str, str],
    deadlines: Deadlines,
) -> dict[str, datetime]:
    found = {name: _counting(name, happened, made) for name, happened in things.items() if name in units}
    return {name: at for name, at in found.items() if at and deadlines.is_late(units[name], at)}


def _counting(name: str, happened: Sequence[Happened], made: Mapping[str, datetime]) -> datetime | None:
    if name.startswith("quiz/"):
        return counting_answer((bool(result["right"]), at) for _name, result, at in happened)
    graded = {str(result["attempt"]): (result, at) for _name, result, at in happened}
    return counting([Handed(made.get(uid, at), _share(result)) for uid, (result, at) in graded.items()])


def _share(result: Mapping[str, Any]) -> float:
    return float(result["points"] / result["of"]) if result["of"] else 0.0
