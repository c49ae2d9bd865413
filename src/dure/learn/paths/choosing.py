"""Which question comes next: first one about each skill, then those of the skill that is next. Values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dure.engines import courses
from dure.engines.tracing import FIRM, Answer, Step, held_back, known, next_step
from dure.learn.paths.bank import Bank, as_answer

Standing = Literal["firm", "growing", "unsure", "unseen"]
GROWING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of the learner: to which item, about which skill, and whether it was right. `item` is None for a course's own."""

    skill: str
    right: bool
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner stands with one skill, and what has to come before it."""

    skill: str
    standing: Standing
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """All of it: each skill, what is next and why, and the skills that no question was asked about yet."""

    places: tuple[Place, ...]
    step: Step | None
    unasked: tuple[str, ...]


def path(bank: Bank, given: Sequence[Given]) -> Path:
    """Where these answers, in the order in which they were given, leave a learner."""
    sure = _sure(bank, given)
    waits = held_back(bank.skills, needs=bank.needs, known=sure)
    places = tuple(Place(skill, _standing(sure, skill), waits[skill]) for skill in bank.skills)
    return Path(
        places=places,
        step=next_step(bank.skills, needs=bank.needs, known=sure),
        unasked=tuple(skill for skill in bank.skills if skill not in sure),
    )


def next_item(bank: Bank, given: Sequence[Given], *, skill: str = "") -> courses.Item | None:
    """The question to ask now: about this skill, else about one not asked about yet, else about the next step.

    Of a skill's questions one never seen, else the one whose last answer is longest ago. None where there is nothing to ask.
    """
    where = path(bank, given)
    wanted = skill or next(iter(where.unasked), "") or (where.step.skill if where.step else "")
    seen = [one.item for one in given]
    items = bank.of(wanted)
    return min(items, key=lambda item: _last(seen, item.id)) if items else None


def _last(seen: Sequence[str | None], item: str) -> int:
    return len(seen) - seen[::-1].index(item) if item in seen else 0


def _sure(bank: Bank, given: Sequence[Given]) -> Mapping[str, float]:
    return known(_answer(bank, one) for one in given if one.skill in bank.skills)


def _answer(bank: Bank, one: Given) -> Answer:
    item = bank.items.get(one.item or "")
    return as_answer(item, right=one.right) if item else Answer(one.skill, one.right)


def _standing(sure: Mapping[str, float], skill: str) -> Standing:
    if skill not in sure:
        return "unseen"
    if sure[skill] >= FIRM:
        return "firm"
    return "growing" if sure[skill] >= GROWING else "unsure"
