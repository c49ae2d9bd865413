"""Detection of objects in images: mean average precision as COCO defines it.

One row per image. A cell `boxes` is text: `class x y w h` for the answers and `class score x y w h` for predictions, boxes
parted by `;`, an empty cell for none; x and y are the upper left corner, w and h the size, all in pixels. An answer may end
in the word `crowd`: such a region neither asks for a detection nor counts one inside it as wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.checks import CAP, Side, line
from dure.engines.scoring.metrics.columns import Codes, Flags, blocks, quotient, size

BOXES = (Role("boxes", "boxes"),)
OVERLAPS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0.0, 1.0, 101)
PER_IMAGE = 100  # detections kept per image and class, by score
TINY = np.spacing(1.0)


def detection_map() -> Metric:
    """Mean average precision over the overlaps 0.50, 0.55, …, 0.95 and over classes, as COCO computes it.

    Precision is made non-increasing and read at 101 recalls; at most 100 detections per image and class count, the best
    by score; each takes the free answer it overlaps most. Classes without an answer do not count, nor do detections of
    them; NaN where there is no answer at all. Equal scores keep the order of images and of boxes in the cell. Influence
    values are the derivative of the area under the same curves by each image's weight (infinitesimal jackknife).
    Source: Lin et al. (2014), Microsoft COCO, arXiv:1405.0312, and the evaluation described at cocodataset.org.
    """
    return Metric(
        key="detection_map",
        name_ko="검출 mAP@[.50:.95]",
        name_en="Detection mAP@[.50:.95]",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=BOXES,
        prediction=BOXES,
        source="Lin et al. 2014 (COCO), arXiv:1405.0312",
        weighted=_weighted,
        influence=_influence,
        check=_check,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    label: str
    score: float
    place: tuple[float, float, float, float]
    crowd: bool


@dataclass(frozen=True, slots=True)
class _Class:
    """What matching found for one class, best score first; T overlaps, D detections.

    `images` (D,) is the row of each detection, `hits` and `counted` (T, D) whether it found an answer and whether it counts,
    `owed` (n,) the number of answers in each image.
    """

    images: Codes
    hits: Flags
    counted: Flags
    owed: Array


def _boxes(cell: str, *, scored: bool) -> list[_Box]:
    """The boxes of a cell. Raises ValueError, naming the part that cannot be read."""
    return [_box(part, scored=scored) for part in cell.split(";") if part.strip()]


def _box(part: str, *, scored: bool) -> _Box:
    words = part.split()
    crowd = not scored and len(words) == 6 and words[-1] == "crowd"
    numbers = [float(word) for word in words[1 : -1 if crowd else None]]
    if len(numbers) != (5 if scored else 4) or not np.isfinite(numbers).all() or min(numbers[-2:]) < 0:
        raise ValueError(part)
    x, y, width, height = numbers[-4:]
    return _Box(words[0], numbers[0] if scored else 1.0, (x, y, width, height), crowd)


def _check(rows: Rows) -> list[Fault]:
    return [
        *_unreadable(rows, rows.truth["boxes"], side="answers"),
        *_unreadable(rows, rows.prediction["boxes"], side="predictions"),
    ]


def _unreadable(rows: Rows, column: NDArray[Any], *, side: Side) -> list[Fault]:
    place = "answers" if side == "answers" else None
    bad = [at for at, cell in enumerate(column) if not _readable(str(cell), scored=side == "predictions")]
    found = [
        Fault("bad_boxes", {"value": str(column[at])[:80]}, line(rows, at, side), "boxes", place)
        for at in bad[:CAP]
    ]
    if len(bad) > CAP:
        found.append(Fault("more_rows", {"code": "bad_boxes", "count": len(bad) - CAP}, None, "boxes", place))
    return found


def _readable(cell: str, *, scored: bool) -> bool:
    try:
        _boxes(cell, scored=scored)
    except ValueError:
        return False
    return True


def _by_class(cells: NDArray[Any], *, scored: bool) -> dict[str, dict[int, list[_Box]]]:
    """Class → row → its boxes."""
    found: dict[str, dict[int, list[_Box]]] = defaultdict(dict)
    for at, cell in enumerate(cells):
        for box in _boxes(str(cell), scored=scored):
            found[box.label].setdefault(at, []).append(box)
    return found


def _matched(rows: Rows) -> list[_Class]:
    """Every class that has an answer, matched once; row weights change nothing in it."""
    truth = _by_class(rows.truth["boxes"], scored=False)
    predicted = _by_class(rows.prediction["boxes"], scored=True)
    wanted = [
        name
        for name in sorted(truth)
        if any(not box.crowd for boxes in truth[name].values() for box in boxes)
    ]
    return [_match_class(truth[name], predicted.get(name, {}), size(rows)) for name in wanted]


def _match_class(truth: dict[int, list[_Box]], predicted: dict[int, list[_Box]], count: int) -> _Class:
    owed = np.zeros(count)
    for at, boxes in truth.items():
        owed[at] = sum(not box.crowd for box in boxes)
    images: list[int] = []
    scores: list[float] = []
    hits, counted = (
        [np.zeros((len(OVERLAPS), 0), dtype=np.bool_)],
        [np.zeros((len(OVERLAPS), 0), dtype=np.bool_)],
    )
    for at in sorted(predicted):
        kept = sorted(predicted[at], key=lambda box: -box.score)[:PER_IMAGE]
        images += [at] * len(kept)
        scores += [box.score for box in kept]
        hit, counts = _match_image(truth.get(at, []), kept)
        hits.append(hit)
        counted.append(counts)
    order = np.argsort(-np.array(scores), kind="stable")
    places = np.array(images, dtype=np.int64)[order]
    return _Class(places, np.concatenate(hits, 1)[:, order], np.concatenate(counted, 1)[:, order], owed)


def _match_image(truth: list[_Box], predicted: list[_Box]) -> tuple[Flags, Flags]:
    """Greedy matching of one image and class: which detections (T, D) found an answer, and which count at all."""
    hits = np.zeros((len(OVERLAPS), len(predicted)), dtype=np.bool_)
    counted = np.ones_like(hits)
    plain = [box for box in truth if not box.crowd]
    overlaps = _overlaps(predicted, plain)
    # As the reference does, the later of two equal overlaps wins: so look from the end, where argmax finds the first.
    reverse, free = overlaps[:, ::-1], np.ones((len(OVERLAPS), len(plain)), dtype=np.bool_)
    for at in np.flatnonzero(overlaps.max(axis=1, initial=0.0) >= OVERLAPS[0]):
        candidates = np.where(free, reverse[at], -1.0)
        best = candidates.argmax(axis=1)
        levels = np.flatnonzero(candidates.max(axis=1) >= OVERLAPS)
        hits[levels, at] = True
        free[levels, best[levels]] = False
    crowd = _overlaps(predicted, [box for box in truth if box.crowd], crowd=True).max(axis=1, initial=0.0)
    counted[~hits & (crowd >= OVERLAPS[:, None])] = False
    return hits, counted


def _overlaps(predicted: list[_Box], truth: list[_Box], *, crowd: bool = False) -> Array:
    """Intersection over union (D, G); over the detection's own area where the answer is a crowd."""
    left = np.array([box.place for box in predicted]).reshape(-1, 1, 4)
    right = np.array([box.place for box in truth]).reshape(1, -1, 4)
    ends = np.minimum(left[..., :2] + left[..., 2:], right[..., :2] + right[..., 2:])
    sides = np.maximum(ends - np.maximum(left[..., :2], right[..., :2]), 0.0)
    shared, own = sides[..., 0] * sides[..., 1], left[..., 2] * left[..., 3]
    whole = np.broadcast_to(own, shared.shape) if crowd else own + right[..., 2] * right[..., 3] - shared
    return quotient(shared, whole, otherwise=0.0)


def _weighted(rows: Rows, weights: NDArray[Any]) -> Array:
    classes = _matched(rows)
    if not classes:
        return np.full(len(weights), np.nan)
    width = max(size(rows), len(OVERLAPS) * max(len(found.images) for found in classes))
    return np.concatenate([_mean_precision(classes, block) for block in blocks(weights, width)])


def _mean_precision(classes: Iterable[_Class], weights: Array) -> Array:
    """Mean over the classes that have an answer under these weights: (b, n) → (b,)."""
    total, used = np.zeros(len(weights)), np.zeros(len(weights))
    for found in classes:
        owed = weights @ found.owed
        total += np.where(owed > 0, _average_precision(found, weights, np.where(owed > 0, owed, 1.0)), 0.0)
        used += owed > 0
    return quotient(total, used, otherwise=np.nan)


def _average_precision(found: _Class, weights: Array, owed: Array) -> Array:
    """Mean over the overlaps of the precision read at 101 recalls: (b, n) → (b,)."""
    # Precision only peaks and recall only grows at hits, so a false detection counts but needs no point of its own.
    points = np.flatnonzero(found.hits.any(axis=0))
    each = weights[:, found.images]
    reached = np.cumsum(each[:, None, points] * found.hits[:, points], axis=-1)
    precision = reached / (_seen(found, each)[..., points] + TINY)
    envelope = np.maximum.accumulate(precision[..., ::-1], axis=-1)[..., ::-1]
    recalls = np.searchsorted(RECALLS, reached / owed[:, None, None], side="right")
    read = np.diff(recalls, axis=-1, prepend=0)
    return np.asarray((envelope * read).sum(-1).mean(-1) / len(RECALLS))


def _seen(found: _Class, each: Array) -> Array:
    """Weight of the detections so far that count: (b, D) → (b, T, D), or (b, 1, D) where all do."""
    if found.counted.all():
        return np.cumsum(each, axis=-1)[:, None, :]
    return np.cumsum(each[:, None, :] * found.counted, axis=-1)


def _influence(rows: Rows) -> Array:
    classes = _matched(rows)
    slopes = np.zeros(size(rows))
    for found in classes:
        for slope in _area_slopes(found, size(rows)):
            slopes += slope
    if not classes:
        return np.full(size(rows), np.nan)
    return slopes * size(rows) / (len(classes) * len(OVERLAPS))


def _area_slopes(found: _Class, count: int) -> Iterator[Array]:
    """Derivative of the area under the non-increasing precision curve by each image's weight, per overlap (n,).

    The area is used, not the 101 readings: those move in steps, whose derivative is zero almost everywhere.
    """
    owed = found.owed.sum()
    for hits, counted in zip(found.hits, found.counted, strict=True):
        seen = np.cumsum(counted) + TINY
        precision = np.cumsum(hits) / seen
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        peak = _peaks(precision, envelope)
        # Weight of the hits whose precision is read at each peak; a detection at or before a peak moves it.
        mass = np.bincount(peak, weights=hits, minlength=len(hits)) / seen
        rise, fall = np.cumsum(mass[::-1])[::-1], np.cumsum((mass * envelope)[::-1])[::-1]
        each = hits * (envelope + rise) - counted * fall
        area = (hits * envelope).sum() / owed
        yield (np.bincount(found.images, weights=each, minlength=count) - found.owed * area) / owed


def _peaks(precision: Array, envelope: Array) -> Codes:
    """For each place, the first at or after it whose own precision is the envelope's value there."""
    places = np.where(precision == envelope, np.arange(len(precision)), len(precision))
    return np.minimum.accumulate(places[::-1])[::-1]
