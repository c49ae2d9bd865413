"""The guess that knows only how often each answer occurs: every metric takes it, and its error is that of ordinary files."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dure.engines.scoring import metrics
from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.schema import Column
from dure.engines.scoring.uninformed import uninformed

N = 400
DRAW = np.random.default_rng(5)
VALUES = DRAW.normal(40, 10, N)
CLASSES = DRAW.integers(0, 2, N)
WORDS = np.array(["고양이", "개", "새"], dtype=object)[DRAW.integers(0, 3, N)]
NO_GUESS = {"detection_map", "iou", "dice"}


def answers_of(role: str) -> NDArray[Any]:
    return {"value": VALUES, "label": CLASSES, "text": WORDS, "boxes": WORDS, "mask": WORDS, "shape": WORDS}[
        role
    ]


def columns_of(key: str) -> list[Column]:
    parts = {"quantile": ["0.025", "0.5", "0.975"], "probability": ["0", "1"]}
    return [
        Column(name, name, role.kind)
        for role in METRICS[key].prediction
        for name in ([f"{role.name}:{part}" for part in parts[role.name]] if role.many else [role.name])
    ]


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_takes_the_guess_or_has_none(key: str) -> None:
    metric = METRICS[key]
    truth = {role.name: answers_of(role.name) for role in metric.truth}
    guess = uninformed(truth, columns_of(key), seed=1)
    assert (guess is None) == (key in NO_GUESS)
    if guess is not None:
        values = metrics.influence(metric, guess)
        error = values.std(ddof=1) / np.sqrt(N)
        assert np.isfinite(error)
        assert error > 0


def test_the_same_seed_gives_the_same_guess_and_it_holds_the_same_answers() -> None:
    one, two = (uninformed({"label": CLASSES}, columns_of("accuracy"), seed=9) for _ in range(2))
    assert one is not None
    assert two is not None
    assert (one.prediction["label"] == two.prediction["label"]).all()
    assert sorted(one.prediction["label"]) == sorted(CLASSES)
    assert (one.prediction["label"] != CLASSES).any()


def test_values_are_guessed_by_their_mean_and_quantiles_by_theirs() -> None:
    mean = uninformed({"value": VALUES}, columns_of("rmse"), seed=9)
    forecast = uninformed({"value": VALUES}, columns_of("wis"), seed=9)
    assert mean is not None
    assert forecast is not None
    assert set(mean.prediction["value"]) == {VALUES.mean()}
    assert set(forecast.prediction["quantile:0.975"]) == {np.quantile(VALUES, 0.975)}
