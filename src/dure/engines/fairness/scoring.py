"""The scoring rate of New York City's Local Law 144 (rules of 2023, § 5-300): the share that scored above the sample's median."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from dure.engines.fairness.values import Row


def above_median(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The people who have a score, each counting as selected where it lies above the median of all of these scores."""
    scored = [(row, row.score) for row in rows if row.score is not None]
    middle = median(score for _, score in scored) if scored else 0.0
    return tuple(replace(row, selected=score > middle) for row, score in scored)
