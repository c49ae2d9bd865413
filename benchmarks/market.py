"""People and openings for `recommend`: synthetic, seeded, skills drawn by their popularity (facts/talent, 4.2)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.evidence import Posterior
from dure.engines.recommending import EVERYONE, Opening, Requirement, Seeker

NOW: Final = datetime(2026, 11, 30, 9, tzinfo=UTC)
SKILLS, SKILLS_OF_PERSON, MUSTS, NICE = 2_000, 12, 5, 3
SKEW: Final = 0.89
"""Popularity of a skill = rank ** −SKEW: with it a person shares a skill with about 6,000 of 10,000 openings."""
REGIONS = tuple(f"KR-{number}" for number in range(11, 28))
KINDS = ("job", "internship", "exchange", "secondment", "scholarship", "team_seat", "mentor")
ORGANISATIONS = tuple(f"organisation-{number:03}" for number in range(200))
BASE = date(2027, 1, 1)


def openings(count: int, rng: np.random.Generator) -> list[Opening]:
    """Openings in one region each, every fifth for remote work, half of them asking for English, all of them open."""
    skills = popular(count, MUSTS + NICE, rng)
    return [_opening(at, skills[at], rng) for at in range(count)]


def seekers(count: int, keys: Sequence[str], rng: np.random.Generator) -> Iterator[Seeker]:
    """People who look for a few kinds in a few regions, and who applied for up to three of the openings."""
    skills = popular(count, SKILLS_OF_PERSON, rng)
    for at in range(count):
        yield _seeker(at, skills[at], keys, rng)


def popular(rows: int, each: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Different skills for each row, drawn by popularity without replacement (Gumbel top-k); shape (rows, each)."""
    weights = -SKEW * np.log(np.arange(1, SKILLS + 1))
    blocks = [weights + rng.gumbel(size=(min(1_000, rows - done), SKILLS)) for done in range(0, rows, 1_000)]
    return np.concatenate([np.argpartition(-block, each, axis=1)[:, :each] for block in blocks])


def _opening(at: int, skills: NDArray[np.intp], rng: np.random.Generator) -> Opening:
    starts = BASE + timedelta(days=int(rng.integers(0, 180)))
    return Opening(
        key=f"opening-{at:05}",
        organisation=ORGANISATIONS[rng.integers(len(ORGANISATIONS))],
        kind=KINDS[rng.integers(len(KINDS))],
        closes=NOW + timedelta(days=int(rng.integers(1, 60))),
        seats_left=int(rng.integers(1, 6)),
        regions=frozenset({REGIONS[rng.integers(len(REGIONS))]}),
        is_remote=bool(rng.random() < 0.2),
        languages={"ko": int(rng.integers(1, 5))} | ({"en": int(rng.integers(1, 6))} if at % 2 else {}),
        starts=starts,
        ends=starts + timedelta(days=int(rng.integers(30, 200))),
        weekly_hours=int(20 * rng.integers(1, 3)),
        requirements=_requirements(skills, rng),
    )


def _requirements(skills: NDArray[np.intp], rng: np.random.Generator) -> tuple[Requirement, ...]:
    levels = rng.integers(1, 4, len(skills)).tolist()
    weights = rng.choice([0.1, 0.2, 0.5], len(skills)).tolist()
    return tuple(
        Requirement(f"skill-{skill:04}", level, is_must=number < MUSTS, weight=weight)
        for number, (skill, level, weight) in enumerate(zip(skills.tolist(), levels, weights, strict=True))
    )


def _seeker(at: int, skills: NDArray[np.intp], keys: Sequence[str], rng: np.random.Generator) -> Seeker:
    means, variances = rng.uniform(0.5, 3, len(skills)).tolist(), rng.uniform(0.1, 1, len(skills)).tolist()
    starts = BASE + timedelta(days=int(rng.integers(0, 90)))
    return Seeker(
        key=f"person-{at:06}",
        kinds=_some(KINDS, 4, rng),
        regions=_some(REGIONS, 6, rng),
        is_remote=bool(rng.random() < 0.5),
        languages={"ko": 6, "en": int(rng.integers(1, 7))},
        available_from=starts,
        available_until=starts + timedelta(days=int(rng.integers(200, 600))),
        weekly_hours=40,
        shown_to=frozenset({EVERYONE}) if rng.random() < 0.8 else _some(ORGANISATIONS, 50, rng),
        applied=_some(keys, int(rng.integers(0, 4)), rng),
        skills={
            f"skill-{skill:04}": Posterior(mean, variance, 2)
            for skill, mean, variance in zip(skills.tolist(), means, variances, strict=True)
        },
    )


def _some(items: Sequence[str], count: int, rng: np.random.Generator) -> frozenset[str]:
    numbers: Any = rng.integers(0, len(items), count)
    return frozenset(items[number] for number in numbers.tolist())
