"""Small metrics and systems for the tests of intervals, ranks and the Ladder."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Direction, Metric, Role
from dure.engines.scoring.systems import System

modest = settings(max_examples=60, deadline=None)  # the machine may be busy
START = datetime(2026, 1, 1, tzinfo=UTC)


def metric_of(
    finish: Callable[[Array], Array],
    *,
    key: str = "tiny",
    direction: Direction = "higher",
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> Metric:
    return Metric(
        key=key,
        name_ko="작은 지표",
        name_en="Tiny",
        direction=direction,
        lowest=lowest,
        highest=highest,
        truth=(Role("label", "label"),),
        prediction=(Role("score", "number"),),
        source="made for tests",
        finish=finish,
    )


def first(means: Array) -> Array:
    return means[..., 0]


def root(means: Array) -> Array:
    return np.asarray(np.sqrt(means[..., 0]))


def f1(means: Array) -> Array:
    """From rows of (predicted and true, predicted, true)."""
    return np.asarray(2 * means[..., 0] / (means[..., 1] + means[..., 2]))


MEAN = metric_of(first)
LOSS = metric_of(first, direction="lower")
ACCURACY = metric_of(first, key="accuracy", lowest=0.0, highest=1.0)
RMSE = metric_of(root, key="rmse", direction="lower", lowest=0.0)
F1 = metric_of(f1, key="f1", lowest=0.0, highest=1.0)


def systems_of(columns: NDArray[Any], *, prefix: str = "s") -> list[System]:
    """One system per row of (systems, n) or (systems, n, k), each handed in a minute after the one before."""
    return [
        System(
            key=f"{prefix}{at}",
            statistics=rows if rows.ndim == 2 else rows[:, None],
            submitted_at=START + timedelta(minutes=at),
        )
        for at, rows in enumerate(columns)
    ]


def f1_rows(truth: NDArray[np.bool_], predicted: NDArray[np.bool_]) -> NDArray[np.float32]:
    return np.stack([truth & predicted, predicted, truth], axis=1).astype(np.float32)
