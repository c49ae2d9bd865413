"""Reference implementations, brought to one shape: plain arrays in, one number out."""

import io
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn import metrics as sklearn_metrics  # noqa: TID251 - the reference for tests, never at run time

Column = NDArray[Any]
Box = tuple[str, float, float, float, float, float]  # class, score (or 1 for a crowd answer), x, y, w, h


def quietly(function: Callable[..., Any], *arguments: Any, **options: Any) -> float:
    """The reference's number without its warnings on degenerate input, which are not what is compared."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(function(*arguments, **options))


LABEL_ORACLES: dict[str, Callable[[Column, Column], float]] = {
    "accuracy": lambda y, p: quietly(sklearn_metrics.accuracy_score, y, p),
    "balanced_accuracy": lambda y, p: quietly(sklearn_metrics.balanced_accuracy_score, y, p),
    "f1_macro": lambda y, p: quietly(sklearn_metrics.f1_score, y, p, average="macro"),
    "f1_micro": lambda y, p: quietly(sklearn_metrics.f1_score, y, p, average="micro"),
    "f1_weighted": lambda y, p: quietly(sklearn_metrics.f1_score, y, p, average="weighted"),
    "mcc": lambda y, p: quietly(sklearn_metrics.matthews_corrcoef, y, p),
}
BINARY_F1: Callable[[Column, Column], float] = lambda y, p: quietly(sklearn_metrics.f1_score, y, p)  # noqa: E731
RANK_ORACLES: dict[str, Callable[..., float]] = {
    "roc_auc": lambda y, s, w=None: quietly(sklearn_metrics.roc_auc_score, y, s, sample_weight=w),
    "pr_auc": lambda y, s, w=None: quietly(sklearn_metrics.average_precision_score, y, s, sample_weight=w),
}
ERROR_ORACLES: dict[str, Callable[[Column, Column], float]] = {
    "rmse": lambda y, p: quietly(sklearn_metrics.root_mean_squared_error, y, p),
    "mae": lambda y, p: quietly(sklearn_metrics.mean_absolute_error, y, p),
    "mape": lambda y, p: quietly(sklearn_metrics.mean_absolute_percentage_error, y, p),
    "r2": lambda y, p: quietly(sklearn_metrics.r2_score, y, p),
}


def log_loss(truth: Column, probabilities: Column, labels: Sequence[Any]) -> float:
    return quietly(sklearn_metrics.log_loss, truth, y_proba=probabilities, labels=labels)


def brier(truth: Column, probability: Column) -> float:
    return quietly(sklearn_metrics.brier_score_loss, truth, probability)


def pinball(truth: Column, quantile: Column, level: float) -> float:
    return quietly(sklearn_metrics.mean_pinball_loss, truth, quantile, alpha=level)


def coco_map(truth: Sequence[Sequence[Box]], predicted: Sequence[Sequence[Box]]) -> float:
    """mAP@[.50:.95] over all areas with 100 detections, as pycocotools computes it; NaN without an answer."""
    names = sorted({box[0] for boxes in truth for box in boxes})
    images = [{"id": at + 1} for at in range(len(truth))]
    categories = [{"id": at + 1, "name": name} for at, name in enumerate(names)]
    with redirect_stdout(io.StringIO()):
        answers, detections = (
            _coco(images, categories, [[box for box in boxes if box[0] in names] for boxes in side], names)
            for side in (truth, predicted)
        )
        evaluation = COCOeval(answers, detections, "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, -1]
    read = precision[precision > -1]
    return float(read.mean()) if read.size else float("nan")


def _coco(images: list[Any], categories: list[Any], boxes: Sequence[Sequence[Box]], names: list[str]) -> Any:
    placed = [(at, box) for at, group in enumerate(boxes) for box in group]
    coco = COCO()
    coco.dataset = {
        "images": images,
        "categories": categories,
        "annotations": [
            {
                "id": number + 1,
                "image_id": at + 1,
                "category_id": names.index(label) + 1,
                "bbox": list(place),
                "area": place[2] * place[3],
                "score": score,
                "iscrowd": int(score == CROWD),
            }
            for number, (at, (label, score, *place)) in enumerate(placed)
        ],
    }
    coco.createIndex()
    return coco


CROWD = -1.0


def naive_auc(truth: Column, score: Column, weights: Column) -> float:
    """Every pair looked at: the definition itself."""
    won = total = 0.0
    for at in np.flatnonzero(truth == 1):
        for other in np.flatnonzero(truth != 1):
            pair = float(weights[at] * weights[other])
            total += pair
            won += pair * (1.0 if score[at] > score[other] else 0.5 if score[at] == score[other] else 0.0)
    return won / total if total else float("nan")


def naive_distance(left: Sequence[Any], right: Sequence[Any]) -> int:
    """Wagner and Fischer's table, cell by cell."""
    row = list(range(len(right) + 1))
    for at, item in enumerate(left, start=1):
        previous, row[0] = row[0], at
        for other, wanted in enumerate(right, start=1):
            best = min(row[other] + 1, row[other - 1] + 1, previous + (item != wanted))
            previous, row[other] = row[other], best
    return row[-1]
