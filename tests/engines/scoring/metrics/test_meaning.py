"""Choices the documentation states: classes, undefined scores, normalisation, intervals of large samples."""

import pickle
import time
from typing import Any

import numpy as np
import pytest

from dure.engines.scoring.metric import Rows
from dure.engines.scoring.metrics import METRICS, get_metric, influence, score
from dure.engines.scoring.metrics.detection import _area_slopes, _matched
from dure.engines.scoring.metrics.texts import distance, normalise
from tests.engines.scoring.metrics.samples import of_means, sample, table, take, weighted


def labelled(truth: Any, predicted: Any) -> Rows:
    return Rows({"label": np.array(truth)}, {"label": np.array(predicted)})


def text(truth: Any, predicted: Any) -> Rows:
    return Rows({"text": np.array([truth])}, {"text": np.array([predicted])})


@pytest.mark.parametrize("key", ["roc_auc", "pr_auc"])
def test_no_positive_row_leaves_a_curve_undefined(key: str) -> None:
    rows = Rows({"label": np.zeros(4, dtype=int)}, {"score": np.arange(4.0)})
    assert np.isnan(score(METRICS[key], rows))
    assert np.isnan(influence(METRICS[key], rows)).all()


def test_auc_of_positive_rows_alone_is_undefined() -> None:
    assert np.isnan(
        score(METRICS["roc_auc"], Rows({"label": np.ones(3, dtype=int)}, {"score": np.arange(3.0)}))
    )


def test_equal_answers_leave_r2_undefined_in_the_sample_and_in_a_resample() -> None:
    metric = METRICS["r2"]
    assert np.isnan(score(metric, Rows({"value": np.full(5, 0.1)}, {"value": np.arange(5.0)})))
    rows = Rows({"value": np.array([0.1, 0.1, 0.1, 7.3])}, {"value": np.arange(4.0)})
    resampled = np.array([0.2, 0.3, 0.5, 0.0]) @ table(metric, rows)
    assert np.isnan(of_means(metric, resampled))


def test_r2_of_large_values_keeps_its_digits() -> None:
    truth = 1e9 + np.arange(10.0)
    assert score(METRICS["r2"], Rows({"value": truth}, {"value": truth + 1})) == pytest.approx(1 - 1 / 8.25)


def test_texts_without_a_word_in_any_answer_are_undefined() -> None:
    assert np.isnan(score(METRICS["wer"], text("...", "뭐라도")))
    assert np.isnan(score(METRICS["cer"], text("", "")))


def test_images_without_answers_leave_map_undefined() -> None:
    rows = Rows({"boxes": np.array(["", ""])}, {"boxes": np.array(["a 0.9 1 1 2 2", ""])})
    assert np.isnan(score(METRICS["detection_map"], rows))
    assert np.isnan(influence(METRICS["detection_map"], rows)).all()


def test_a_label_only_predictions_use_is_a_class() -> None:
    assert score(METRICS["f1_macro"], labelled(["a", "a"], ["a", "b"])) == pytest.approx((2 / 3 + 0) / 2)
    assert score(METRICS["balanced_accuracy"], labelled(["a", "a"], ["a", "b"])) == 0.5


def test_labels_agree_across_column_types() -> None:
    assert score(METRICS["accuracy"], labelled([1, 0, 1], ["1", "0", "0"])) == pytest.approx(2 / 3)
    assert score(METRICS["accuracy"], labelled([1, 0], [1.0, 0.0])) == 1.0
    assert score(METRICS["f1"], labelled([True, False], [1, 0])) == 1.0
    assert score(METRICS["accuracy"], labelled([1, 0], [1.5, 0.0])) == 0.0
    assert score(METRICS["accuracy"], labelled([1, 0], [1e300, 0.0])) == 0.0


@pytest.mark.parametrize("kind", [object, np.dtypes.StringDType()])
def test_text_columns_of_any_kind_are_labels(kind: Any) -> None:
    rows = Rows(
        {"label": np.array(["개", "소", "개"], dtype=kind)},
        {"label": np.array(["개", "개", "개"], dtype=kind)},
    )
    assert score(METRICS["accuracy"], rows) == pytest.approx(2 / 3)
    assert score(METRICS["balanced_accuracy"], rows) == 0.5


def test_numbers_of_half_width_are_scored_in_full() -> None:
    rows = Rows({"value": np.ones(3, np.float32)}, {"value": np.full(3, 3.0, np.float32)})
    assert score(METRICS["rmse"], rows) == 2.0


def test_a_single_predicted_class_has_no_correlation_and_no_influence() -> None:
    rows = labelled([0, 1, 2, 1], [1, 1, 1, 1])
    assert score(METRICS["mcc"], rows) == 0.0
    assert influence(METRICS["mcc"], rows) == pytest.approx(np.zeros(4))


def test_the_positive_class_is_a_parameter() -> None:
    rows = Rows({"label": np.array(["정상", "불량", "불량"])}, {"score": np.array([0.1, 0.7, 0.9])})
    assert score(get_metric("roc_auc", positive="불량"), rows) == 1.0
    assert score(get_metric("roc_auc", positive="정상"), rows) == 0.0


def test_late_predictions_cost_more_than_early_ones() -> None:
    metric = METRICS["nasa_turbofan"]
    early, late = (
        score(metric, Rows({"value": np.array([50.0])}, {"value": np.array([50.0 + by])})) for by in (-10, 10)
    )
    assert early == pytest.approx(np.exp(10 / 13) - 1)
    assert late == pytest.approx(np.e - 1)
    absurd = Rows({"value": np.zeros(3)}, {"value": np.full(3, 1e99)})
    assert np.isfinite(score(metric, absurd))


def test_korean_is_normalised_before_it_is_compared() -> None:
    decomposed = "\u1112\u1161\u11ab\u1100\u116e\u11a8"  # 한국 as conjoining jamo
    assert normalise(f" {decomposed}\uff0c  어!\n") == "한국 어"
    assert score(METRICS["cer"], text("한국 어.", f"{decomposed}   어")) == 0.0
    assert score(METRICS["wer"], text("한국 어", "한국어")) == 1.0


def test_spacing_may_be_left_out_of_the_character_error_rate() -> None:
    rows = text("할 수 있다", "할수있다")
    assert score(METRICS["cer"], rows) == pytest.approx(2 / 6)
    assert score(get_metric("cer", spaces="drop"), rows) == 0.0


def test_jamo_make_a_near_miss_cheaper() -> None:
    rows = text("간", "각")
    assert score(METRICS["cer"], rows) == 1.0
    assert score(METRICS["cer_jamo"], rows) == pytest.approx(1 / 3)


def test_only_a_hundred_detections_per_image_and_class_count() -> None:
    noise = ";".join(f"a 0.{900 - at} 500 500 10 10" for at in range(100))
    truth = {"boxes": np.array(["a 0 0 10 10"])}
    crowded = Rows(truth, {"boxes": np.array([f"{noise};a 0.1 0 0 10 10"])})
    fewer = Rows(truth, {"boxes": np.array([f"{noise.split(';', 1)[1]};a 0.1 0 0 10 10"])})
    assert score(METRICS["detection_map"], crowded) == 0.0
    assert score(METRICS["detection_map"], fewer) == pytest.approx(0.01)


def test_auc_influence_is_delong() -> None:
    metric = METRICS["roc_auc"]
    rows = sample(metric, 4, 400)
    truth, scores = rows.truth["label"], rows.prediction["score"]
    up, down = scores[truth == 1][:, None], scores[truth == 0][None, :]
    won = (up > down) + 0.5 * (up == down)
    hits, others = won.mean(axis=1), won.mean(axis=0)
    delong = np.mean((hits - won.mean()) ** 2) / hits.size + np.mean((others - won.mean()) ** 2) / others.size
    assert np.mean(influence(metric, rows) ** 2) / truth.size == pytest.approx(delong)


@pytest.mark.parametrize("key", ["f1_macro", "mcc", "pr_auc", "r2", "wer", "chrf", "detection_map"])
def test_the_standard_error_from_influence_agrees_with_the_bootstrap(key: str) -> None:
    metric, count = METRICS[key], 300
    rows = sample(metric, 11, count)
    if key == "r2":  # the sample's own R² is so near 1 that its error is dominated by few rows
        rows = Rows(
            rows.truth, {"value": rows.prediction["value"] + np.random.default_rng(1).normal(0, 40, count)}
        )
    weights = np.random.default_rng(2).multinomial(count, np.full(count, 1 / count), 400)
    resampled = weighted(metric, rows, weights)
    error = np.sqrt(np.mean(influence(metric, rows) ** 2) / count)
    assert error == pytest.approx(resampled.std(), rel=0.15)


def test_map_influence_is_the_derivative_of_the_area() -> None:
    rows = sample(METRICS["detection_map"], 8, 40)
    found = _matched(rows)[0]
    for level, slope in enumerate(_area_slopes(found, 40)):
        expected = [
            (_area(found, level, at, 1e-6) - _area(found, level, at, -1e-6)) / 2e-6 for at in range(40)
        ]
        assert slope == pytest.approx(expected, abs=1e-7)
        assert slope.sum() == pytest.approx(0, abs=1e-12)


def _area(found: Any, level: int, image: int, change: float) -> float:
    weights = np.ones(40)
    weights[image] += change
    each = weights[found.images]
    reached = np.cumsum(each * found.hits[level])
    precision = reached / (np.cumsum(each * found.counted[level]) + np.spacing(1.0))
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((np.diff(reached, prepend=0) * envelope).sum() / (weights @ found.owed))


@pytest.mark.parametrize("key", METRICS)
def test_metrics_travel_between_processes(key: str) -> None:
    metric = pickle.loads(pickle.dumps(METRICS[key]))  # noqa: S301 - our own bytes
    rows = sample(metric, 3, 8)
    assert score(metric, rows) == score(METRICS[key], rows)


def test_long_texts_stay_within_a_second_or_two() -> None:
    letters = np.random.default_rng(0).choice(list("가나다라마바사"), (2, 20_000))
    started = time.perf_counter()
    edits = distance("".join(letters[0]), "".join(letters[1]))
    assert 0 < edits < 20_000
    assert time.perf_counter() - started < 5


def test_a_million_rows_take_no_objects_per_row() -> None:
    metric = METRICS["roc_auc"]
    rows = take(sample(metric, 6, 1000), np.arange(1_000_000) % 1000)
    started = time.perf_counter()
    assert score(metric, rows) == pytest.approx(score(metric, take(rows, np.arange(1000))))
    assert time.perf_counter() - started < 5
