"""What every metric promises, whatever it measures."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scoring.metrics import (
    FACTORIES,
    METRICS,
    columns,
    faults,
    get_metric,
    influence,
    score,
    statistics,
)
from tests.engines.scoring.metrics.samples import modest, perfect, sample, take, weighted

every_metric = pytest.mark.parametrize("key", METRICS)
seeds = st.integers(0, 2**32 - 1)
counts = st.integers(3, 25)
SMOOTH = sorted(set(METRICS) - {"detection_map"})


def test_every_metric_the_house_promises_is_there() -> None:
    promised = """accuracy balanced_accuracy f1 f1_macro f1_micro f1_weighted mcc roc_auc pr_auc log_loss brier rmse mae mape
        smape r2 pinball wis crps_quantiles nasa_turbofan detection_map iou dice chrf wer cer cer_jamo"""
    assert set(METRICS) == set(promised.split())


@every_metric
def test_a_metric_says_what_it_is(key: str) -> None:
    metric = METRICS[key]
    described = inspect.getdoc(FACTORIES[key]) or ""
    assert metric.key == key
    assert any("가" <= letter <= "힣" or letter.isupper() for letter in metric.name_ko)
    assert metric.name_en.isprintable()
    assert metric.lowest < metric.highest
    assert metric.source
    assert "Source:" in described
    assert (metric.statistics is None) == (metric.finish is None)
    assert metric.statistics is not None or metric.weighted is not None


@every_metric
@modest
@given(seed=seeds, count=counts)
def test_a_score_lies_in_its_range(key: str, seed: int, count: int) -> None:
    metric = METRICS[key]
    assert metric.lowest <= score(metric, sample(metric, seed, count)) <= metric.highest


@every_metric
@modest
@given(seed=seeds, count=counts)
def test_the_perfect_prediction_reaches_the_good_end(key: str, seed: int, count: int) -> None:
    metric = METRICS[key]
    best = score(metric, perfect(metric, sample(metric, seed, count)))
    assert best == pytest.approx(metric.highest if metric.direction == "higher" else metric.lowest, abs=1e-9)


@every_metric
@modest
@given(seed=seeds, count=counts)
def test_repeating_rows_is_weighting_them(key: str, seed: int, count: int) -> None:
    metric = METRICS[key]
    rows = sample(metric, seed, count)
    times = np.random.default_rng(seed).integers(0, 4, count)
    times[0] += 1
    expected = score(metric, take(rows, np.repeat(np.arange(count), times)))
    if metric.weighted is not None:
        assert metric.weighted(rows, times[None, :])[0] == pytest.approx(expected, abs=1e-9, nan_ok=True)
    if metric.statistics is not None and metric.finish is not None:
        means = times @ metric.statistics(rows) / times.sum()
        assert float(metric.finish(means)) == pytest.approx(expected, rel=1e-9, abs=1e-7, nan_ok=True)


@every_metric
@modest
@given(seed=seeds, count=counts)
def test_equal_weights_give_the_score(key: str, seed: int, count: int) -> None:
    metric = METRICS[key]
    rows = sample(metric, seed, count)
    expected = score(metric, rows)
    if metric.weighted is not None:
        assert metric.weighted(rows, np.ones((2, count))) == pytest.approx(np.full(2, expected))
    if metric.statistics is not None and metric.finish is not None:
        table = statistics(metric, rows)
        assert table.dtype == np.float64
        assert len(table) == count
        assert float(metric.finish(table.mean(axis=0))) == pytest.approx(expected)
        assert metric.finish(np.stack([table.mean(axis=0)] * 2)) == pytest.approx(np.full(2, expected))


@pytest.mark.parametrize("key", SMOOTH)
@modest
@given(seed=seeds, count=counts)
def test_influence_foretells_a_small_change_of_weights(key: str, seed: int, count: int) -> None:
    metric = METRICS[key]
    rows = sample(metric, seed, count)
    values = influence(metric, rows)
    change = 1e-5 * np.random.default_rng(seed).normal(size=count)
    down, up = weighted(metric, rows, np.stack([1 - change, 1 + change]))
    size = np.abs(values).max()
    assert values.mean() == pytest.approx(0.0, abs=1e-6 * (1 + size))
    assert (up - down) / 2 == pytest.approx((change * values).mean(), abs=2e-8 * (1 + size))


@every_metric
def test_no_rows_have_no_score(key: str) -> None:
    metric = METRICS[key]
    empty = take(sample(metric, 0, 3), np.arange(0))
    assert np.isnan(score(metric, empty))
    assert influence(metric, empty).shape == (0,)
    if metric.statistics is not None:
        assert len(statistics(metric, empty)) == 0


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if metric.weighted])
def test_many_weights_are_worked_through_in_blocks(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    metric = METRICS[key]
    assert metric.weighted is not None
    rows = sample(metric, 5, 20)
    weights = np.random.default_rng(5).integers(0, 3, (7, 20)).astype(np.uint8)
    weights[:, :2] = 1
    whole = metric.weighted(rows, weights)
    monkeypatch.setattr(columns, "BLOCK", 50)
    assert metric.weighted(rows, weights) == pytest.approx(whole, nan_ok=True)
    assert whole.shape == (7,)


@every_metric
def test_ordinary_rows_have_no_faults(key: str) -> None:
    assert faults(METRICS[key], sample(METRICS[key], 1, 10)) == []


@every_metric
def test_defaults_come_from_the_same_factory(key: str) -> None:
    metric = METRICS[key]
    again = get_metric(key, **metric.parameters)
    rows = sample(metric, 2, 12)
    assert again.parameters == metric.parameters
    assert score(again, rows) == score(metric, rows)
