"""A hundred thousand people, ready to be ranked for an opening: the same answer as `ranking.seekers_for`, sooner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import numpy as np

from dure.engines.evidence import Posterior
from dure.engines.recommending.crowd import chances_of
from dure.engines.recommending.exact import PRIOR, Floats, Places, best
from dure.engines.recommending.masks import Encoding, OpeningColumns, SeekerColumns, fits
from dure.engines.recommending.ranking import Suggestion
from dure.engines.recommending.values import Opening, Requirement, Seeker
from dure.engines.skills import LEVELS


@dataclass(frozen=True, slots=True)
class _Holders:
    """Who shows anything of a skill: places (holders,) and P of each level (holders, 4)."""

    places: Places
    chances: Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """People in the order of their keys. `applied` are the places of those who applied, by the opening's key."""

    keys: tuple[str, ...]
    encoding: Encoding
    columns: SeekerColumns
    holders: Mapping[str, _Holders]
    applied: Mapping[str, Places]

    @classmethod
    def of(cls, seekers: Iterable[Seeker]) -> Self:
        """The pool of these people, in any order. Keys are unique."""
        ordered = sorted(seekers, key=lambda one: one.key)
        encoding = Encoding.of_seekers(ordered)
        return cls(
            keys=tuple(one.key for one in ordered),
            encoding=encoding,
            columns=SeekerColumns.of(ordered, encoding),
            holders=_holders(ordered),
            applied=_applied(ordered),
        )

    def seekers_for(self, opening: Opening, *, now: datetime, most: int = 10) -> list[Suggestion]:
        """The best people for an opening: what `ranking.seekers_for` says of these people."""
        allowed = fits(OpeningColumns.of([opening], self.encoding), self.columns, now)
        allowed[self.applied.get(opening.key, [])] = False
        among = np.flatnonzero(allowed)
        places, scores = best(*self._factors(opening, among), most)
        return [Suggestion(self.keys[among[at]], float(one)) for at, one in zip(places, scores, strict=True)]

    def _factors(self, opening: Opening, among: Places) -> tuple[Floats, Floats]:
        """Probabilities of the musts and weighted ones of the nice ones, each (requirements + 1, people) with a fill in front."""
        musts, nice = [np.ones(len(among))], [np.zeros(len(among))]
        for wanted in opening.requirements:
            chances = self._chances(wanted)[among]
            (musts if wanted.is_must else nice).append(chances if wanted.is_must else wanted.weight * chances)
        return np.array(musts), np.array(nice)

    def _chances(self, wanted: Requirement) -> Floats:
        """P of the required level for everybody; shape (people,)."""
        level = wanted.level - LEVELS[0]
        chances = np.full(len(self.keys), PRIOR[level])
        if holders := self.holders.get(wanted.skill):
            chances[holders.places] = holders.chances[:, level]
        return chances


def _holders(seekers: Sequence[Seeker]) -> dict[str, _Holders]:
    found: dict[str, tuple[list[int], list[Posterior]]] = {}
    for at, one in enumerate(seekers):
        for skill, posterior in one.skills.items():
            places, posteriors = found.setdefault(skill, ([], []))
            places.append(at)
            posteriors.append(posterior)
    return {
        skill: _Holders(np.array(places, dtype=np.intp), chances_of(posteriors))
        for skill, (places, posteriors) in found.items()
    }


def _applied(seekers: Sequence[Seeker]) -> dict[str, Places]:
    found: dict[str, list[int]] = {}
    for at, one in enumerate(seekers):
        for key in one.applied:
            found.setdefault(key, []).append(at)
    return {key: np.array(places, dtype=np.intp) for key, places in found.items()}
