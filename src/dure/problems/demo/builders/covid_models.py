"""The house's own example models for covid-provinces.

Each takes the training weeks (17, 71) and the shown weeks (origins, 17, 4), all as log(1 + weekly cases), and gives
forecasts (origins, 17, 4) for the four weeks after.
"""

from collections.abc import Callable, Mapping

import numpy as np

from dure.problems.demo.builders.tables import Floats, applied, nearest_mean, ridge

__all__ = ["MODELS"]

Model = Callable[[Floats, Floats], Floats]
STEPS = np.arange(1, 5)


def _overall_mean(train: Floats, shown: Floats) -> Floats:
    """Deliberately weak: what a province had on average in the training weeks, whatever happens now."""
    return np.broadcast_to(train.mean(axis=1)[None, :, None], shown.shape).copy()


def _persistence(_train: Floats, shown: Floats) -> Floats:
    return np.repeat(shown[:, :, -1:], 4, axis=2)


def _four_week_mean(_train: Floats, shown: Floats) -> Floats:
    return np.repeat(shown.mean(axis=2, keepdims=True), 4, axis=2)


def _drift(_train: Floats, shown: Floats) -> Floats:
    """Goes on with the mean weekly growth of the four weeks."""
    growth = (shown[:, :, -1:] - shown[:, :, :1]) / 3
    return shown[:, :, -1:] + growth * STEPS


def _damped(growth: Floats) -> Floats:
    """Growth that loses 40 % of its strength each week, summed up: waves turn."""
    return growth * np.cumsum(0.6**STEPS)


def _damped_drift(_train: Floats, shown: Floats) -> Floats:
    return shown[:, :, -1:] + _damped(shown[:, :, -1:] - shown[:, :, -2:-1])


def _shared_growth(_train: Floats, shown: Floats) -> Floats:
    """All provinces grow as the country does: the median growth of the 17, damped."""
    growth = np.median(shown[:, :, -1:] - shown[:, :, -2:-1], axis=1, keepdims=True)
    return shown[:, :, -1:] + _damped(growth)


def _windows(train: Floats) -> tuple[Floats, Floats]:
    """Every run of eight training weeks of every province, less its fourth week: four before, four after."""
    runs = np.lib.stride_tricks.sliding_window_view(train, 8, axis=1).reshape(-1, 8)
    runs = runs - runs[:, 3:4]
    return runs[:, :4], runs[:, 4:]


def _relative(shown: Floats) -> Floats:
    flat = shown.reshape(-1, 4)
    return flat - flat[:, -1:]


def _lookalike(train: Floats, shown: Floats) -> Floats:
    """What came after the 40 runs of the training weeks that look most like the four weeks shown."""
    before, after = _windows(train)
    return shown[:, :, -1:] + nearest_mean(before, after, _relative(shown), count=40).reshape(shown.shape)


def _ridge(train: Floats, shown: Floats) -> Floats:
    """One linear model per horizon on the three growths before the origin and the growth of the whole country."""
    before, after = _windows(train)
    country = np.lib.stride_tricks.sliding_window_view(train, 8, axis=1).mean(axis=0)
    national = np.tile(country[:, 3] - country[:, 2], len(train))
    known = np.repeat((shown[:, :, 3] - shown[:, :, 2]).mean(axis=1), shown.shape[1])
    x, asked = np.column_stack([before[:, :3], national]), np.column_stack([_relative(shown)[:, :3], known])
    steps = [applied(ridge(x, after[:, step], penalty=5.0), asked) for step in range(4)]
    return shown[:, :, -1:] + np.stack(steps, axis=1).reshape(shown.shape)


def _blend(train: Floats, shown: Floats) -> Floats:
    """The median of four of the ideas above."""
    members = [_damped_drift, _shared_growth, _lookalike, _persistence]
    return np.asarray(np.median([member(train, shown) for member in members], axis=0))


MODELS: Mapping[str, Model] = {
    "baseline-mean": _four_week_mean,
    "baseline-persistence": _persistence,
    "history-1": _overall_mean,
    "drift-1": _drift,
    "drift-2": _damped_drift,
    "shared-1": _shared_growth,
    "lookalike-1": _lookalike,
    "ridge-1": _ridge,
    "blend-1": _blend,
}
