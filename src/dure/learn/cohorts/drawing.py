"""Drawing the questions of an entrance test, and what a sitting says of each skill. Values in, values out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from dure.engines import courses


@dataclass(frozen=True, slots=True)
class OfSkill:
    """How many questions of a skill were asked, and how many of them answered right."""

    skill: str
    asked: int
    right: int


def draw(items: Iterable[courses.Item], skills: Sequence[str], *, number: int, seed: str) -> list[str]:
    """Ids of so many items, spread evenly over the skills in their order, of each skill in the order that the seed gives."""
    shelves: dict[str, list[str]] = {skill: [] for skill in skills}
    for item in sorted(items, key=lambda one: _drawn(seed, one.id)):
        if item.skill in shelves:
            shelves[item.skill].append(item.id)
    rounds = zip_longest(*shelves.values())
    return [one for some in rounds for one in some if one is not None][:number]


def percent(asked: Sequence[courses.Item], answers: Mapping[str, Sequence[str]]) -> float:
    """Of the points of what was asked, those that were earned; what was not answered earns none."""
    offered = sum(item.points for item in asked)
    earned = sum(item.points for item in asked if is_right(item, answers))
    return round(100 * earned / offered, 1) if offered else 0.0


def by_skill(asked: Sequence[courses.Item], answers: Mapping[str, Sequence[str]]) -> list[OfSkill]:
    """Each skill in the order in which it was asked about first."""
    skills = list(dict.fromkeys(item.skill for item in asked))
    return [_of_skill(skill, [item for item in asked if item.skill == skill], answers) for skill in skills]


def _of_skill(skill: str, asked: Sequence[courses.Item], answers: Mapping[str, Sequence[str]]) -> OfSkill:
    return OfSkill(skill, len(asked), sum(is_right(item, answers) for item in asked))


def is_right(item: courses.Item, answers: Mapping[str, Sequence[str]]) -> bool:
    return item.id in answers and courses.judged(item, answers[item.id]).right


def _drawn(seed: str, item: str) -> bytes:
    return hashlib.sha256(f"{seed}:{item}".encode()).digest()
