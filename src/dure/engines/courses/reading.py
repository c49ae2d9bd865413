"""A course folder as values, or every fault at once."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from dure.engines.courses import units
from dure.engines.courses.folder import Folder
from dure.engines.courses.validating import validated
from dure.engines.courses.values import Course, Unit
from dure.engines.faults import Fault, Faulty

LICENCES: Final = (
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "Apache-2.0",
    "MIT",
    "BSD-3-Clause",
    "KOGL-1.0",
)
RESERVED: Final = frozenset({"new", "partners"})
"""What no course may be called: a page of ours has that address beside the courses'. A test compares it with the addresses."""


def read(root: Path, *, skills: Collection[str] | None = None) -> Course:
    """The course in a folder. `skills` are the slugs of the catalogue; None looks none up. Raises Faulty."""
    if not (root / "course.yaml").is_file():
        raise Faulty([Fault("course_no_folder")])
    folder = Folder(root)
    found = folder.mapping("course.yaml") or {}
    listed = [str(name) for name in found.get("units") or () if isinstance(name, str)]
    _compare(folder, listed)
    read_units = [units.read(folder, name) for name in dict.fromkeys(listed)]
    course = _course(folder, found, [unit for unit in read_units if unit])
    if course is not None:
        _look_over(folder, course, skills)
    if folder.faults or course is None:
        raise Faulty(folder.faults)
    return course


def _compare(folder: Folder, listed: list[str]) -> None:
    there = dict.fromkeys(name.split("/")[1] for name in folder.within("units") if name.count("/") > 1)
    for name in there:
        if name not in listed:
            folder.fault("course_unit_unlisted", f"units/{name}")
    for name in {name for name in listed if listed.count(name) > 1}:
        folder.fault("course_unit_twice", f"course.yaml: {name}")


def _course(folder: Folder, found: Any, read_units: list[Unit]) -> Course | None:
    """The course with its units put in the place of their names."""
    if not isinstance(found.get("units"), list) or not found["units"]:
        folder.fault("course_missing", "course.yaml: units")
    bare, faults = validated(Course, {**found, "units": ()}, place="course.yaml")
    folder.faults += faults
    return bare and bare.model_copy(update={"units": tuple(read_units)})


def _look_over(folder: Folder, course: Course, skills: Collection[str] | None) -> None:
    if course.id in RESERVED:
        folder.fault("course_id_reserved", "course.yaml: id", id=course.id)
    if course.licence not in LICENCES:
        folder.fault(
            "course_licence_unknown",
            "course.yaml: licence",
            licence=course.licence,
            known=", ".join(LICENCES),
        )
    seen: set[str] = set()
    for unit in course.units:
        for item in unit.quiz:
            if item.id in seen:
                folder.fault("quiz_id_twice", f"units/{unit.id}/quiz.yaml: {item.id}")
            seen.add(item.id)
    if skills is not None:
        for place, skill in _named_skills(course):
            if skill not in skills:
                folder.fault("course_skill_unknown", place, skill=skill)


def _named_skills(course: Course) -> list[tuple[str, str]]:
    """Every skill that the course names, with the file that names it."""
    named = [("course.yaml: skills", skill) for skill in (*course.skills.needs, *course.skills.gains)]
    for unit in course.units:
        named += [(f"units/{unit.id}/quiz.yaml: {item.id}", item.skill) for item in unit.quiz]
        if unit.lab:
            named += [(f"units/{unit.id}/lab/lab.yaml: skills", skill) for skill in unit.lab.skills]
    return named
