"""Scores of predicted labels: accuracy, balanced accuracy, F1 in four forms, Matthews correlation.

The classes are those of the answers together with those predicted, as in scikit-learn with its default arguments: a label
that only predictions use is a class too, one that is never right, so it lowers F1 macro. A class that carries no weight
in a resample is left out of that resample. Where a share has nothing to divide by it counts 0 (`zero_division=0`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.columns import (
    blocks,
    classes_of,
    comparable,
    encode,
    is_class,
    labels,
    quotient,
)
from dure.engines.scoring.metrics.errors import only
from dure.engines.scoring.metrics.means import gradient

LABEL = (Role("label", "label"),)
CLASS_LIMIT = 2_000  # more is a free-text column, and three statistics a class would fill the memory
VAN_RIJSBERGEN = "van Rijsbergen 1979, Information Retrieval, ch. 7"


def accuracy() -> Metric:
    """Share of rows whose label is the true one.

    Source: Sokolova and Lapalme (2009), A systematic analysis of performance measures for classification tasks,
    doi:10.1016/j.ipm.2009.03.002.
    """
    return Metric(
        key="accuracy",
        name_ko="정확도",
        name_en="Accuracy",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=LABEL,
        source="Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002",
        statistics=_right,
        finish=only,
    )


def balanced_accuracy() -> Metric:
    """Mean over the classes of the answers of the share of their rows that was found (recall).

    Source: Brodersen et al. (2010), The balanced accuracy and its posterior distribution, doi:10.1109/ICPR.2010.764.
    """
    return _over_classes(
        "balanced_accuracy",
        "균형 정확도",
        "Balanced accuracy",
        finish=_mean_recall,
        source="Brodersen et al. 2010, doi:10.1109/ICPR.2010.764",
    )


def f1(*, positive: str = "1") -> Metric:
    """F1 of the class `positive`: 2·TP / (2·TP + FP + FN), 0 where nothing is positive.

    Source: van Rijsbergen (1979), Information Retrieval, chapter 7.
    """
    return Metric(
        key="f1",
        name_ko="F1(이진)",
        name_en="F1 (binary)",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=LABEL,
        source=VAN_RIJSBERGEN,
        statistics=partial(_binary_rows, positive=positive),
        finish=_micro_f1,
        check=partial(binary_faults, positive=positive),
        parameters={"positive": positive},
    )


def f1_macro() -> Metric:
    """Plain mean of the F1 of every class.

    Source: Opitz and Burst (2019), Macro F1 and macro F1, arXiv:1911.03347 (the mean of F1s, not the F1 of means).
    """
    return _over_classes(
        "f1_macro",
        "F1(매크로)",
        "F1 (macro)",
        finish=_macro_f1,
        source="Opitz & Burst 2019, arXiv:1911.03347",
    )


def f1_micro() -> Metric:
    """F1 over the summed counts of all classes; with one label a row this equals accuracy, and is computed as such.

    Source: Sokolova and Lapalme (2009), doi:10.1016/j.ipm.2009.03.002.
    """
    return Metric(
        key="f1_micro",
        name_ko="F1(마이크로)",
        name_en="F1 (micro)",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=LABEL,
        source="Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002",
        statistics=_right,
        finish=only,
    )


def f1_weighted() -> Metric:
    """Mean of the F1 of every class, weighted by the class's share of the answers.

    Source: van Rijsbergen (1979), Information Retrieval, chapter 7, averaged by support.
    """
    return _over_classes(
        "f1_weighted",
        "F1(가중)",
        "F1 (weighted)",
        finish=_weighted_f1,
        source=VAN_RIJSBERGEN + "; by support",
    )


def mcc() -> Metric:
    """Matthews correlation coefficient of any number of classes; 0 where answers or predictions are all one class.

    Source: Gorodkin (2004), Comparing two K-category assignments by a K-category correlation coefficient,
    doi:10.1016/j.compbiolchem.2004.09.006.
    """
    return _over_classes(
        "mcc",
        "매슈스 상관계수",
        "Matthews correlation coefficient",
        finish=_correlation,
        lowest=-1.0,
        source="Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006",
    )


def binary_faults(rows: Rows, *, positive: str) -> list[Fault]:
    """Faults of answers that cannot be read as `positive` and the rest: `not_binary`, `positive_unknown`."""
    classes = classes_of(labels(rows.truth["label"]))
    if len(classes) > 2:
        return [Fault("not_binary", {"classes": len(classes)}, column="label", place="answers")]
    known = bool(is_class(classes, positive).any()) or {str(name) for name in classes} <= {"0", "1"}
    return (
        [] if known else [Fault("positive_unknown", {"positive": positive}, column="label", place="answers")]
    )


def _over_classes(
    key: str,
    name_ko: str,
    name_en: str,
    *,
    finish: Callable[[Array], Array],
    source: str,
    lowest: float = 0.0,
) -> Metric:
    return Metric(
        key=key,
        name_ko=name_ko,
        name_en=name_en,
        direction="higher",
        lowest=lowest,
        highest=1.0,
        truth=LABEL,
        prediction=LABEL,
        source=source,
        statistics=_class_rows,
        finish=finish,
        weighted=partial(_weighted, finish=finish),
        influence=partial(_influence, finish=finish),
        check=_check_classes,
    )


def _right(rows: Rows) -> Array:
    truth, predicted = comparable(rows.truth["label"], rows.prediction["label"])
    return np.asarray(truth == predicted, dtype=np.float64)[:, None]


def _binary_rows(rows: Rows, *, positive: str) -> Array:
    truth, predicted = (is_class(side["label"], positive) for side in (rows.truth, rows.prediction))
    return np.stack([truth, predicted, truth & predicted], axis=1).astype(np.float64)


def _class_rows(rows: Rows) -> Array:
    """Per row and class: is it of the class, was the class predicted, both; (n, 3K)."""
    classes, truth, predicted = encode(rows.truth["label"], rows.prediction["label"])
    table = np.zeros((len(truth), 3, len(classes)))
    each = np.arange(len(truth))
    table[each, 0, truth] = 1.0
    table[each, 1, predicted] = 1.0
    table[each, 2, truth] = truth == predicted
    return table.reshape(len(truth), 3 * len(classes))


def _weighted(rows: Rows, weights: NDArray[Any], *, finish: Callable[[Array], Array]) -> Array:
    encoded = encode(rows.truth["label"], rows.prediction["label"])
    means = [_class_means(encoded, row) for block in blocks(weights, len(encoded[1])) for row in block]
    return finish(np.stack(means))


def _class_means(encoded: tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]], weights: Array) -> Array:
    """The weighted means of the class statistics without the (n, 3K) table: counting is enough."""
    classes, truth, predicted = encoded
    hits = np.where(truth == predicted, weights, 0.0)
    counts = [
        np.bincount(codes, weights=amounts, minlength=len(classes))
        for codes, amounts in ((truth, weights), (predicted, weights), (truth, hits))
    ]
    return np.asarray(np.concatenate(counts) / weights.sum())


def _influence(rows: Rows, *, finish: Callable[[Array], Array]) -> Array:
    encoded = classes, truth, predicted = encode(rows.truth["label"], rows.prediction["label"])
    means = _class_means(encoded, np.ones(len(truth)))
    slope = gradient(finish, means, means)
    of_truth, of_predicted, of_hit = slope.reshape(3, len(classes))
    rise = of_truth[truth] + of_predicted[predicted] + np.where(truth == predicted, of_hit[truth], 0.0)
    return np.asarray(rise - slope @ means)


def _check_classes(rows: Rows) -> list[Fault]:
    truth, predicted = comparable(rows.truth["label"], rows.prediction["label"])
    count = len(np.union1d(np.unique(truth), np.unique(predicted)))
    if count <= CLASS_LIMIT:
        return []
    return [Fault("too_many_classes", {"classes": count, "highest": CLASS_LIMIT}, column="label")]


def _share(top: Array, bottom: Array) -> Array:
    return quotient(top, bottom, otherwise=0.0)


def _split(means: Array) -> tuple[Array, Array, Array]:
    """Means (..., 3K) → shares of answers, predictions and hits, each (..., K)."""
    truth, predicted, hit = np.moveaxis(means.reshape(*means.shape[:-1], 3, -1), -2, 0)
    return truth, predicted, hit


def _mean_recall(means: Array) -> Array:
    truth, _, hit = _split(means)
    return _share(_share(hit, truth).sum(-1), (truth > 0).sum(-1).astype(np.float64))


def _micro_f1(means: Array) -> Array:
    truth, predicted, hit = (part.sum(-1) for part in _split(means))
    return _share(2 * hit, truth + predicted)


def _macro_f1(means: Array) -> Array:
    truth, predicted, hit = _split(means)
    used = truth + predicted
    return _share(_share(2 * hit, used).sum(-1), (used > 0).sum(-1).astype(np.float64))


def _weighted_f1(means: Array) -> Array:
    truth, predicted, hit = _split(means)
    return _share((truth * _share(2 * hit, truth + predicted)).sum(-1), truth.sum(-1))


def _correlation(means: Array) -> Array:
    truth, predicted, hit = _split(means)
    total = truth.sum(-1)
    together = hit.sum(-1) * total - (truth * predicted).sum(-1)
    # Each with its own total, so that a single class stays one when the slope is taken column by column.
    spreads = [part.sum(-1) ** 2 - (part**2).sum(-1) for part in (truth, predicted)]
    # Below this the difference is rounding: one of the two is a single class.
    varied = np.minimum(*spreads) > 1e-12
    scale = np.sqrt(np.where(varied, spreads[0] * spreads[1], 0.0))
    return quotient(together, scale, otherwise=0.0)
