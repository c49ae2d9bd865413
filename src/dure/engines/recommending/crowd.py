"""Many people written in the numbers of one board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from dure.engines.evidence import Posterior, probability
from dure.engines.recommending.exact import Floats, Places
from dure.engines.recommending.masks import Encoding, SeekerColumns
from dure.engines.recommending.values import Seeker
from dure.engines.skills import LEVELS


@dataclass(frozen=True, slots=True)
class Ability:
    """What a person shows: numbers of skills (skills,), and P of each level (skills, 4)."""

    skills: Places
    chances: Floats


@dataclass(frozen=True, slots=True)
class Crowd:
    """People in the order given: what limits them, what they show, and what they applied for.

    `chances` (skills of all, 4) and `skills` beside it are cut at `skill_starts` (people + 1,), `applied` (places on the board)
    at `applied_starts`.
    """

    columns: SeekerColumns
    skill_starts: Places
    skills: Places
    chances: Floats
    applied_starts: Places
    applied: Places

    @classmethod
    def of(
        cls,
        seekers: Sequence[Seeker],
        *,
        encoding: Encoding,
        skills: Mapping[str, int],
        places: Mapping[str, int],
    ) -> Self:
        """These people; skills and openings that the board does not have are left out, since nothing there asks for them."""
        shown = [
            [(skills[name], one) for name, one in who.skills.items() if name in skills] for who in seekers
        ]
        applied = [[places[key] for key in who.applied if key in places] for who in seekers]
        posteriors = [posterior for row in shown for _number, posterior in row]
        return cls(
            columns=SeekerColumns.of(seekers, encoding),
            skill_starts=starts_of(shown),
            skills=np.array([number for row in shown for number, _posterior in row], dtype=np.intp),
            chances=chances_of(posteriors),
            applied_starts=starts_of(applied),
            applied=np.array([place for row in applied for place in row], dtype=np.intp),
        )

    def __len__(self) -> int:
        return len(self.skill_starts) - 1

    def ability(self, at: int) -> Ability:
        """What the person at a place shows."""
        mine = slice(self.skill_starts[at], self.skill_starts[at + 1])
        return Ability(self.skills[mine], self.chances[mine])

    def applied_by(self, at: int) -> Places:
        """Where the openings stand that the person at a place applied for."""
        return self.applied[self.applied_starts[at] : self.applied_starts[at + 1]]


def starts_of(rows: Sequence[Sequence[object]]) -> Places:
    """Where each row starts when all are written one after the other, and where the last ends; shape (rows + 1,)."""
    return np.cumsum([0, *map(len, rows)]).astype(np.intp)


def chances_of(posteriors: Sequence[Posterior]) -> Floats:
    """P of each level, shape (posteriors, 4), to the bit as `evidence.probability` has it."""
    found = [probability(one, level) for one in posteriors for level in LEVELS]
    return np.array(found, dtype=np.float64).reshape(-1, len(LEVELS))
