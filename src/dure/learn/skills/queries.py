"""What a person can do now, skill by skill: the level, what shows it, and what leads to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dure.learn.models import Course, Enrolment
from dure.learn.models.course import taught_of
from dure.learn.paths.teaching import Teaches
from dure.learn.skills.evidence import Shown, by_skill
from dure.learn.skills.gathering import enrolments_of, facts_of
from dure.people import api as people

MOST_COURSES = 200
MOST_TEACH = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A skill of a person. `criteria` say what one is seen to do at the next level; `teaches` are courses that lead there."""

    skill: people.Skill
    shown: Shown
    criteria: tuple[str, ...]
    teaches: tuple[Teaches, ...]

    @property
    def name(self) -> str:
        return self.skill.name


@dataclass(frozen=True, slots=True)
class Abilities:
    """What evidence shows, and what is not shown yet though a course on it has begun."""

    shown: tuple[Line, ...]
    begun: tuple[Line, ...]


def abilities_of(person: people.Person) -> Abilities:
    """All of it for the person themselves, in the order of the catalogue; a fixed number of queries."""
    taken = enrolments_of(person)
    shown = by_skill(facts_of(person, taken))
    begun = _learning(taken)
    named = people.skills_named({*shown, *begun})
    teaching = courses_teaching(person, named)
    lines = [_line(skill, shown.get(slug, Shown(0)), teaching.get(slug, ())) for slug, skill in named.items()]
    return Abilities(
        tuple(line for line in lines if line.shown.level),
        tuple(line for line in lines if not line.shown.level),
    )


def _line(skill: people.Skill, shown: Shown, teaching: Sequence[Teaches]) -> Line:
    level = shown.next_level
    leads = [one for one in teaching if level and one.level >= level]
    return Line(skill, shown, tuple(skill.criteria(level)) if level else (), tuple(leads[:MOST_TEACH]))


def _learning(taken: Iterable[Enrolment]) -> set[str]:
    """What the courses are about in the middle of which somebody is."""
    active = [one.version_id for one in taken if one.state == "active"]
    return {slug for course in taught_of(active).values() for slug in course.skills.gains}


def courses_teaching(reader: Any, skills: Iterable[str]) -> dict[str, list[Teaches]]:
    """For each of these skills the open courses that teach it, the lowest level first; one query."""
    rows: Any = Course.objects.visible_to(reader).filter(state="open", current__isnull=False)
    rows = rows.values_list("slug", "title_ko", "title_en", "current__content__skills__gains")
    found: dict[str, list[Teaches]] = {slug: [] for slug in skills}
    for slug, ko, en, gains in rows.order_by("slug")[:MOST_COURSES]:
        course = Course(slug=slug, title_ko=ko, title_en=en)
        for skill in gains.keys() & found.keys():
            found[skill].append(Teaches(course, gains[skill]))
    return {slug: sorted(ones, key=lambda one: one.level) for slug, ones in found.items()}
