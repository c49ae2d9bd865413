"""The Ladder: the paper's rule, rounding, both directions, replays."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.ladder import (
    Best,
    Candidate,
    Ladder,
    candidate_from_influence,
    candidate_from_resamples,
    grain_of,
    ladder_of,
    round_to_error,
)
from tests.engines.scoring.boards import ACCURACY, RMSE, metric_of, modest, systems_of

RIGHT = st.integers(0, 2**32).map(lambda seed: np.random.default_rng(seed).random((12, 100)) < 0.6)
ABOVE_ZERO = st.floats(1e-12, 1e12)


def accuracy_of(right: NDArray[np.bool_]) -> Candidate:
    return candidate_from_influence(float(right.mean()), right - right.mean())


def ladder(**changes: float) -> Ladder:
    rules = {"lowest": 0.0, "highest": 1.0, "least_error": 0.01, **changes}
    return Ladder(direction="higher", **rules)


@modest
@given(right=RIGHT)
def test_the_ladder_is_the_paper_s(right: NDArray[np.bool_]) -> None:
    """Blum and Hardt 2015, figure 2, on 0-1 losses with steps of 1 / n: here n is 100 and an error of 0.01 rounds to 0.01."""
    best_loss, best_rows, shown = math.inf, np.zeros(100), []
    for row in right:
        loss = 1.0 - row
        step = float((loss - best_rows).std()) / 10
        if loss.mean() < best_loss - max(step, 0.01):
            best_loss, best_rows = round(float(loss.mean()), 2), loss
        shown.append(best_loss)
    found = ladder().replay([accuracy_of(row) for row in right])
    assert [one.shown for one in found] == pytest.approx([1 - loss for loss in shown])


@modest
@given(right=RIGHT, cut=st.integers(0, 12))
def test_a_history_can_be_replayed_from_any_point(right: NDArray[np.bool_], cut: int) -> None:
    history = [accuracy_of(row) for row in right]
    whole = ladder().replay(history)
    best = whole[cut - 1].best if cut else None
    for at in range(cut, 12):
        step = ladder().release(best, history[at])
        assert step.shown == whole[at].shown
        best = step.best


@modest
@given(right=RIGHT)
def test_what_is_shown_never_gets_worse(right: NDArray[np.bool_]) -> None:
    shown = [one.shown or 0.0 for one in ladder().replay([accuracy_of(row) for row in right])]
    assert shown == sorted(shown)
    assert all(after == before or after >= before + 0.0099 for before, after in pairwise(shown))


@modest
@given(right=RIGHT)
def test_losses_climb_down(right: NDArray[np.bool_]) -> None:
    down = Ladder(direction="lower", lowest=-1.0, highest=0.0, least_error=0.01)
    up = ladder().replay([accuracy_of(row) for row in right])
    turned = [Candidate(-one.score, -one.deviations) for one in map(accuracy_of, right)]
    assert [one.shown for one in down.replay(turned)] == [-(one.shown or 0.0) for one in up]


def test_the_same_file_twice_shows_nothing_new() -> None:
    one = accuracy_of(np.arange(100) < 61)
    assert [found.improved for found in ladder().replay([one, one])] == [True, False]


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_a_broken_score_changes_nothing(broken: float) -> None:
    new = Candidate(broken, np.full(100, np.nan))
    first = ladder().release(None, new)
    assert (first.shown, first.best, first.improved) == (None, None, False)
    best = Best(0.6, np.zeros(100))
    assert ladder().release(best, new).best is best
    assert ladder().release(best, new).shown == 0.6


def test_a_score_outside_the_domain_is_held_in_it() -> None:
    assert ladder().rounded(Candidate(1.7, np.zeros(4))) == 1.0
    assert ladder().rounded(Candidate(-3.0, np.zeros(4))) == 0.0


def test_a_file_without_spread_is_still_rounded() -> None:
    """Its own standard error is 0: only the problem's floor keeps the digits in."""
    assert ladder().rounded(Candidate(0.123456, np.zeros(100))) == 0.12


@modest
@given(score=st.floats(-1e6, 1e6), error=ABOVE_ZERO)
def test_rounding_moves_a_score_by_less_than_its_error(score: float, error: float) -> None:
    rounded = round_to_error(score, error)
    assert abs(rounded - score) <= 0.5 * grain_of(error) + 1e-9 * abs(score)
    assert grain_of(error) <= error * (1 + 1e-9)
    assert error < 10 * grain_of(error) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("score", "error", "shown"),
    [(0.87654, 0.0071, 0.877), (0.87654, 0.04, 0.88), (12345.6, 320.0, 12300.0), (3.21, 0.0, 3.21), (3.21, math.inf, 3.21)],
)  # fmt: skip
def test_rounding_by_example(score: float, error: float, shown: float) -> None:
    assert round_to_error(score, error) == shown


def test_both_kinds_of_deviations_give_the_paired_error() -> None:
    draw = np.random.default_rng(3)
    base = draw.gamma(2.0, size=900)
    losses = np.stack([base, base + 0.1 * draw.normal(size=900)])
    comparison = evaluate_systems(RMSE, systems_of(losses), seed=1, resamples=4000)
    assert comparison.resampled is not None
    boot = [
        candidate_from_resamples(s, r) for s, r in zip(comparison.scores, comparison.resampled, strict=True)
    ]
    slopes = 0.5 / comparison.scores
    influence = slopes[:, None] * (losses - losses.mean(axis=1, keepdims=True))
    smooth = [candidate_from_influence(s, row) for s, row in zip(comparison.scores, influence, strict=True)]
    assert boot[0].standard_error == pytest.approx(comparison.standard_errors[0])
    assert smooth[0].standard_error == pytest.approx(boot[0].standard_error, rel=0.05)
    paired = [float(np.linalg.norm(a.deviations - b.deviations)) for a, b in (boot, smooth)]
    assert paired[0] == pytest.approx(paired[1], rel=0.05)
    assert paired[0] < 0.2 * boot[0].standard_error


def test_undefined_resamples_add_nothing() -> None:
    found = candidate_from_resamples(0.5, np.array([0.4, np.nan, 0.6]))
    assert found.deviations == pytest.approx(np.array([-0.1, 0.0, 0.1]) / math.sqrt(2))
    assert candidate_from_resamples(0.5, np.array([np.nan])).standard_error == 0.0


def test_the_floor_comes_from_the_baselines() -> None:
    assert ladder_of(ACCURACY, n_units=400, baseline_errors=[0.02, 0.03, 0.5]).least_error == 0.03
    assert ladder_of(ACCURACY, n_units=400, baseline_errors=[0.0, math.nan]).least_error == 1 / 400
    assert ladder_of(RMSE, n_units=400, baseline_errors=[0.2]).direction == "lower"
    with pytest.raises(ValueError, match="needs a baseline"):
        ladder_of(metric_of(lambda means: means[..., 0]), n_units=400, baseline_errors=[])


def test_a_step_too_small_to_be_shown_is_not_shown() -> None:
    """Two rows more of 400: more than the paired error of 0.0035, less than a last digit of 0.01."""
    few, more = np.arange(400) < 240, np.arange(400) < 242
    first, second = ladder(least_error=0.02).replay([accuracy_of(few), accuracy_of(more)])
    assert (first.shown, second.shown) == (0.6, 0.6)
    assert not second.improved
