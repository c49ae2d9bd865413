"""Scores of reviews put together: per review by weights, per proposal as mean with spread, if wanted after levelling reviewers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from dure.engines.faults import Fault, Faulty

FEWEST_TO_LEVEL: Final = 3
"""A reviewer with fewer scores than this, or with equal ones, is not levelled: one cannot tell strict from unlucky."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One review's score of one proposal."""

    proposal: str
    reviewer: str
    score: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A proposal's reviews: exact mean, sample standard deviation (None with one review), lowest and highest."""

    proposal: str
    reviews: int
    mean: Fraction
    spread: float | None
    low: Fraction
    high: Fraction


def score_of(marks: Mapping[str, int], weights: Mapping[str, int], *, most: int) -> Fraction:
    """The weighted mean of a review's marks, one per criterion from 0 to `most`. Raises Faulty with every fault."""
    faults = [Fault("review_mark_missing", place=name) for name in weights if name not in marks]
    faults += [Fault("review_mark_unknown", place=name) for name in marks if name not in weights]
    faults += [
        Fault("review_mark_range", {"most": most}, place=name)
        for name, mark in marks.items()
        if name in weights and not 0 <= mark <= most
    ]
    if sum(weights.values()) <= 0 or min(weights.values()) < 0:
        faults.append(Fault("review_weights"))
    if faults:
        raise Faulty(faults)
    return Fraction(sum(weights[name] * mark for name, mark in marks.items()), sum(weights.values()))


def summaries(scored: Sequence[Scored], *, is_levelled: bool = False) -> tuple[Summary, ...]:
    """One summary per proposal, the highest mean first; equal means in the order of their keys."""
    by_proposal: dict[str, list[Fraction]] = defaultdict(list)
    for one in levelled(scored) if is_levelled else scored:
        by_proposal[one.proposal].append(one.score)
    found = [_summary(proposal, scores) for proposal, scores in by_proposal.items()]
    return tuple(sorted(found, key=lambda one: (-one.mean, one.proposal)))


def _summary(proposal: str, scores: list[Fraction]) -> Summary:
    return Summary(
        proposal=proposal,
        reviews=len(scores),
        mean=sum(scores, Fraction(0)) / len(scores),
        spread=_deviation(scores) if len(scores) > 1 else None,
        low=min(scores),
        high=max(scores),
    )


def _deviation(scores: Sequence[Fraction]) -> float:
    return stdev(map(float, scores))


def levelled(scored: Sequence[Scored]) -> list[Scored]:
    """Each reviewer's scores moved and stretched to the mean and the spread of all scores, to millionths.

    It takes away that one is strict and another mild. It also takes away that one was given the better proposals, so the plain mean
    belongs beside it.
    """
    by_reviewer: dict[str, list[float]] = defaultdict(list)
    for one in scored:
        by_reviewer[one.reviewer].append(float(one.score))
    everybody = [float(one.score) for one in scored]
    whole = (fmean(everybody), stdev(everybody)) if len(everybody) > 1 else (0.0, 0.0)
    return [_level(one, by_reviewer[one.reviewer], whole) for one in scored]


def _level(one: Scored, own: Sequence[float], whole: tuple[float, float]) -> Scored:
    if len(own) < FEWEST_TO_LEVEL or min(own) == max(own):
        return one
    mean, spread = whole
    moved = mean + spread * (float(one.score) - fmean(own)) / stdev(own)
    return replace(one, score=Fraction(round(moved * 10**6), 10**6))


def standard_error(summary: Summary) -> float | None:
    """Of the mean: what it would still move with other reviewers as different as these. None with one review."""
    return None if summary.spread is None else summary.spread / sqrt(summary.reviews)
