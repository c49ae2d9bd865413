"""Intervals of rates and of their ratios."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dure.engines.fairness import Estimate
from dure.engines.fairness.intervals import rate_interval
from dure.engines.fairness.ratios import box, ratio_interval
from tests.engines.fairness.oracle import outcomes


@given(st.integers(1, 400), st.data(), st.sampled_from([0.05, 0.01, 0.003]))
def test_a_rate_has_scipys_exact_interval(n: int, data: st.DataObject, error: float) -> None:
    x = data.draw(st.integers(0, n))
    found = rate_interval(x, n, error)
    expected = stats.binomtest(x, n).proportion_ci(1 - error, method="exact")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    if 0 < x < n:
        beta = stats.beta.ppf(error / 2, x, n - x + 1), stats.beta.ppf(1 - error / 2, x + 1, n - x)
        assert (found.low, found.high) == pytest.approx(beta, abs=1e-9)


def boxed(x1: int, n1: int, x2: int, n2: int) -> Estimate:
    """The interval of the largest tables."""
    return box(x1, n1, x2, n2, 0.05)


@pytest.mark.parametrize("interval", [ratio_interval, boxed])
@pytest.mark.parametrize(("n1", "n2"), [(15, 15), (5, 30), (24, 9)])
def test_the_interval_of_a_ratio_covers_the_true_one_at_all_rates(
    interval: Callable[[int, int, int, int], Estimate], n1: int, n2: int
) -> None:
    """Enumerated over every outcome, for true rates on a grid."""
    found = [[interval(x1, n1, x2, n2) for x2 in range(n2 + 1)] for x1 in range(n1 + 1)]
    low, high = (np.array([[getattr(one, end) for one in row] for row in found]) for end in ("low", "high"))
    rates = np.linspace(0.02, 0.98, 33)
    for rate1, one in zip(rates, outcomes(n1, n2, rates)[0].T, strict=True):
        for rate2, other in zip(rates, outcomes(n1, n2, rates)[1].T, strict=True):
            covered = (low <= rate1 / rate2) & (rate1 / rate2 <= high)
            assert one @ covered @ other >= 0.95


@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_the_ratio_the_other_way_round_has_the_bounds_the_other_way_round(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(1, n1)), data.draw(st.integers(1, n2))
    one, back = ratio_interval(x1, n1, x2, n2), ratio_interval(x2, n2, x1, n1)
    assert one.low <= one.value <= one.high
    assert one.value == pytest.approx(1 / back.value)
    assert one.low * back.high == pytest.approx(1.0, rel=0.02)  # both are looked for in steps


@pytest.mark.parametrize("seen", [(5, 15, 9, 15), (10, 50, 20, 50), (40, 100, 60, 100)])
def test_with_equal_groups_it_is_a_third_narrower_than_the_box(seen: tuple[int, int, int, int]) -> None:
    found, wide = ratio_interval(*seen), boxed(*seen)
    assert math.log(found.high / found.low) < 0.75 * math.log(wide.high / wide.low)


def test_what_nothing_is_known_of_has_no_bounds() -> None:
    assert math.isnan(rate_interval(0, 0).value)
    assert (ratio_interval(3, 9, 0, 9).value, ratio_interval(3, 9, 0, 9).high) == (math.inf, math.inf)
    assert math.isnan(ratio_interval(0, 9, 0, 9).value)
    assert ratio_interval(0, 9, 0, 9).low == 0
