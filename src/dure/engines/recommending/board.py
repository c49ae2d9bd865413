"""Ten thousand openings, ready to be ranked for one person or for all: the same answer as `ranking.openings_for`, sooner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dure.engines.recommending.crowd import Ability, Crowd
from dure.engines.recommending.exact import PRIOR, Floats, Places, best
from dure.engines.recommending.masks import Encoding, OpeningColumns, fits
from dure.engines.recommending.ranking import Suggestion
from dure.engines.recommending.values import Opening, Requirement, Seeker
from dure.engines.skills import LEVELS

NONE = -1
"""Fills a row of `Best` that has fewer suggestions than were asked for."""


@dataclass(frozen=True, slots=True)
class Best:
    """For each person the places of openings on the board, best first, and the scores; both (people, most)."""

    places: Places
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Asked:
    """What each opening asks for, filled up to one height: terms (height, openings), for the nice ones with weights beside them.

    A term is a place in `blank` (skills + 1, 4), the probabilities for somebody of whom nothing was seen, laid out flat. Its last
    row is reached by everybody: the fill of musts.
    """

    musts: Places
    nice: Places
    weights: Floats
    blank: Floats

    def factors(self, ability: Ability, among: Places) -> tuple[Floats, Floats]:
        """What this person has of what the openings in these places ask for, as `exact.best` wants it."""
        chances = self.blank.copy()
        chances[ability.skills] = ability.chances
        musts, nice = (chances.take(terms.take(among, axis=1)) for terms in (self.musts, self.nice))
        return musts, self.weights.take(among, axis=1) * nice


@dataclass(frozen=True, slots=True)
class Board:
    """Openings in the order that breaks ties: the one that closes first, then the lower key."""

    keys: tuple[str, ...]
    skills: Mapping[str, int]
    encoding: Encoding
    columns: OpeningColumns
    asked: _Asked
    places: Mapping[str, int]

    @classmethod
    def of(cls, openings: Iterable[Opening]) -> Self:
        """The board of these openings, in any order. Keys are unique."""
        ordered = sorted(openings, key=lambda one: (one.closes, one.key))
        named = dict.fromkeys(wanted.skill for one in ordered for wanted in one.requirements)
        skills = {skill: number for number, skill in enumerate(named)}
        encoding = Encoding.of_openings(ordered)
        return cls(
            keys=tuple(one.key for one in ordered),
            skills=skills,
            encoding=encoding,
            columns=OpeningColumns.of(ordered, encoding),
            asked=_asked(ordered, skills),
            places={one.key: at for at, one in enumerate(ordered)},
        )

    def crowd(self, seekers: Sequence[Seeker]) -> Crowd:
        """People written in the numbers of this board."""
        return Crowd.of(seekers, encoding=self.encoding, skills=self.skills, places=self.places)

    def openings_for(self, seeker: Seeker, *, now: datetime, most: int = 10) -> list[Suggestion]:
        """The best openings for a person: what `ranking.openings_for` says of these openings."""
        places, scores = self._best(self.crowd([seeker]), 0, now, most)
        return [Suggestion(self.keys[at], float(one)) for at, one in zip(places, scores, strict=True)]

    def best_each(self, crowd: Crowd, *, now: datetime, most: int = 10) -> Best:
        """The same for each of a crowd."""
        places = np.full((len(crowd), most), NONE, dtype=np.intp)
        scores = np.zeros((len(crowd), most))
        for at in range(len(crowd)):
            found, reached = self._best(crowd, at, now, most)
            places[at, : len(found)], scores[at, : len(found)] = found, reached
        return Best(places, scores)

    def allowed(self, crowd: Crowd, at: int, now: datetime) -> NDArray[np.bool_]:
        """Which openings nothing rules out for the person at a place; shape (openings,)."""
        allowed = fits(self.columns, crowd.columns.row(at), now)
        allowed[crowd.applied_by(at)] = False
        return allowed

    def _best(self, crowd: Crowd, at: int, now: datetime, most: int) -> tuple[Places, Floats]:
        among = np.flatnonzero(self.allowed(crowd, at, now))
        found, scores = best(*self.asked.factors(crowd.ability(at), among), most)
        return among[found], scores


def _asked(openings: Sequence[Opening], skills: Mapping[str, int]) -> _Asked:
    musts = [[one for one in opening.requirements if one.is_must] for opening in openings]
    nice = [[one for one in opening.requirements if not one.is_must] for opening in openings]
    everybody = len(skills) * len(LEVELS)
    return _Asked(
        musts=_filled([[_term(skills, one) for one in row] for row in musts], everybody).astype(np.intp),
        nice=_filled([[_term(skills, one) for one in row] for row in nice], everybody).astype(np.intp),
        weights=_filled([[one.weight for one in row] for row in nice], 0.0),
        blank=np.vstack([np.tile(PRIOR, (len(skills), 1)), np.ones((1, len(LEVELS)))]),
    )


def _term(skills: Mapping[str, int], wanted: Requirement) -> int:
    return skills[wanted.skill] * len(LEVELS) + wanted.level - LEVELS[0]


def _filled(columns: Sequence[Sequence[float]], fill: float) -> Floats:
    """Columns of one height, at least 1; shape (height, columns)."""
    height = max([1, *map(len, columns)])
    filled = [[*column, *[fill] * (height - len(column))] for column in columns]
    return np.array(filled, dtype=np.float64).reshape(-1, height).T.copy()
