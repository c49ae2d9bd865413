"""Errors of a predicted number: RMSE, MAE, MAPE, sMAPE, R² and NASA's score for remaining life."""

from collections.abc import Callable

import numpy as np

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import NUMBER_LIMIT, at_rows
from dure.engines.scoring.metrics.columns import numbers, quotient

VALUE = (Role("value", "number"),)
EXPONENT_LIMIT = 600.0  # exp(600) ≈ 4e260: a sum over any file stays finite


def rmse() -> Metric:
    """Root mean squared error: sqrt(mean((p − y)²)), in the unit of the answers.

    Source: Hyndman and Koehler (2006), Another look at measures of forecast accuracy, doi:10.1016/j.ijforecast.2006.03.001.
    """
    return _error(
        "rmse",
        "평균 제곱근 오차",
        "Root mean squared error",
        statistics=_squared,
        finish=_root,
        source="Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001",
    )


def mae() -> Metric:
    """Mean absolute error: mean(|p − y|), in the unit of the answers.

    Source: Hyndman and Koehler (2006), Another look at measures of forecast accuracy, doi:10.1016/j.ijforecast.2006.03.001.
    """
    return _error(
        "mae",
        "평균 절대 오차",
        "Mean absolute error",
        statistics=_absolute,
        source="Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001",
    )


def mape() -> Metric:
    """Mean absolute percentage error as a fraction, not in percent: mean(|p − y| / |y|).

    It has no meaning for an answer of zero, which is refused (`zero_answer`); scikit-learn divides by 2e-16 there.
    Source: Hyndman and Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001.
    """
    return _error(
        "mape",
        "평균 절대 백분율 오차",
        "Mean absolute percentage error",
        statistics=_relative,
        check=_zero_answers,
        source="Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001",
    )


def smape() -> Metric:
    """Symmetric mean absolute percentage error as a fraction in [0, 2]: mean(2 |p − y| / (|y| + |p|)), 0 where both are 0.

    Source: Makridakis (1993), Accuracy measures: theoretical and practical concerns, doi:10.1016/0169-2070(93)90079-3,
    without the factor 100.
    """
    return _error(
        "smape",
        "대칭 평균 절대 백분율 오차",
        "Symmetric mean absolute percentage error",
        statistics=_symmetric,
        highest=2.0,
        source="Makridakis 1993, doi:10.1016/0169-2070(93)90079-3",
    )


def r2() -> Metric:
    """Coefficient of determination: 1 − mean((p − y)²) / variance(y). Undefined (NaN) where all answers are equal.

    scikit-learn gives 1 or 0 for equal answers; here such a sample never ranks.
    Source: Kvålseth (1985), Cautionary note about R², formula R²₁, doi:10.1080/00031305.1985.10479448.
    """
    return Metric(
        key="r2",
        name_ko="결정계수(R²)",
        name_en="Coefficient of determination (R²)",
        direction="higher",
        lowest=-np.inf,
        highest=1.0,
        truth=VALUE,
        prediction=VALUE,
        source="Kvålseth 1985 (R²₁), doi:10.1080/00031305.1985.10479448",
        statistics=_explained,
        finish=_determination,
    )


def nasa_turbofan() -> Metric:
    """Asymmetric score for remaining useful life, mean per engine: late predictions cost more than early ones.

    With d = p − y in cycles: exp(−d / 13) − 1 for d < 0, exp(d / 10) − 1 for d ≥ 0. The PHM08 contest summed over the
    engines; the mean is used here, so that the score does not depend on their number. Exponents are capped at 600.
    Source: Saxena et al. (2008), Damage propagation modeling for aircraft engine run-to-failure simulation,
    doi:10.1109/PHM.2008.4711414.
    """
    return _error(
        "nasa_turbofan",
        "NASA 터보팬 점수",
        "NASA turbofan score",
        statistics=_asymmetric,
        source="Saxena et al. 2008, doi:10.1109/PHM.2008.4711414; mean per engine",
    )


def only(means: Array) -> Array:
    """The score of a metric that is itself one mean: (..., 1) → (...)."""
    return np.asarray(means[..., 0])


def _error(
    key: str,
    name_ko: str,
    name_en: str,
    *,
    statistics: Callable[[Rows], Array],
    source: str,
    finish: Callable[[Array], Array] = only,
    highest: float = np.inf,
    check: Callable[[Rows], list[Fault]] | None = None,
) -> Metric:
    return Metric(
        key=key,
        name_ko=name_ko,
        name_en=name_en,
        direction="lower",
        lowest=0.0,
        highest=highest,
        truth=VALUE,
        prediction=VALUE,
        source=source,
        statistics=statistics,
        finish=finish,
        check=check,
    )


def _values(rows: Rows) -> tuple[Array, Array]:
    return numbers(rows.truth["value"]), numbers(rows.prediction["value"])


def _squared(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    return np.asarray(np.square(predicted - truth)[:, None])


def _root(means: Array) -> Array:
    return np.asarray(np.sqrt(np.maximum(means[..., 0], 0.0)))


def _absolute(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    return np.asarray(np.abs(predicted - truth)[:, None])


def _relative(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    return np.asarray(np.abs((predicted - truth) / truth)[:, None])


def _zero_answers(rows: Rows) -> list[Fault]:
    truth = numbers(rows.truth["value"])
    zero = np.abs(truth) < 1 / NUMBER_LIMIT
    return at_rows("zero_answer", zero, rows, column="value", side="answers", values=truth)


def _symmetric(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    size = np.abs(truth) + np.abs(predicted)
    error = 2 * np.abs(predicted - truth)
    return quotient(error, size, otherwise=0.0)[:, None]


def _explained(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    # Any constant may be taken off the answers; the median keeps the two moments close in size and equal answers at 0.
    centred = truth - (np.median(truth) if len(truth) else 0.0)
    return np.stack([np.square(predicted - truth), centred, np.square(centred)], axis=1)


def _determination(means: Array) -> Array:
    error, mean, square = means[..., 0], means[..., 1], means[..., 2]
    variance = square - np.square(mean)
    known = variance > 1e-13 * square  # below it the difference is rounding: the answers are equal
    ratio = np.divide(error, variance, out=np.full(variance.shape, np.nan), where=known)
    return np.asarray(1.0 - ratio)


def _asymmetric(rows: Rows) -> Array:
    truth, predicted = _values(rows)
    late = predicted - truth
    exponent = np.where(late < 0, -late / 13.0, late / 10.0)
    return np.expm1(np.minimum(exponent, EXPONENT_LIMIT))[:, None]
