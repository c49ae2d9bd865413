"""False alarms of whole reports, and the power that is left in them."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dure.engines.fairness import ALPHA, Row, Verdict, audit
from dure.engines.fairness.exact import p_values
from dure.engines.fairness.family import Comparison, adjusted, first_step, holm
from tests.engines.fairness import oracle

ATTRIBUTES = ("age", "region", "sex")
PER_GROUP = 15
ENOUGH = 0.95
Tested = list[tuple[NDArray[np.bool_], float]]


def crossed(n: int = 2 * PER_GROUP) -> list[tuple[str, ...]]:
    """People with three attributes of two groups each, `PER_GROUP` in each group, in the order of a fixed draw."""
    random = np.random.default_rng(5)
    return list(zip(*(random.permutation(["a", "b"] * (n // 2)).tolist() for _ in ATTRIBUTES), strict=True))


def compared(people: list[tuple[str, ...]]) -> Tested:
    """Who is in each group that a report compares with the others, and its weight."""
    tested: Tested = [(np.array([one[at] == "a" for one in people]), 1.0) for at in range(3)]
    for (one, other), group in product(combinations(range(3), 2), product("ab", repeat=2)):
        tested.append((np.array([(who[one], who[other]) == group for who in people]), 0.25))
    return tested


def comparisons(tested: Tested, selected: NDArray[np.bool_]) -> list[Comparison]:
    total, n = int(selected.sum()), len(selected)
    counted = [(int(selected[group].sum()), int(group.sum()), weight) for group, weight in tested]
    return [Comparison(x, size, total - x, n - size, weight) for x, size, weight in counted]


def audited(people: list[tuple[str, ...]], selected: NDArray[np.bool_]) -> Verdict:
    rows = [
        Row(dict(zip(ATTRIBUTES, who, strict=True)), bool(chosen))
        for who, chosen in zip(people, selected, strict=True)
    ]
    return audit(rows, minimum=1).verdict


def test_the_comparisons_simulated_below_are_those_of_a_report() -> None:
    people, random = crossed(), np.random.default_rng(6)
    for _ in range(30):
        lucky = np.array([who[0] == "a" for who in people])
        selected = random.random(len(people)) < np.where(lucky, 0.75, 0.25)
        found = min(adjusted(comparisons(compared(people), selected))) <= ALPHA
        assert (audited(people, selected) is Verdict.EVIDENCE) == found


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5, 0.8])
def test_without_bias_at_most_one_report_in_twenty_raises_an_alarm(rate: float) -> None:
    """15 per group, three attributes and their crossings, 4000 reports. A report alarms where its first step finds anything."""
    tested, random = compared(crossed()), np.random.default_rng(7)
    ratio = first_step(comparisons(tested, np.zeros(2 * PER_GROUP, dtype=bool)))
    chosen = random.random((4000, 2 * PER_GROUP)) < rate
    alarms = np.zeros(len(chosen), dtype=bool)
    for group, weight in tested:
        table = p_values(*sorted((int(group.sum()), int((~group).sum()))))
        inside, outside = chosen[:, group].sum(axis=1), chosen[:, ~group].sum(axis=1)
        at = (inside, outside) if group.sum() <= (~group).sum() else (outside, inside)
        alarms |= table[at] <= weight * ratio
    assert alarms.mean() <= ALPHA


@pytest.mark.parametrize("n", [15, 50, 200])
def test_a_report_of_two_groups_alarms_in_at_most_one_of_twenty_at_every_rate(n: int) -> None:
    """Enumerated over all outcomes, through the first step of the family."""
    ratio = first_step([Comparison(0, n, 0, n)])
    assert oracle.size(p_values(n, n) <= ratio) <= ALPHA


@pytest.mark.parametrize(
    ("per_group", "low", "high"),
    [
        (15, 0.1, 0.7),
        (15, 0.3, 0.9),
        (15, 0.2, 0.7),
        (50, 0.3, 0.6),
        (50, 0.5, 0.8),
        pytest.param(200, 0.3, 0.45, marks=pytest.mark.slow),
        pytest.param(200, 0.7, 0.85, marks=pytest.mark.slow),
    ],
)
def test_in_a_report_of_many_cells_the_power_is_that_of_the_best_exact_test(
    per_group: int, low: float, high: float
) -> None:
    """Bias by one attribute; the others are Holm's procedure with the same weights on their p-values."""
    people, random = crossed(2 * per_group), np.random.default_rng(8)
    tested = compared(people)
    lucky = np.array([who[0] == "a" for who in people])
    found: dict[str, int] = {"ours": 0, "fisher": 0, "boschloo": 0, "barnard": 0}
    for _ in range(300):
        drawn = comparisons(tested, random.random(len(people)) < np.where(lucky, high, low))
        found["ours"] += min(adjusted(drawn)) <= ALPHA
        for name in ("fisher", "boschloo", "barnard"):
            found[name] += _weighted_holm_finds(name, drawn)
    assert max(found.values()) > 100  # there is something to find
    assert found["ours"] >= ENOUGH * max(found.values())


def _weighted_holm_finds(name: str, drawn: list[Comparison]) -> bool:
    total = sum(one.weight for one in drawn)
    return any(
        getattr(oracle, name)(one.n1, one.n2)[one.x1, one.x2] <= ALPHA * one.weight / total for one in drawn
    )


def test_bias_by_one_attribute_makes_no_alarm_by_another() -> None:
    """The error stays in its bounds where some are true and some are not: strong control. Age is far apart, region is not."""
    lucky, region = np.repeat([True, False], 30), np.tile([True, False], 30)
    random, alarms = np.random.default_rng(9), 0
    for _ in range(500):
        drawn = comparisons([(lucky, 1.0), (region, 1.0)], random.random(60) < np.where(lucky, 0.95, 0.05))
        alarms += adjusted(drawn)[1] <= ALPHA
    assert alarms <= ALPHA * 500


def test_cells_too_small_ever_to_be_found_cost_the_others_nothing() -> None:
    one = Comparison(2, 15, 11, 15)
    tiny = [Comparison(0, 1, 13, 29, weight=0.1) for _ in range(20)]
    assert adjusted([one, *tiny])[0] == pytest.approx(adjusted([one])[0]) == pytest.approx(one.p)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_an_adjusted_p_value_is_never_below_its_own_and_keeps_the_order(pairs: list[tuple[int, int]]) -> None:
    drawn = [Comparison(x1, 9, x2, 9) for x1, x2 in pairs]
    found = adjusted(drawn)
    assert all(after >= min(1.0, one.p) * (1 - 1e-12) for one, after in zip(drawn, found, strict=True))
    assert adjusted(drawn[::-1]) == found[::-1]
    assert all(
        after <= plain * (1 + 1e-12)
        for after, plain in zip(found, holm([one.p for one in drawn]), strict=True)
    )


def test_holms_procedure_is_that_of_the_paper() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
