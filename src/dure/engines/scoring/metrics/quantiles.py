"""Forecasts given as quantiles: pinball loss, weighted interval score, CRPS from quantiles, interval coverage."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import at_rows
from dure.engines.scoring.metrics.columns import numbers, suffixed
from dure.engines.scoring.metrics.errors import VALUE, only

QUANTILES = (Role("quantile", "quantile", many=True),)
SAME_LEVEL = 1e-9


def pinball(*, level: float = 0.5) -> Metric:
    """Pinball (quantile) loss of one predicted quantile: mean of level·(y − q) for y ≥ q and (1 − level)·(q − y) below.

    `level` lies strictly between 0 and 1. Source: Koenker and Bassett (1978), Regression quantiles, doi:10.2307/1913643.
    """
    if not 0.0 < level < 1.0:
        raise Faulty([Fault("bad_parameter", {"name": "level", "value": level})])
    return Metric(
        key="pinball",
        name_ko="핀볼 손실",
        name_en="Pinball loss",
        direction="lower",
        lowest=0.0,
        highest=np.inf,
        truth=VALUE,
        prediction=VALUE,
        source="Koenker & Bassett 1978, doi:10.2307/1913643",
        statistics=partial(_pinball_rows, level=level),
        finish=only,
        parameters={"level": level},
    )


def wis() -> Metric:
    """Weighted interval score: (|y − median| / 2 + Σ α/2 · interval score of the central 1 − α intervals) / (K + 1/2).

    Needs the median and levels in pairs τ, 1 − τ (K pairs); then it equals twice the mean pinball loss over the 2K + 1
    levels, which is how it is computed. Quantiles of a row must not fall as their level rises (`quantiles_cross`).
    Source: Bracher et al. (2021), Evaluating epidemic forecasts in an interval format,
    doi:10.1371/journal.pcbi.1008618.
    """
    return _from_quantiles(
        "wis",
        "가중 구간 점수(WIS)",
        "Weighted interval score",
        source="Bracher et al. 2021, doi:10.1371/journal.pcbi.1008618",
        check=_check_intervals,
    )


def crps_quantiles() -> Metric:
    """Continuous ranked probability score approximated from quantiles: twice the mean pinball loss over all levels given.

    Any set of levels will do; the approximation is good where they are dense and evenly spread.
    Source: Berrisch and Ziel (2023), CRPS learning, doi:10.1016/j.jeconom.2021.11.008.
    """
    return _from_quantiles(
        "crps_quantiles",
        "연속 순위 확률 점수(CRPS, 분위수 근사)",
        "Continuous ranked probability score from quantiles",
        source="Berrisch & Ziel 2023, doi:10.1016/j.jeconom.2021.11.008",
        check=_check_quantiles,
    )


def coverage(rows: Rows, levels: Sequence[float] = (0.5, 0.8, 0.95)) -> dict[float, float]:
    """Share of rows whose answer lies in the central interval of each level, bounds included; NaN without rows.

    A level whose two quantiles (for 0.95: 0.025 and 0.975) are not among the columns is left out.
    """
    truth = numbers(rows.truth["value"])
    given, quantiles = _quantiles(rows)
    shares: dict[float, float] = {}
    for level in levels:
        low, high = _at(given, (1 - level) / 2), _at(given, (1 + level) / 2)
        if low is None or high is None:
            continue
        inside = (quantiles[:, low] <= truth) & (truth <= quantiles[:, high])
        shares[level] = float(inside.mean()) if len(truth) else float("nan")
    return shares


def _from_quantiles(
    key: str, name_ko: str, name_en: str, *, source: str, check: Callable[[Rows], list[Fault]]
) -> Metric:
    return Metric(
        key=key,
        name_ko=name_ko,
        name_en=name_en,
        direction="lower",
        lowest=0.0,
        highest=np.inf,
        truth=VALUE,
        prediction=QUANTILES,
        source=source,
        statistics=_quantile_rows,
        finish=only,
        check=check,
    )


def _loss(truth: Array, quantile: Array, level: float) -> Array:
    above = truth - quantile
    return np.maximum(level * above, (level - 1.0) * above)


def _pinball_rows(rows: Rows, *, level: float) -> Array:
    truth, quantile = numbers(rows.truth["value"]), numbers(rows.prediction["value"])
    return _loss(truth, quantile, level)[:, None]


def _quantile_rows(rows: Rows) -> Array:
    truth = numbers(rows.truth["value"])
    levels, quantiles = _quantiles(rows)
    losses = [_loss(truth, quantiles[:, at], float(level)) for at, level in enumerate(levels)]
    return np.asarray(2.0 * np.mean(losses, axis=0)[:, None])


def _quantiles(rows: Rows) -> tuple[Array, Array]:
    """Levels in rising order (m,) and the quantiles in that order (n, m)."""
    columns = {
        float(suffix): numbers(column) for suffix, column in suffixed(rows.prediction, "quantile").items()
    }
    levels = sorted(columns)
    return np.array(levels), np.stack([columns[level] for level in levels], axis=1)


def _at(levels: Array, level: float) -> int | None:
    near = np.flatnonzero(np.abs(levels - level) < SAME_LEVEL)
    return int(near[0]) if len(near) else None


def _check_quantiles(rows: Rows) -> list[Fault]:
    suffixes = suffixed(rows.prediction, "quantile")
    if not suffixes:
        return [Fault("column_missing", {"side": "predictions"}, column="quantile:0.5")]
    wrong = [
        Fault("bad_quantile_level", {"level": suffix}, column=f"quantile:{suffix}")
        for suffix in suffixes
        if not _is_level(suffix)
    ]
    return wrong or _repeated_levels(list(suffixes)) or _crossing(rows)


def _is_level(suffix: str) -> bool:
    try:
        return 0.0 < float(suffix) < 1.0
    except ValueError:
        return False


def _repeated_levels(suffixes: list[str]) -> list[Fault]:
    seen: set[float] = set()
    found = []
    for suffix in suffixes:
        if float(suffix) in seen:
            found.append(Fault("bad_quantile_level", {"level": suffix}, column=f"quantile:{suffix}"))
        seen.add(float(suffix))
    return found


def _crossing(rows: Rows) -> list[Fault]:
    _, quantiles = _quantiles(rows)
    falls = np.asarray((np.diff(quantiles, axis=1) < 0).any(axis=1))
    return at_rows("quantiles_cross", falls, rows, column="quantile")


def _check_intervals(rows: Rows) -> list[Fault]:
    found = _check_quantiles(rows)
    if found:
        return found
    levels, _ = _quantiles(rows)
    wanted = {0.5, *(round(1.0 - float(level), 9) for level in levels)}
    return [
        Fault("quantile_missing", {"level": level}, column=f"quantile:{level:g}")
        for level in sorted(wanted)
        if _at(levels, level) is None
    ]
