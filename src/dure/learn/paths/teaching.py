"""Which courses teach a skill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from dure.engines import courses
from dure.learn.models import Course
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Teaches:
    """A course and the level to which it brings one."""

    course: Course
    level: int


@dataclass(frozen=True, slots=True)
class AtLevel:
    """A skill and a level of it."""

    skill: people.Skill
    level: int


def skills_of(course: courses.Course) -> tuple[list[AtLevel], list[AtLevel]]:
    """What the course needs and what one gains, each at its level, in the order of the catalogue; one query."""
    needs, gains = course.skills.needs, course.skills.gains
    named = people.skills_named([*needs, *gains])
    return _at_levels(named, needs), _at_levels(named, gains)


def _at_levels(named: Mapping[str, people.Skill], levels: Mapping[str, int]) -> list[AtLevel]:
    return [AtLevel(skill, levels[slug]) for slug, skill in named.items() if slug in levels]


def courses_that_teach(skill: str, *, reader: Any) -> list[Teaches]:
    """Open courses that the reader may see and whose present version gains this skill, the highest level first; one query."""
    gains = "current__content__skills__gains"
    rows: QuerySet[Any] = Course.objects.visible_to(reader).filter(
        state="open", **{f"{gains}__has_key": skill}
    )
    found = [Teaches(row, int(row.level)) for row in rows.annotate(level=F(f"{gains}__{skill}"))]
    return sorted(found, key=lambda one: (-one.level, one.course.slug))
