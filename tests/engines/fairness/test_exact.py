"""The exact test of two rates: its level for certain, its power beside the best."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dure.engines.fairness import exact, family
from tests.engines.fairness import oracle

ENOUGH = 0.95
sizes = st.integers(1, 14)


@given(sizes, sizes, st.data())
def test_fishers_p_value_is_scipys(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    expected = stats.fisher_exact([[x1, x2], [n1 - x1, n2 - x2]]).pvalue
    assert exact.fisher(x1, n1, x2, n2) == pytest.approx(expected)
    assert exact.ordering(n1, n2)[x1, x2] == pytest.approx(expected)


@pytest.mark.parametrize("sizes", [(15, 15), (9, 23), (3, 40), (50, 50), (12, 108)])
@pytest.mark.parametrize("level", [0.05, 0.01, 0.002])
def test_a_false_alarm_is_no_more_likely_than_the_level_at_any_rate(
    sizes: tuple[int, int], level: float
) -> None:
    assert oracle.size(exact.p_values(*sizes) <= level) <= level


@given(sizes, sizes, st.data())
@settings(max_examples=40)
def test_a_p_value_is_the_chance_of_its_own_tail(n1: int, n2: int, data: st.DataObject) -> None:
    """No smaller, or it would be false; hardly larger, or power would be given away."""
    n1, n2 = sorted((n1, n2))
    p = exact.p_values(n1, n2)
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    tail = oracle.size(p <= p[x1, x2] * (1 + 1e-9))
    assert tail <= p[x1, x2] + 1e-12
    assert p[x1, x2] == pytest.approx(tail, rel=0.02)


@pytest.mark.parametrize("n", [15, 50, 200])
def test_no_exact_test_finds_more_with_equal_groups(n: int) -> None:
    """Over a grid of rates, Fisher's, Boschloo's and Barnard's tests at the same level; the requirement is 0.95 of the best."""
    ours = exact.p_values(n, n) <= 0.05
    others = [test(n, n) <= 0.05 for test in (oracle.fisher, oracle.boschloo, oracle.barnard)]
    pairs = [
        (0.3, 0.6),
        (0.5, 0.8),
        (0.1, 0.4),
        (0.2, 0.3),
        (0.94, 0.98),
        (0.02, 0.14),
        (0.02, 0.06),
        (0.45, 0.55),
    ]
    pairs += [
        (one, other) for one in np.arange(0.05, 1, 0.15) for other in np.arange(0.05, 1, 0.15) if one < other
    ]
    shares = [oracle.power(ours, *pair) / max(oracle.power(one, *pair) for one in others) for pair in pairs]
    assert min(shares) >= ENOUGH


@pytest.mark.parametrize("sizes", [(8, 22), (15, 45), (10, 100), (30, 90)])
def test_nothing_is_lost_to_fisher_with_unequal_groups(sizes: tuple[int, int]) -> None:
    ours, fisher = exact.p_values(*sizes) <= 0.05, oracle.fisher(*sizes) <= 0.05
    rates = np.arange(0.05, 1, 0.1)
    shares = [
        oracle.power(ours, a, b) / oracle.power(fisher, a, b)
        for a in rates
        for b in rates
        if abs(a - b) > 0.15
    ]
    assert min(shares) >= ENOUGH


@pytest.mark.parametrize(("x1", "x2"), [(0, 4), (13, 10), (2, 13), (8, 4), (15, 9), (1, 0)])
def test_the_oracles_are_scipys_tests(x1: int, x2: int) -> None:
    table = [[x1, x2], [15 - x1, 15 - x2]]
    assert oracle.boschloo(15, 15)[x1, x2] == pytest.approx(
        stats.boschloo_exact(table, n=256).pvalue, rel=0.01
    )
    assert oracle.barnard(15, 15)[x1, x2] == pytest.approx(stats.barnard_exact(table, n=256).pvalue, rel=0.01)


@pytest.mark.parametrize("sizes", [(15, 15), (6, 19), (1, 12)])
def test_the_order_is_that_of_fishers_p_value_at_the_rate_seen(sizes: tuple[int, int]) -> None:
    expected = oracle.unconditional(oracle.estimated(oracle.fisher(*sizes)))
    able = expected > 1e-5
    assert exact.p_values(*sizes)[able] == pytest.approx(expected[able], rel=0.01)


def test_the_order_of_larger_tables_keeps_the_level_and_beats_fisher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "WHOLE", 0)
    found = np.array([[exact.p_value(x1, 12, x2, 31) for x2 in range(32)] for x1 in range(13)])
    for level in (0.05, 0.01):
        assert oracle.size(found <= level) <= level
    assert (found <= oracle.fisher(12, 31) * (1 + 1e-9)).all()
    expected = oracle.unconditional(oracle.fisher(12, 31))
    assert found == pytest.approx(np.minimum(expected, oracle.fisher(12, 31)), rel=0.02)


def test_the_largest_tables_have_fishers_p_value() -> None:
    expected = stats.fisher_exact([[260, 330], [740, 670]]).pvalue
    assert exact.p_value(260, 1000, 330, 1000) == pytest.approx(expected)


@given(sizes, sizes, st.data())
def test_neither_the_groups_names_nor_which_answer_is_called_selected_matters(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    p = exact.p_value(x1, n1, x2, n2)
    assert exact.p_value(x2, n2, x1, n1) == pytest.approx(p)
    assert exact.p_value(n1 - x1, n1, n2 - x2, n2) == pytest.approx(p)


def test_nobody_is_no_evidence() -> None:
    assert exact.p_value(0, 0, 3, 9) == 1.0
    assert family.Comparison(0, 0, 3, 9).attained(0.5) == 0.0
