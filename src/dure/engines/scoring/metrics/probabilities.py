"""Scores of predicted probabilities: log loss and Brier score."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import at_rows
from dure.engines.scoring.metrics.columns import is_class, labels, numbers, suffixed
from dure.engines.scoring.metrics.errors import only
from dure.engines.scoring.metrics.labels import LABEL, binary_faults

EPSILON = float(np.finfo(np.float64).eps)
SUM_TOLERANCE = 0.01  # files are rounded: 0.33 three times is an honest third


def log_loss(*, positive: str = "1") -> Metric:
    """Logarithmic loss, natural logarithm: mean of −ln(probability given to the true class).

    Columns `probability:<class>`, one per class, or a lone `probability`: that of the class `positive`. A row's
    probabilities are divided by their sum, which may differ from 1 by 0.01, then held in [ε, 1 − ε] with ε = 2.2e-16 as
    scikit-learn does, so a row costs at most 36.04. A class of the answers without a column is refused.
    Source: Good (1952), Rational decisions, doi:10.1111/j.2517-6161.1952.tb00104.x.
    """
    return Metric(
        key="log_loss",
        name_ko="로그 손실",
        name_en="Log loss",
        direction="lower",
        lowest=0.0,
        highest=-float(np.log(EPSILON)),
        truth=LABEL,
        prediction=(Role("probability", "probability", many=True),),
        source="Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x",
        statistics=partial(_log_rows, positive=positive),
        finish=only,
        check=partial(_check_log, positive=positive),
        parameters={"positive": positive},
    )


def brier(*, positive: str = "1") -> Metric:
    """Brier score of two classes: mean((p − y)²) with y = 1 for the class `positive`, in [0, 1].

    Source: Brier (1950), Verification of forecasts expressed in terms of probability,
    doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2, in the half form usual for two classes.
    """
    return Metric(
        key="brier",
        name_ko="브라이어 점수",
        name_en="Brier score",
        direction="lower",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=(Role("probability", "probability"),),
        source="Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2",
        statistics=partial(_brier_rows, positive=positive),
        finish=only,
        check=partial(binary_faults, positive=positive),
        parameters={"positive": positive},
    )


def _brier_rows(rows: Rows, *, positive: str) -> Array:
    happened = is_class(rows.truth["label"], positive)
    return np.asarray(np.square(numbers(rows.prediction["probability"]) - happened)[:, None])


def _log_rows(rows: Rows, *, positive: str) -> Array:
    columns = suffixed(rows.prediction, "probability")
    if columns:
        given = _given_to_truth(rows.truth["label"], columns) / _totals(columns)
    else:
        chance = numbers(rows.prediction["probability"])
        given = np.where(is_class(rows.truth["label"], positive), chance, 1.0 - chance)
    return -np.log(np.clip(given, EPSILON, 1.0 - EPSILON))[:, None]


def _totals(columns: dict[str, NDArray[Any]]) -> Array:
    return np.asarray(np.sum([numbers(column) for column in columns.values()], axis=0))


def _given_to_truth(truth: NDArray[Any], columns: dict[str, NDArray[Any]]) -> Array:
    given = np.zeros(len(truth))
    for name, column in columns.items():
        chosen = is_class(truth, name)
        given[chosen] = numbers(column)[chosen]
    return given


def _check_log(rows: Rows, *, positive: str) -> list[Fault]:
    columns = suffixed(rows.prediction, "probability")
    if not columns:
        return binary_faults(rows, positive=positive)
    unknown = [name for name in np.unique(labels(rows.truth["label"])).astype(np.str_) if name not in columns]
    absent = [
        Fault("class_without_column", {"label": str(name)}, column=f"probability:{name}") for name in unknown
    ]
    totals = _totals(columns)
    off = np.abs(totals - 1.0) > SUM_TOLERANCE
    return absent + at_rows("probabilities_do_not_sum", off, rows, column="probability", values=totals)
