"""The house's own example models for engine-life: really different ideas, each small enough to read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dure.problems.demo.builders.tables import Floats, applied, nearest_mean, ridge, scaled

__all__ = ["CAP", "SENSORS", "WINDOW", "Cases", "Windows", "predictions"]

CAP = 125
WINDOW = 30
SENSORS = tuple(f"sensor_{number:02d}" for number in range(1, 22))
# The other sensors never change in FD001. Column 0 of a window is the cycle, so sensor n is column n.
MOVING = [2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21]
ROUNDS = 150
RATE = 0.1


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows (n, 30, 22) of cycle and 21 sensors, remaining lives (n,) capped at 125, engine numbers (n,)."""

    readings: Floats
    remaining: Floats
    engine: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cases:
    """What a model learns from and the windows (m, 30, 22) it is asked about."""

    train: Windows
    asked: Floats


def predictions(cases: Cases) -> Mapping[str, Floats]:
    """Every example model's answer (m,) by the name of its file."""
    return {
        "baseline-mean": np.full(len(cases.asked), cases.train.remaining.mean()),
        "baseline-linear": _linear_on_last_cycle(cases),
        "age-1": _age_alone(cases),
        "ridge-1": _ridge_on_shape(cases, squares=False),
        "ridge-2": _ridge_on_shape(cases, squares=True),
        "lookalike-1": _lookalike(cases),
        "health-1": _health_curve(cases),
        "features-1": _random_features(cases),
        "stumps-1": _boosted_stumps(cases),
    }


def _shape(readings: Floats) -> Floats:
    """Level and slope of each moving sensor over the window, and the age in cycles, shape (n, 29)."""
    moving = readings[:, :, MOVING]
    time = np.arange(WINDOW) - (WINDOW - 1) / 2
    slopes = np.einsum("t,ntd->nd", time, moving) / (time**2).sum()
    return np.column_stack([moving[:, -10:].mean(axis=1), slopes, readings[:, -1, 0]])


def _linear_on_last_cycle(cases: Cases) -> Floats:
    train, asked = scaled(cases.train.readings[:, -1, MOVING], cases.asked[:, -1, MOVING])
    return applied(ridge(train, cases.train.remaining, penalty=1e-3), asked)


def _age_alone(cases: Cases) -> Floats:
    """Deliberately weak: the mean remaining life of training engines of about the same age, no sensor at all."""
    train, asked = cases.train.readings[:, -1, :1], cases.asked[:, -1, :1]
    return nearest_mean(train, cases.train.remaining, asked, count=60)


def _ridge_on_shape(cases: Cases, *, squares: bool) -> Floats:
    train, asked = scaled(_shape(cases.train.readings), _shape(cases.asked))
    if squares:
        train, asked = _with_products(train), _with_products(asked)
    return applied(ridge(train, cases.train.remaining, penalty=30.0), asked)


def _with_products(x: Floats) -> Floats:
    rows, columns = np.triu_indices(x.shape[1])
    return np.column_stack([x, x[:, rows] * x[:, columns]])


def _lookalike(cases: Cases) -> Floats:
    """The mean remaining life after the 15 windows of the training engines that look most alike."""
    train, asked = scaled(_shape(cases.train.readings), _shape(cases.asked))
    weights = np.r_[np.ones(14), np.full(14, 0.5), 0.3]
    return nearest_mean(train * weights, cases.train.remaining, asked * weights, count=15)


def _health_curve(cases: Cases) -> Floats:
    """One health index (the first principal component of the smoothed sensors), then life read off its mean curve."""
    train, asked = scaled(_shape(cases.train.readings)[:, :14], _shape(cases.asked)[:, :14])
    direction = np.linalg.svd(train, full_matrices=False)[2][0]
    direction = direction * np.sign(direction[np.abs(direction).argmax()])
    return nearest_mean(
        (train @ direction)[:, None], cases.train.remaining, (asked @ direction)[:, None], count=80
    )


def _random_features(cases: Cases) -> Floats:
    """A network whose hidden layer is drawn at random and never trained; only the output layer is fitted."""
    train, asked = scaled(_shape(cases.train.readings), _shape(cases.asked))
    generator = np.random.default_rng(11)
    inner = generator.normal(0.0, 0.22, (train.shape[1], 300))
    shift = generator.uniform(-1, 1, 300)
    hidden = [np.tanh(x @ inner + shift) for x in (train, asked)]
    return applied(ridge(hidden[0], cases.train.remaining, penalty=3.0), hidden[1])


def _boosted_stumps(cases: Cases) -> Floats:
    """Gradient boosting on squared error with trees of one cut, cut at one of 15 quantiles of one feature."""
    train, asked = _shape(cases.train.readings), _shape(cases.asked)
    cuts = np.quantile(train, np.linspace(0.06, 0.94, 15), axis=0)
    above = (train[:, None, :] > cuts).reshape(len(train), -1).astype(np.float64)
    asked_above = (asked[:, None, :] > cuts).reshape(len(asked), -1)
    counts = above.sum(axis=0)
    answer = np.full(len(asked), cases.train.remaining.mean())
    rest = cases.train.remaining - cases.train.remaining.mean()
    for _ in range(ROUNDS):
        high, low = _sides(above, counts, rest)
        best = int(np.argmax(np.round(high**2 * counts + low**2 * (len(train) - counts), 6)))
        rest = rest - RATE * np.where(above[:, best] > 0, high[best], low[best])
        answer = answer + RATE * np.where(asked_above[:, best], high[best], low[best])
    return answer


def _sides(above: Floats, counts: Floats, rest: Floats) -> tuple[Floats, Floats]:
    """The mean residual above and below each possible cut, shape (cuts,) each."""
    total = rest @ above
    return total / np.maximum(counts, 1), (rest.sum() - total) / np.maximum(len(rest) - counts, 1)
