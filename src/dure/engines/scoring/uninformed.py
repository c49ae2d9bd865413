"""A guess that knows how often each answer occurs and nothing else: how surely a metric tells such a file from others.

Where a problem has no baseline, public scores are rounded no finer than to the standard error of this guess. It comes from the
answers and not from a team, so that no file can be made for which the board shows more digits.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Rows
from dure.engines.scoring.schema import Column

Values = NDArray[Any]
SURE = 0.7
"""How likely the guess calls the class it picked; the others share the rest."""


def uninformed(truth: Mapping[str, Values], columns: Sequence[Column], *, seed: int) -> Rows | None:
    """What a file may hold that knows only how the (n,) answers are distributed.

    Values are guessed by their mean and quantiles by those of the answers; classes, scores and texts by other rows' answers,
    shuffled: a constant would leave ranks and rare classes without any error. `truth` maps role → (n,) array as
    `joining.truths` gives it. The same seed gives the same guess. None where a guess makes no sense: boxes and masks, answers
    of several columns.
    """
    if len(truth) != 1 or any(column.kind not in _GUESSES for column in columns):
        return None
    (answers,) = truth.values()
    shuffled = answers[np.random.default_rng(seed).permutation(len(answers))]
    return Rows(truth, {column.role: _guess(shuffled, column) for column in columns})


def _guess(shuffled: Values, column: Column) -> Values:
    return _GUESSES["score" if column.role == "score" else column.kind](shuffled, column)


def _mean(shuffled: Values, _column: Column) -> Values:
    return np.full(len(shuffled), np.nanmean(shuffled.astype(np.float64)))


def _quantile(shuffled: Values, column: Column) -> Values:
    return np.full(len(shuffled), np.nanquantile(shuffled.astype(np.float64), float(column.part)))


def _same(shuffled: Values, _column: Column) -> Values:
    return shuffled


def _figure(shuffled: Values, _column: Column) -> Values:
    """Numbers as they are; classes by their place in order."""
    if shuffled.dtype.kind in "biuf":
        return shuffled.astype(np.float64)
    return np.unique(shuffled, return_inverse=True)[1].astype(np.float64)


def _chance(shuffled: Values, column: Column) -> Values:
    """The column's class, or of two the later in order, is called likely where the shuffled answer is it."""
    classes = np.unique(shuffled).astype(np.str_)
    name = column.part or str(classes[-1])
    hit = shuffled.astype(np.str_) == name
    return np.where(hit, SURE, (1 - SURE) / max(len(classes) - 1, 1))


_GUESSES: Mapping[str, Callable[[Values, Column], Values]] = MappingProxyType(
    {
        "number": _mean,
        "score": _figure,
        "quantile": _quantile,
        "label": _same,
        "text": _same,
        "probability": _chance,
    }
)
