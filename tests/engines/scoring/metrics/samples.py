"""Ordinary rows for every metric, from a seed, and the perfect prediction for them."""

from typing import Any

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from dure.engines.scoring.metric import Metric, Rows

modest = settings(max_examples=30, deadline=None)
LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
WORDS = ("비행기", "기차", "자동차가", "출발했다,", "도착!", "the", "train", "it's", "café")
Columns = dict[str, NDArray[Any]]


def sample(metric: Metric, seed: int, count: int) -> Rows:
    """`count` rows with both classes among them where the metric knows classes."""
    rng = np.random.default_rng(seed)
    kinds = {role.name: role.kind for role in (*metric.truth, *metric.prediction)}
    if "boxes" in kinds:
        return _detections(rng, count)
    if "mask" in kinds:
        return _masks(rng, count)
    if "text" in kinds:
        return Rows({"text": _sentences(rng, count)}, {"text": _sentences(rng, count)})
    if "label" in kinds:
        return _labelled(metric, rng, count)
    return _numbers(metric, rng, count)


def perfect(metric: Metric, rows: Rows) -> Rows:
    """The same answers with the prediction nothing can beat."""
    prediction: Columns = {}
    for role in metric.prediction:
        match role.kind:
            case "probability":
                prediction[role.name] = rows.truth["label"].astype(np.float64)
            case "quantile":
                prediction |= {f"quantile:{level}": rows.truth["value"] for level in LEVELS}
            case "boxes":
                prediction["boxes"] = np.array([_with_scores(str(cell)) for cell in rows.truth["boxes"]])
            case _:
                source = "label" if role.name == "score" else role.name
                prediction[role.name] = rows.truth[source]
    return Rows(rows.truth, prediction)


def weighted(metric: Metric, rows: Rows, weights: NDArray[Any]) -> NDArray[np.float64]:
    """Scores under row weights (r, n), by either way a metric has."""
    if metric.weighted is not None:
        return metric.weighted(rows, weights)
    return of_means(metric, weights @ table(metric, rows) / weights.sum(axis=1, keepdims=True))


def of_means(metric: Metric, means: NDArray[np.float64]) -> NDArray[np.float64]:
    assert metric.finish is not None
    return metric.finish(means)


def table(metric: Metric, rows: Rows) -> NDArray[np.float64]:
    assert metric.statistics is not None
    return metric.statistics(rows)


def take(rows: Rows, places: NDArray[Any]) -> Rows:
    """The rows at these places, repeats included."""
    return Rows(
        {name: column[places] for name, column in rows.truth.items()},
        {name: column[places] for name, column in rows.prediction.items()},
    )


def _labelled(metric: Metric, rng: np.random.Generator, count: int) -> Rows:
    classes = 4 if not metric.parameters else 2
    truth = rng.integers(0, classes, count)
    truth[:2] = (0, 1)
    guess = np.where(rng.random(count) < 0.5, truth, rng.integers(0, classes, count))
    prediction: Columns = {
        "label": guess,
        "score": np.round(truth + rng.normal(size=count), 1),
        "probability": np.round(rng.random(count), 3),
    }
    return Rows({"label": truth}, {role.name: prediction[role.name] for role in metric.prediction})


def _numbers(metric: Metric, rng: np.random.Generator, count: int) -> Rows:
    truth = rng.uniform(1.0, 100.0, count) * rng.choice([-1.0, 1.0], count)
    guess = truth + rng.normal(scale=10.0, size=count)
    quantiles: Columns = {f"quantile:{level}": guess + 20.0 * (level - 0.5) for level in LEVELS}
    return Rows({"value": truth}, quantiles if metric.prediction[0].many else {"value": guess})


def _sentences(rng: np.random.Generator, count: int) -> NDArray[Any]:
    return np.array([" ".join(rng.choice(WORDS, rng.integers(1, 6))) for _ in range(count)])


def _masks(rng: np.random.Generator, count: int) -> Rows:
    truth, prediction = (np.array([_runs(rng) for _ in range(count)]) for _ in range(2))
    return Rows({"mask": truth, "shape": np.full(count, "6 8")}, {"mask": prediction})


def _runs(rng: np.random.Generator) -> str:
    return encode_mask(rng.random(48) < rng.choice([0.0, 0.3, 0.7]))


def encode_mask(pixels: NDArray[np.bool_]) -> str:
    """Run-length text of a flat mask."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], pixels.astype(np.int64), [0]])))
    return " ".join(f"{start + 1} {end - start}" for start, end in edges.reshape(-1, 2))


def _detections(rng: np.random.Generator, count: int) -> Rows:
    truth = [_places(rng, int(rng.integers(0, 4))) for _ in range(count)]
    truth[0] = truth[0] or ["a 1 2 30 40"]
    guess = [[_moved(rng, box) for box in boxes] + _false(rng) for boxes in truth]
    return Rows(
        {"boxes": np.array([";".join(boxes) for boxes in truth])},
        {"boxes": np.array([";".join(boxes) for boxes in guess])},
    )


def _places(rng: np.random.Generator, count: int) -> list[str]:
    return [f"{rng.choice(['a', 'b'])} {' '.join(map(str, rng.integers(5, 60, 4)))}" for _ in range(count)]


def _moved(rng: np.random.Generator, box: str) -> str:
    label, *place = box.split()
    moved = [float(value) + rng.normal(scale=2.0) for value in place]
    return f"{label} {rng.random()} {moved[0]} {moved[1]} {abs(moved[2])} {abs(moved[3])}"


def _false(rng: np.random.Generator) -> list[str]:
    return [_moved(rng, box) for box in _places(rng, int(rng.integers(0, 2)))]


def _with_scores(cell: str) -> str:
    boxes = [box.split() for box in cell.split(";") if box]
    return ";".join(" ".join([box[0], "1", *box[1:]]) for box in boxes)
