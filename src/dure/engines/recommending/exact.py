"""The best of many scores, exact to the bit, without exact arithmetic for all of them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.evidence import UNKNOWN, probability
from dure.engines.skills import LEVELS

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
PRIOR: Final = np.array([probability(UNKNOWN, level) for level in LEVELS])
"""P of each level for somebody of whom nothing was seen."""
MARGIN: Final = 1e-9
"""Relative. A product and a sum of at most a few hundred factors, taken in any order, are off by less than 1e-12."""


def best(musts: Floats, nice: Floats, most: int) -> tuple[Places, Floats]:
    """Which columns are best, best first, and their scores as `score.score_of` has them. Of equal ones the first is better.

    `musts` (≥ 1, columns) holds probabilities, filled up with 1; `nice` (≥ 1, columns) weights times probabilities, filled up
    with 0. Neither fill changes a product or a sum taken from the smallest up.
    """
    near = _near_best(musts.prod(axis=0) * (1.0 + nice.sum(axis=0)), most)
    scores = _exact(musts[:, near], nice[:, near])
    first = np.argsort(-scores, kind="stable")[:most]
    return near[first], scores[first]


def _near_best(rough: Floats, most: int) -> Places:
    """Where the `most` best of these could stand: all that rounding could have put below them, in order."""
    if len(rough) <= most:
        return np.arange(len(rough))
    last = np.partition(rough, len(rough) - most)[len(rough) - most]
    return np.flatnonzero(rough >= last * (1 - MARGIN))


def _exact(musts: Floats, nice: Floats) -> Floats:
    product = np.multiply.accumulate(np.sort(musts, axis=0), axis=0)[-1]
    summed = np.add.accumulate(np.sort(nice, axis=0), axis=0)[-1]
    return np.asarray(product * (1.0 + summed))
