"""The gradebook of a course: its learners with their points in each unit. A page is one query for its rows, whatever they hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from dure.engines import courses
from dure.foundation import i18n
from dure.learn.cohorts.lateness import late_of
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import Course, CourseVersion, Enrolment, Standing

Place = tuple[str, str]
"""A unit's id and `quiz`, `lab`, or for a unit with neither `lesson`."""
SORTS: Final = ("name", "-name", "done", "-done", "last", "-last")
UNIT_STATES: Final = ("done", "begun", "untouched")


@dataclass(frozen=True, slots=True)
class Part:
    """What a version asks for in one place: names as in `Standing.items`, and their points."""

    names: tuple[str, ...]
    of: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What a version asks for in all places, in the order of its units."""

    number: int
    taught: courses.Course
    parts: Mapping[Place, Part]

    def names(self, unit: str) -> list[str]:
        return [name for (of, _part), part in self.parts.items() if of == unit for name in part.names]


Shapes = Mapping[int, Shape]
"""By the row of the version, the newest first."""


@dataclass(frozen=True, slots=True)
class Column:
    """A place of the newest version that has it. `of` is None for a lesson, which has no points."""

    place: Place
    title: str
    of: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a learner has in a place: `points` None before anything was tried; `of` as in their own version.

    `is_late`: something that counts in it was handed in after its date.
    """

    points: float | None
    of: float
    is_done: bool
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A learner. A cell is None where their version has no such place. Totals are points of all questions and of all labs."""

    enrolment: Enrolment
    number: int
    cells: tuple[Cell | None, ...]
    quizzes: float
    labs: float

    @property
    def standing(self) -> Standing:
        return self.enrolment.standing

    @property
    def done(self) -> str:
        return f"{self.standing.done:.0f}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which learners, in which order: all of them by name unless said otherwise."""

    sort: str = "name"
    unit: str = ""
    state: str = ""
    only: tuple[int, ...] | None = None
    organisation: int | None = None
    cohort: int | None = None


def shapes_of(course: Course) -> Shapes:
    """The versions that somebody learns, and the one that new learners get."""
    learned = Enrolment.objects.filter(course=course).values("version_id")
    rows = course.versions.filter(Q(pk__in=learned) | Q(pk=course.current_id))
    return {row.pk: _shape(row) for row in rows.defer("content", "findings").order_by("-number")}


def _shape(version: CourseVersion) -> Shape:
    taught = version.taught
    parts = {place: part for unit in taught.units for place, part in _parts(unit)}
    return Shape(version.number, taught, parts)


def _parts(unit: courses.Unit) -> Iterable[tuple[Place, Part]]:
    if unit.quiz:
        names = tuple(f"quiz/{item.id}" for item in unit.quiz)
        yield (unit.id, "quiz"), Part(names, float(unit.quiz_points))
    if unit.lab:
        yield (unit.id, "lab"), Part((f"lab/{unit.id}",), float(unit.lab.points))
    if not unit.quiz and not unit.lab:
        yield (unit.id, "lesson"), Part((), 0.0)


def columns(shapes: Shapes, language: str) -> list[Column]:
    """Every place of every version; what only an older version has stands last."""
    found: dict[Place, Column] = {}
    for shape in shapes.values():
        named = titles([shape], language)
        for place, part in shape.parts.items():
            of = None if place[1] == "lesson" else part.of
            found.setdefault(place, Column(place, named[place[0]], of))
    return list(found.values())


def titles(shapes: Iterable[Shape], language: str) -> dict[str, str]:
    """Titles of units by their ids, each from the newest version that has it."""
    found: dict[str, str] = {}
    for shape in shapes:
        for unit in shape.taught.units:
            found.setdefault(unit.id, unit.title.within(language))
    return found


def learners(course: Course, shapes: Shapes, asked: Asked) -> QuerySet[Enrolment]:
    """The enrolments that are asked for, with person, organisation and standing."""
    rows = Enrolment.objects.filter(course=course).select_related("person", "organisation", "standing")
    if asked.organisation is not None:
        rows = rows.filter(organisation_id=asked.organisation)
    if asked.cohort is not None:
        rows = rows.filter(in_cohort(asked.cohort))
    if asked.only is not None:
        rows = rows.filter(pk__in=asked.only)
    if asked.unit and asked.state:
        rows = rows.filter(_in_unit(shapes, asked.unit, asked.state))
    return _sorted(rows, asked.sort)


def in_cohort(cohort: int) -> Q:
    """Enrolments of those who have a place in a cohort, or took part to its end."""
    return Q(places__cohort_id=cohort, places__state__in=WITH_PLACE)


def _sorted(rows: QuerySet[Enrolment], sort: str) -> QuerySet[Enrolment]:
    first, other = ("ko", "en") if i18n.is_korean() else ("en", "ko")
    name = Coalesce(NullIf(f"person__name_{first}", Value("")), f"person__name_{other}")
    by: Any = {"name": name, "done": F("standing__done"), "last": F("standing__last_at")}[sort.lstrip("-")]
    return rows.order_by(by.desc() if sort.startswith("-") else by.asc(), "pk")


def _in_unit(shapes: Shapes, unit: str, state: str) -> Q:
    """Learners of each version by what that version asks for in the unit."""
    found = Q(pk__in=[])
    for pk, shape in shapes.items():
        if shape.taught.unit(unit) is not None:
            found |= Q(version_id=pk) & _state_q(unit, shape.names(unit), state)
    return found


def _state_q(unit: str, names: Sequence[str], state: str) -> Q:
    """`done`: read, and all in it settled; `begun`: some of that; `untouched`: nothing."""
    done = touched = Q(standing__read__contains=[unit])
    if names:
        done &= Q(standing__items__contains={name: {"settled": True} for name in names})
        touched |= Q(standing__items__has_any_keys=list(names))
    return {"done": done, "begun": touched & ~done, "untouched": ~touched}[state]


def rows_of(enrolments: Iterable[Enrolment], shapes: Shapes, shown: Sequence[Column]) -> list[Row]:
    """Their lines under these columns. The standings hold it all; what came late is four queries, one where nothing is due."""
    found = list(enrolments)
    late, _dates = late_of(found, {pk: shape.taught for pk, shape in shapes.items()})
    return [_row(one, shapes[one.version_id], shown, late.get(one.pk, {})) for one in found]


def _row(enrolment: Enrolment, shape: Shape, shown: Sequence[Column], late: Collection[str]) -> Row:
    standing = enrolment.standing
    cells = tuple(_cell(column.place, shape, standing, late) for column in shown)
    return Row(enrolment, shape.number, cells, _total(standing, "quiz/"), _total(standing, "lab/"))


def _cell(place: Place, shape: Shape, standing: Standing, late: Collection[str]) -> Cell | None:
    part = shape.parts.get(place)
    if part is None:
        return None
    if place[1] == "lesson":
        return Cell(None, 0.0, place[0] in standing.read)
    tried = [standing.items[name] for name in part.names if name in standing.items]
    settled = sum(bool(one["settled"]) for one in tried)
    points = round(sum(one["points"] for one in tried), 2) if tried else None
    return Cell(points, part.of, settled == len(part.names), any(name in late for name in part.names))


def _total(standing: Standing, kind: str) -> float:
    points: float = sum(one["points"] for name, one in standing.items.items() if name.startswith(kind))
    return round(points, 2)
