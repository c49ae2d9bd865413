"""What to practise next, and why: the least sure skill that stands on firm ground."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dure.engines.tracing.knowledge import START

FIRM: Final = 0.8
"""From this probability on others may build on a skill."""
Needs = Mapping[str, Collection[str]]


class Reason(StrEnum):
    """Why just this skill: nothing is known of it yet, or it is the least sure of those that can be built on."""

    UNSEEN = "unseen"
    LEAST_SURE = "least_sure"


@dataclass(frozen=True, slots=True)
class Step:
    """A skill to practise, with all that its reason says.

    `rests_on` are its prerequisites, each at `FIRM` or more; `opens` are the skills that wait for it, those that wait for it alone
    first.
    """

    skill: str
    probability: float
    reason: Reason
    rests_on: tuple[str, ...]
    opens: tuple[str, ...]


def held_back(
    skills: Collection[str], *, needs: Needs, known: Mapping[str, float]
) -> dict[str, tuple[str, ...]]:
    """For each skill, the prerequisites among `skills` that are not firm yet. Others are not asked about and hold nothing back."""
    return {
        skill: tuple(need for need in needs.get(skill, ()) if need in skills and _sure(known, need) < FIRM)
        for skill in skills
    }


def next_step(skills: Collection[str], *, needs: Needs, known: Mapping[str, float]) -> Step | None:
    """The skill with the least probability whose prerequisites are all firm; None once every skill is firm.

    `skills` are those that can be practised, in the order that decides between equals after the number of skills that wait for
    them. `needs` has no circle; then there is a step as long as any skill is not firm.
    """
    waits = held_back(skills, needs=needs, known=known)
    ready = [skill for skill in skills if not waits[skill] and _sure(known, skill) < FIRM]
    if not ready:
        return None
    opened = {skill: _opened(skill, waits) for skill in ready}
    best = min(ready, key=lambda skill: (_sure(known, skill), -len(opened[skill])))
    return Step(
        skill=best,
        probability=_sure(known, best),
        reason=Reason.LEAST_SURE if best in known else Reason.UNSEEN,
        rests_on=tuple(need for need in needs.get(best, ()) if need in skills),
        opens=opened[best],
    )


def _opened(skill: str, waits: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        sorted((other for other in waits if skill in waits[other]), key=lambda other: len(waits[other]))
    )


def _sure(known: Mapping[str, float], skill: str) -> float:
    return known.get(skill, START)
