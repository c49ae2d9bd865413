"""Intervals: agreement with plain computations, pairing, groups, methods, coverage."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dure.engines.scoring import intervals
from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.metric import Array, Metric, Rows
from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.metrics.ranking import pr_auc, roc_auc
from dure.engines.scoring.resampling import resample_weights
from dure.engines.scoring.systems import Comparison, System
from tests.engines.scoring.boards import (
    ACCURACY,
    F1,
    LOSS,
    MEAN,
    RMSE,
    f1_rows,
    metric_of,
    modest,
    systems_of,
)

DRAW = np.random.default_rng(20_260_301)
START = DRAW.bit_generator.state


@pytest.fixture(autouse=True)
def same_draws_in_any_order() -> None:
    DRAW.bit_generator.state = START


def resampled(comparison: Comparison) -> Array:
    assert comparison.resampled is not None
    return comparison.resampled


@modest
@given(
    n=st.integers(2, 60),
    count=st.integers(1, 5),
    size=st.sampled_from([1e-30, 1e-3, 1.0, 1e6, 1e25]),
    offset=st.sampled_from([0.0, 1.0, 1e3]),
    seed=st.integers(0, 2**32),
    single=st.booleans(),
    grouped=st.booleans(),
)
def test_resampled_scores_are_those_of_a_plain_loop(
    n: int, count: int, size: float, offset: float, seed: int, *, single: bool, grouped: bool
) -> None:
    draw = np.random.default_rng(seed)
    losses = (size * (draw.gamma(2.0, size=(count, n)) + offset)).astype(np.float32 if single else np.float64)
    groups = draw.integers(0, 5, size=n) if grouped else np.arange(n)
    found = evaluate_systems(RMSE, systems_of(losses), seed=4, resamples=30, groups=groups)
    naive = naive_means(losses, groups, seed=4, resamples=30)
    assert np.allclose(resampled(found), np.sqrt(naive), rtol=1e-5, atol=0.0)
    assert np.allclose(found.scores, np.sqrt(losses.astype(np.float64).mean(axis=1)), rtol=1e-12)


def naive_means(losses: NDArray[Any], groups: NDArray[np.int64], *, seed: int, resamples: int) -> Array:
    names = list(dict.fromkeys(groups.tolist()))
    weights = resample_weights(len(names), resamples=resamples, seed=seed)
    rows = np.array([names.index(group) for group in groups.tolist()])
    spread = weights[:, rows].astype(np.float64)
    return np.array([spread @ loss.astype(np.float64) / spread.sum(axis=1) for loss in losses])


def test_whole_numbers_are_summed_exactly() -> None:
    right = DRAW.integers(0, 2, size=(4, 5000)).astype(np.float32)
    found = evaluate_systems(ACCURACY, systems_of(right), seed=1)
    weights = resample_weights(5000, resamples=1000, seed=1).astype(np.int64)
    assert (resampled(found) == (right.astype(np.int64) @ weights.T) / 5000).all()


def test_large_offsets_do_not_drown_small_differences() -> None:
    base = 1e8 + DRAW.normal(size=3000)
    found = evaluate_systems(LOSS, systems_of(np.stack([base, base + 1e-3])), seed=1)
    difference = resampled(found)[1] - resampled(found)[0]
    assert np.allclose(difference, 1e-3, rtol=1e-3)


def test_a_nearly_perfect_system_has_no_score_beyond_its_rows() -> None:
    losses = np.zeros((1, 400))
    losses[0, 7] = 0.3
    found = evaluate_systems(RMSE, systems_of(losses), seed=1)
    assert (resampled(found) >= 0).all()
    assert found.low[0] == 0.0


def test_equal_systems_have_equal_results_bit_for_bit() -> None:
    losses = DRAW.gamma(2.0, size=(37, 700)).astype(np.float32)
    losses[36] = losses[3]
    found = evaluate_systems(RMSE, systems_of(losses), seed=9)
    assert (resampled(found)[36] == resampled(found)[3]).all()
    assert (found.low[36], found.high[36]) == (found.low[3], found.high[3])


@modest
@given(seed=st.integers(0, 2**32), order=st.permutations(range(6)))
def test_the_order_of_systems_does_not_matter(seed: int, order: list[int]) -> None:
    losses = np.random.default_rng(seed).gamma(2.0, size=(6, 50))
    systems = systems_of(losses)
    straight = evaluate_systems(RMSE, systems, seed=2, resamples=100)
    mixed = evaluate_systems(RMSE, [systems[at] for at in order], seed=2, resamples=100)
    for name in ("scores", "low", "high", "standard_errors"):
        assert np.allclose(getattr(straight, name)[order], getattr(mixed, name), rtol=1e-6)


def test_systems_may_differ_in_their_number_of_statistics() -> None:
    """F1 over the classes a system uses: each may use others."""
    wide = metric_of(lambda means: np.asarray(means.mean(axis=-1)))
    two, three = DRAW.random((200, 2)), DRAW.random((200, 3))
    systems = [System(key="two", statistics=two), System(key="three", statistics=three)]
    found = evaluate_systems(wide, systems, seed=5, resamples=20)
    alone = evaluate_systems(wide, systems[1:], seed=5, resamples=20)
    assert np.allclose(resampled(found)[1], resampled(alone)[0], rtol=1e-6)
    assert found.scores.tolist() == pytest.approx([two.mean(), three.mean()])


def test_many_systems_go_through_in_several_products(monkeypatch: pytest.MonkeyPatch) -> None:
    losses = DRAW.random((20, 300))
    whole = evaluate_systems(LOSS, systems_of(losses), seed=5, resamples=50)
    monkeypatch.setattr("dure.engines.scoring.mean_scores._BLOCK", 700)
    parts = evaluate_systems(LOSS, systems_of(losses), seed=5, resamples=50)
    assert np.allclose(resampled(whole), resampled(parts), rtol=1e-6)


def test_groups_of_one_are_rows() -> None:
    losses = DRAW.gamma(2.0, size=(3, 500))
    rows = evaluate_systems(RMSE, systems_of(losses), seed=6)
    groups = evaluate_systems(RMSE, systems_of(losses), seed=6, groups=DRAW.permutation(500))
    assert rows.method == "paired_bootstrap_rows"
    assert groups.method == "paired_bootstrap_groups"
    assert np.allclose(resampled(rows), resampled(groups), rtol=1e-6)


def test_grouped_intervals_know_that_rows_of_a_group_go_together() -> None:
    groups = np.repeat(np.arange(100), 20)
    losses = np.repeat(DRAW.normal(size=(1, 100)), 20, axis=1) + 0.1 * DRAW.normal(size=(1, 2000))
    rows = evaluate_systems(LOSS, systems_of(losses), seed=6)
    grouped = evaluate_systems(LOSS, systems_of(losses), seed=6, groups=groups)
    assert 3.5 < grouped.standard_errors[0] / rows.standard_errors[0] < 5.5  # sqrt(20) = 4.5


def test_a_negated_metric_turns_the_interval_round() -> None:
    losses = DRAW.gamma(2.0, size=(3, 400))
    up = evaluate_systems(MEAN, systems_of(-losses), seed=8)
    down = evaluate_systems(LOSS, systems_of(losses), seed=8)
    assert np.allclose(up.scores, -down.scores)
    assert np.allclose(up.low, -down.high, rtol=1e-6)
    assert np.allclose(up.high, -down.low, rtol=1e-6)


def test_missing_and_broken_systems_stay_out() -> None:
    losses = DRAW.gamma(2.0, size=(4, 100))
    losses[1, 5], losses[2, 5] = np.nan, np.inf
    systems = [*systems_of(losses), System(key="missing")]
    for method_of_all in (20_000, 10):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(intervals, "BOOTSTRAP_UNITS", method_of_all)
            found = evaluate_systems(RMSE, systems, seed=8)
        assert found.ranked.tolist() == [True, False, False, True, False]
        assert np.isnan(found.low[[1, 2, 4]]).all()
        assert np.isnan(found.high[[1, 2, 4]]).all()
        assert np.isfinite(found.low[[0, 3]]).all()
        assert [one is None for one in found.measured] == [False, True, True, False, True]


def test_a_board_without_systems_is_empty() -> None:
    found = evaluate_systems(RMSE, [], seed=1)
    assert found.scores.shape == found.low.shape == (0,)
    assert evaluate_systems(RMSE, [System(key="missing")], seed=1).ranked.tolist() == [False]


def test_systems_of_different_answers_are_refused() -> None:
    systems = [System(key="a", statistics=np.ones((5, 1))), System(key="b", statistics=np.ones((6, 1)))]
    with pytest.raises(ValueError, match="different numbers of rows"):
        evaluate_systems(RMSE, systems, seed=1)


def test_a_score_undefined_in_most_resamples_has_no_interval() -> None:
    truth = np.zeros(40, dtype=np.bool_)
    truth[0] = True
    found = evaluate_systems(F1, [System(key="a", statistics=f1_rows(truth, truth))], seed=3)
    undefined = np.isnan(resampled(found)[0]).mean()
    assert 0.25 < undefined < 0.5  # the one positive row is left out of 36 % of the resamples
    assert (found.low[0], found.high[0]) == (1.0, 1.0)


def test_a_score_undefined_in_most_resamples_could_be_anything() -> None:
    mixed = metric_of(only_where_below_its_mean, lowest=0.0, highest=1.0)
    values = np.concatenate([np.ones(3), np.zeros(997)])[:, None]
    found = evaluate_systems(mixed, [System(key="a", statistics=values)], seed=3)
    assert np.isnan(resampled(found)[0]).mean() > 0.5
    assert (found.low[0], found.high[0]) == (0.0, 1.0)


def only_where_below_its_mean(means: Array) -> Array:
    return np.where(
        means[..., 0] <= 0.003,
        np.where(means.ndim == 1, 0.5, np.where(means[..., 0] < 0.003, 0.4, np.nan)),
        np.nan,
    )


def test_measured_systems_are_not_measured_again() -> None:
    losses = DRAW.gamma(2.0, size=(3, 300))
    first_board = evaluate_systems(RMSE, systems_of(losses), seed=8)
    kept = [
        System(key=key, measured=one) for key, one in zip(first_board.keys, first_board.measured, strict=True)
    ]
    again = evaluate_systems(RMSE, kept, seed=8, n_rows=300)
    assert (resampled(again) == resampled(first_board)).all()
    assert (again.scores == first_board.scores).all()
    other_seed = evaluate_systems(RMSE, kept, seed=9, n_rows=300)
    assert not other_seed.ranked.any()


# Large samples


@pytest.fixture
def always_influence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intervals, "BOOTSTRAP_UNITS", 1)


def test_the_method_follows_the_number_of_units() -> None:
    def method(n: int, groups: NDArray[np.int64] | None = None) -> str:
        systems = [System(key="a", statistics=np.ones((n, 1), dtype=np.float32))]
        return evaluate_systems(RMSE, systems, seed=1, groups=groups, resamples=2).method

    assert method(20_000) == "paired_bootstrap_rows"
    assert method(20_001) == "influence"
    assert method(20_001, np.arange(20_001) // 2) == "paired_bootstrap_groups"
    assert method(40_002, np.arange(40_002) // 2) == "influence"


@pytest.mark.parametrize("grouped", [False, True])
def test_influence_and_bootstrap_agree_on_smooth_metrics(*, grouped: bool) -> None:
    n = 4000
    groups = np.arange(n) // 4 if grouped else None
    truth = DRAW.random(n) < 0.4
    predictions = [truth ^ (DRAW.random(n) < wrong) for wrong in (0.1, 0.12, 0.3)]
    systems = [System(key=str(at), statistics=f1_rows(truth, one)) for at, one in enumerate(predictions)]
    boot = evaluate_systems(F1, systems, seed=3, resamples=2000, groups=groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "BOOTSTRAP_UNITS", 1)
        smooth = evaluate_systems(F1, systems, seed=3, groups=groups)
    assert smooth.method == "influence"
    assert np.allclose(smooth.standard_errors, boot.standard_errors, rtol=0.08)
    assert np.allclose(smooth.low, boot.low, atol=0.15 * boot.standard_errors.max())
    assert np.allclose(smooth.high, boot.high, atol=0.15 * boot.standard_errors.max())
    assert smooth.covariance is not None
    assert np.allclose(smooth.covariance, np.cov(resampled(boot)), rtol=0.2, atol=2e-6)


@pytest.mark.usefixtures("always_influence")
def test_the_delta_method_of_a_mean_is_the_textbook_error() -> None:
    losses = DRAW.normal(size=(2, 900))
    found = evaluate_systems(LOSS, systems_of(losses), seed=1)
    assert found.covariance is not None
    assert np.allclose(found.covariance, np.cov(losses) / 900, rtol=1e-5)
    assert found.high[0] - found.scores[0] == pytest.approx(1.959964 * losses[0].std(ddof=1) / 30, rel=1e-5)


def test_normal_draws_have_the_covariance_and_ignore_the_order(always_influence: None) -> None:
    losses = DRAW.normal(size=(1, 900)) + 0.5 * DRAW.normal(size=(4, 900))
    systems = systems_of(losses)
    found = evaluate_systems(LOSS, systems, seed=1)
    drawn = found.draws(4000)
    assert found.covariance is not None
    assert np.allclose(np.cov(drawn), found.covariance, rtol=0.15)
    turned = evaluate_systems(LOSS, systems[::-1], seed=1)
    assert np.allclose(turned.draws(4000)[::-1], drawn)


# Weighted metrics and AUC


def auc_systems(n: int, count: int = 3) -> list[System]:
    truth = (DRAW.random(n) < 0.4).astype(np.int64)
    scores = [np.round(truth + DRAW.normal(size=n) * (1 + at), 1) for at in range(count)]
    return [
        System(key=str(at), rows=Rows({"label": truth}, {roc_auc().prediction[0].name: score}))
        for at, score in enumerate(scores)
    ]


def naive_delong(systems: list[System]) -> Array:
    """The paper's S10 / m + S01 / n from the full table of pairs."""
    tables = []
    for system in systems:
        assert system.rows is not None
        positive = system.rows.truth["label"] == 1
        score = next(iter(system.rows.prediction.values()))
        ours, theirs = score[positive][:, None], score[~positive][None, :]
        tables.append((ours > theirs) + 0.5 * (ours == theirs))
    by_positive = np.stack([table.mean(axis=1) for table in tables])
    by_negative = np.stack([table.mean(axis=0) for table in tables])
    return np.asarray(np.cov(by_positive) / by_positive.shape[1] + np.cov(by_negative) / by_negative.shape[1])


@pytest.mark.usefixtures("always_influence")
@pytest.mark.parametrize("n", [30, 500])
def test_delong_is_the_paper_s_covariance(n: int) -> None:
    systems = auc_systems(n)
    found = evaluate_systems(roc_auc(), systems, seed=1)
    assert found.method == "delong"
    assert found.covariance is not None
    assert np.allclose(found.covariance, naive_delong(systems), rtol=1e-5)


@pytest.mark.parametrize("grouped", [False, True])
def test_delong_and_bootstrap_agree(*, grouped: bool) -> None:
    systems = auc_systems(1500)
    groups = np.arange(1500) // 3 if grouped else None
    boot = evaluate_systems(roc_auc(), systems, seed=1, resamples=600, groups=groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "BOOTSTRAP_UNITS", 1)
        smooth = evaluate_systems(roc_auc(), systems, seed=1, groups=groups)
    assert boot.method == ("paired_bootstrap_groups" if grouped else "paired_bootstrap_rows")
    assert smooth.method == ("influence" if grouped else "delong")
    assert np.allclose(boot.scores, smooth.scores)
    assert np.allclose(boot.standard_errors, smooth.standard_errors, rtol=0.12)


@pytest.mark.usefixtures("always_influence")
def test_auc_of_one_class_is_unranked() -> None:
    rows = Rows({"label": np.ones(50)}, {roc_auc().prediction[0].name: np.arange(50.0)})
    found = evaluate_systems(roc_auc(), [System(key="a", rows=rows)], seed=1)
    assert not found.ranked.any()


def test_a_metric_with_rows_only_needs_them() -> None:
    with pytest.raises(ValueError, match="needs the rows of a"):
        evaluate_systems(pr_auc(), [System(key="a", statistics=np.ones((5, 1)))], seed=1)


def weighted_mean(rows: Rows, weights: Array) -> Array:
    return np.asarray(weights @ rows.prediction["score"] / weights.sum(axis=1))


@pytest.mark.parametrize("grouped", [False, True])
def test_a_weighted_mean_is_the_mean(*, grouped: bool) -> None:
    weighted: Metric = replace(MEAN, finish=None, weighted=weighted_mean)
    values = DRAW.normal(size=(2, 200))
    groups = DRAW.integers(0, 30, size=200) if grouped else None
    rows = [Rows({"label": value}, {"score": value}) for value in values]
    systems = [System(key=str(at), rows=one) for at, one in enumerate(rows)]
    found = evaluate_systems(weighted, systems, seed=2, groups=groups)
    plain = evaluate_systems(MEAN, systems_of(values), seed=2, groups=groups)
    assert np.allclose(resampled(found), resampled(plain), atol=1e-6)


def test_statistics_are_made_from_rows_where_none_are_given() -> None:
    metric = replace(MEAN, statistics=lambda rows: rows.prediction["score"][:, None])
    values = DRAW.normal(size=200)
    found = evaluate_systems(
        metric, [System(key="a", rows=Rows({"label": values}, {"score": values}))], seed=2
    )
    assert found.scores[0] == pytest.approx(values.mean())


@pytest.mark.parametrize("key", ["balanced_accuracy", "f1_macro", "mcc"])
def test_metrics_over_classes_give_the_same_from_rows_and_from_statistics(key: str) -> None:
    metric = METRICS[key]
    truth = DRAW.integers(0, 4, size=600)
    rows = Rows({"label": truth}, {"label": np.where(DRAW.random(600) < 0.7, truth, 0)})
    assert metric.statistics is not None
    by_rows = evaluate_systems(metric, [System(key="a", rows=rows)], seed=1, resamples=50)
    by_means = evaluate_systems(
        metric, [System(key="a", statistics=metric.statistics(rows))], seed=1, resamples=50
    )
    assert np.allclose(resampled(by_rows), resampled(by_means), rtol=1e-9)


# Does the interval hold what it says


@pytest.mark.parametrize("method", ["paired_bootstrap_rows", "influence"])
def test_95_percent_of_the_intervals_cover_the_truth(method: str) -> None:
    draw = np.random.default_rng(77)
    repeats, n, truth = 1000, 300, np.sqrt(2.0)
    losses = draw.gamma(2.0, size=(repeats, n))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "BOOTSTRAP_UNITS", 20_000 if method.startswith("paired") else 1)
        found = evaluate_systems(RMSE, systems_of(losses), seed=12, resamples=400)
    assert found.method == method
    covered = ((found.low <= truth) & (truth <= found.high)).mean()
    assert 0.925 < covered < 0.965
