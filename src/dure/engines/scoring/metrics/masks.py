"""Overlap of binary masks: intersection over union and Dice coefficient, mean over images.

A cell `mask` is run-length text, `start length start length …`, over the pixels numbered from 1 along rows from the upper
left (row-major), runs in rising order and apart; an empty cell is an empty mask. The answers also carry `shape`, the text
`height width`. Nothing is unpacked: the work grows with the number of runs, not of pixels.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import CAP, Side, line
from dure.engines.scoring.metrics.columns import quotient, size
from dure.engines.scoring.metrics.errors import only

TRUTH = (Role("mask", "mask"), Role("shape", "text"))
PREDICTION = (Role("mask", "mask"),)
Runs = NDArray[np.int64]


def iou() -> Metric:
    """Intersection over union (Jaccard index) of each image's mask, 1 where both are empty; mean over images.

    Source: Jaccard (1912), The distribution of the flora in the alpine zone, doi:10.1111/j.1469-8137.1912.tb05611.x.
    """
    return _mask_metric(
        "iou",
        "마스크 IoU",
        "Mask intersection over union",
        statistics=_iou_rows,
        source="Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x",
    )


def dice() -> Metric:
    """Dice coefficient of each image's mask: 2·|A ∩ B| / (|A| + |B|), 1 where both are empty; mean over images.

    Source: Dice (1945), Measures of the amount of ecologic association between species, doi:10.2307/1932409.
    """
    return _mask_metric(
        "dice",
        "마스크 다이스 계수",
        "Mask Dice coefficient",
        statistics=_dice_rows,
        source="Dice 1945, doi:10.2307/1932409",
    )


def _mask_metric(
    key: str, name_ko: str, name_en: str, *, statistics: Callable[[Rows], Array], source: str
) -> Metric:
    return Metric(
        key=key,
        name_ko=name_ko,
        name_en=name_en,
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=TRUTH,
        prediction=PREDICTION,
        source=source,
        statistics=statistics,
        finish=only,
        check=_check,
    )


def _iou_rows(rows: Rows) -> Array:
    shared, left, right = _areas(rows)
    return _share(shared, left + right - shared)


def _dice_rows(rows: Rows) -> Array:
    shared, left, right = _areas(rows)
    return _share(2 * shared, left + right)


def _share(top: Array, bottom: Array) -> Array:
    return quotient(top, bottom, otherwise=1.0)[:, None]


def _areas(rows: Rows) -> tuple[Array, Array, Array]:
    """Pixels shared, in the answer and in the prediction, each (n,)."""
    pairs = zip(rows.truth["mask"], rows.prediction["mask"], strict=True)
    areas = [_image_areas(_runs(str(truth)), _runs(str(predicted))) for truth, predicted in pairs]
    shared, left, right = np.array(areas, dtype=np.float64).reshape(-1, 3).T
    return shared, left, right


def _image_areas(truth: Runs, predicted: Runs) -> tuple[int, int, int]:
    shared = _pixels_before(predicted, truth.sum(axis=1)) - _pixels_before(predicted, truth[:, 0])
    return int(shared.sum()), int(truth[:, 1].sum()), int(predicted[:, 1].sum())


def _pixels_before(runs: Runs, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many pixels of the runs lie before each place."""
    if not len(runs):
        return np.zeros(len(places), dtype=np.int64)
    starts, lengths = runs[:, 0], runs[:, 1]
    last = np.searchsorted(starts, places, side="right") - 1
    whole = np.concatenate([[0], np.cumsum(lengths)])[np.maximum(last, 0)]
    part = np.clip(places - starts[last], 0, lengths[last])
    return np.where(last < 0, 0, whole + part)


def _runs(cell: str) -> Runs:
    """Starts and lengths (m, 2). Raises ValueError where the text is not pairs of integers."""
    return np.array(cell.split(), dtype=np.int64).reshape(-1, 2)


def _check(rows: Rows) -> list[Fault]:
    pixels = [_pixels(str(cell)) for cell in rows.truth["shape"]]
    wrong_shapes = [at for at, count in enumerate(pixels) if count is None]
    if wrong_shapes:
        return _named("bad_shape", wrong_shapes, rows, rows.truth["shape"], column="shape", side="answers")
    faults: list[Fault] = []
    sides: tuple[tuple[Side, NDArray[Any]], ...] = (
        ("answers", rows.truth["mask"]),
        ("predictions", rows.prediction["mask"]),
    )
    for side, column in sides:
        bad = [at for at in range(size(rows)) if not _fits(str(column[at]), pixels[at] or 0)]
        faults += _named("bad_mask", bad, rows, column, column="mask", side=side)
    return faults


def _pixels(shape: str) -> int | None:
    words = shape.split()
    if len(words) != 2 or not all(word.isdecimal() and len(word) <= 9 for word in words):
        return None
    return int(words[0]) * int(words[1])


def _fits(cell: str, pixels: int) -> bool:
    """Whether the runs can be read, rise without touching back, and end inside the picture."""
    try:
        runs = _runs(cell)
    except (ValueError, OverflowError):
        return False
    if not len(runs):
        return True
    starts, lengths = runs[:, 0], runs[:, 1]
    inside = starts[0] >= 1 and lengths.min() >= 1 and starts.max() <= pixels and lengths.max() <= pixels
    ends = starts + lengths
    return bool(inside and ends[-1] - 1 <= pixels and (starts[1:] >= ends[:-1]).all())


def _named(
    code: str, bad: list[int], rows: Rows, values: NDArray[Any], *, column: str, side: Side
) -> list[Fault]:
    place = "answers" if side == "answers" else None
    found = [
        Fault(code, {"value": str(values[at])[:80]}, line(rows, at, side), column, place) for at in bad[:CAP]
    ]
    if len(bad) > CAP:
        found.append(Fault("more_rows", {"code": code, "count": len(bad) - CAP}, None, column, place))
    return found
