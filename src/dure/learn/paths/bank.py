"""The questions that come with Dure, at least two for each skill that the first course needs or gains."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import factorial
from typing import Any, Final

import yaml

from dure.engines import courses, skills
from dure.engines.tracing import Answer

SHELVES: Final = ("foundations", "framing", "signals")
HARD_TO_GUESS: Final = 0.05
"""Probability of a right answer without the skill where one writes it oneself."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions by id, and the skills they ask about, each after all that it rests on, with what it rests on among all skills."""

    items: Mapping[str, courses.Item]
    skills: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]

    def of(self, skill: str) -> list[courses.Item]:
        """The questions about a skill."""
        return [item for item in self.items.values() if item.skill == skill]


@cache
def bank() -> Bank:
    """The packaged questions. Each is answered once at a time, with its explanation at once."""
    read = [courses.Item.model_validate(entry) for shelf in SHELVES for entry in _entries(shelf)]
    items = {item.id: item.model_copy(update={"attempts": 1, "feedback": "now"}) for item in read}
    needs = {slug: tuple(skill.needs) for slug, skill in skills.packaged().skills.items()}
    asked = {item.skill for item in read}
    return Bank(items, tuple(slug for slug in skills.in_order(needs) if slug in asked), needs)


def _entries(shelf: str) -> list[Any]:
    text = files(__package__).joinpath("questions", f"{shelf}.yaml").read_text(encoding="utf-8")
    entries: list[Any] = yaml.safe_load(text)["items"]
    return entries


def as_answer(item: courses.Item, *, right: bool) -> Answer:
    """An answer as tracing takes it, with how easily this item is guessed."""
    return Answer(item.skill, right, guess=guess_of(item))


def guess_of(item: courses.Item) -> float:
    """The probability of a right answer by chance: one of the options, one of their subsets or orders, or hardly ever."""
    options = len(item.options)
    ways = {"single": options, "several": 2**options - 2, "order": factorial(options)}.get(item.kind, 0)
    return max(1 / ways, HARD_TO_GUESS) if ways else HARD_TO_GUESS
