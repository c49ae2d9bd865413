"""Ranks, rank intervals and tie groups against plain definitions, and what must not change them."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scoring import intervals
from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.metric import Direction
from dure.engines.scoring.ranking import (
    Standing,
    TieGroup,
    board_order,
    competition_ranks,
    rank_intervals,
    standings,
    tie_groups,
)
from dure.engines.scoring.systems import Comparison, System
from tests.engines.scoring.boards import ACCURACY, F1, LOSS, MEAN, START, f1_rows, modest, systems_of

scores_of = st.lists(
    st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(allow_nan=True, allow_infinity=True)), max_size=12
)
directions = st.sampled_from(["higher", "lower"])


@modest
@given(values=scores_of, direction=directions)
def test_ranks_are_one_more_than_the_number_of_better(values: list[float], direction: Direction) -> None:
    finite = [value for value in values if np.isfinite(value)]

    def naive(value: float) -> int:
        if not np.isfinite(value):
            return 0
        return 1 + sum(other > value if direction == "higher" else other < value for other in finite)

    found = competition_ranks(np.array(values), direction=direction)
    assert found.tolist() == [naive(value) for value in values]


@modest
@given(values=scores_of, direction=directions, data=st.data())
def test_the_order_is_total_and_ignores_where_systems_came_from(
    values: list[float], direction: Direction, data: st.DataObject
) -> None:
    minutes = data.draw(st.lists(st.integers(0, 2), min_size=len(values), max_size=len(values)))
    turn = data.draw(st.permutations(range(len(values))))
    keys, times = [f"k{at}" for at in range(len(values))], [START + timedelta(minutes=at) for at in minutes]
    straight = board_order(keys, np.array(values), times, direction=direction)
    mixed = board_order(
        [keys[at] for at in turn], np.array([values[at] for at in turn]), [times[at] for at in turn], direction=direction
    )  # fmt: skip
    assert [turn[at] for at in mixed] == straight
    for above, below in pairwise(straight):
        assert comes_before(
            (values[above], minutes[above], keys[above]),
            (values[below], minutes[below], keys[below]),
            direction,
        )


def comes_before(above: tuple[float, int, str], below: tuple[float, int, str], direction: Direction) -> bool:
    one, other = above[0], below[0]
    if np.isfinite(one) != np.isfinite(other):
        return bool(np.isfinite(one))
    if np.isfinite(one) and one != other:
        return one > other if direction == "higher" else one < other
    return above[1:] < below[1:]


def board(seed: int, systems: int = 6, n: int = 60, resamples: int = 80) -> Comparison:
    draw = np.random.default_rng(seed)
    right = draw.random((systems, n)) < np.linspace(0.55, 0.9, systems)[:, None]
    return evaluate_systems(ACCURACY, systems_of(right.astype(np.float32)), seed=3, resamples=resamples)


@modest
@given(seed=st.integers(0, 2**32))
def test_rank_intervals_hold_the_middle_of_the_resampled_ranks(seed: int) -> None:
    comparison = board(seed)
    ranks = competition_ranks(comparison.scores, direction="higher")
    low, high = rank_intervals(comparison, ranks)
    drawn = comparison.draws()
    for at in range(len(ranks)):
        counted = sorted(1 + int((column > column[at]).sum()) for column in drawn.T)
        assert low[at] == min(ranks[at], counted[int(0.025 * 79)])
        assert high[at] == max(ranks[at], counted[-1 - int(0.025 * 79)])


@modest
@given(seed=st.integers(0, 2**32))
def test_a_group_opens_where_its_leader_is_better_in_95_percent_of_the_resamples(seed: int) -> None:
    comparison = board(seed)
    drawn = comparison.draws()
    order = board_order(comparison.keys, comparison.scores, comparison.submitted_at, direction="higher")
    opened, leader = [], order[0]
    for at in order[1:]:
        quantile = np.quantile(drawn[leader] - drawn[at], 0.05, method="lower")
        if quantile > 1e-9:
            opened.append(at)
            leader = at
    firsts = [group.keys[0] for group in tie_groups(comparison)]
    assert firsts == [comparison.keys[order[0]], *(comparison.keys[at] for at in opened)]


@modest
@given(seed=st.integers(0, 2**32))
def test_groups_cover_the_board_without_gaps(seed: int) -> None:
    groups = tie_groups(board(seed))
    assert groups[0].first == 1
    assert groups[-1].last == 6
    for above, below in pairwise(groups):
        assert below.first == above.last + 1
    assert [key for group in groups for key in group.keys] == [one.key for one in standings(board(seed))]


def test_systems_far_apart_stand_in_groups_of_their_own() -> None:
    draw = np.random.default_rng(1)
    base = draw.normal(size=800)
    means = np.array([3.0, 2.99, 2.0, 2.0, 1.0])[:, None]
    comparison = evaluate_systems(MEAN, systems_of(means + base + draw.normal(size=(5, 800))), seed=1)
    assert [(group.first, group.last) for group in tie_groups(comparison)] == [(1, 2), (3, 4), (5, 5)]
    assert [(one.rank_low, one.rank_high) for one in standings(comparison)] == [(1, 2)] * 2 + [(3, 4)] * 2 + [
        (5, 5)
    ]


def test_pairing_tells_apart_what_single_intervals_cannot() -> None:
    draw = np.random.default_rng(1)
    base = draw.normal(size=800)
    means = np.stack([base + 0.02, base + 0.001 * draw.normal(size=800)])
    comparison = evaluate_systems(MEAN, systems_of(means), seed=1)
    assert comparison.low[0] < comparison.high[1]
    assert len(tie_groups(comparison)) == 2


@pytest.mark.parametrize("limit", [20_000, 1])
def test_equal_systems_share_rank_interval_and_group(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intervals, "BOOTSTRAP_UNITS", limit)
    losses = np.random.default_rng(4).gamma(2.0, size=(3, 90))
    systems = systems_of(np.concatenate([losses, losses[1:2], losses[1:2]]))
    found = {one.key: one for one in standings(evaluate_systems(LOSS, systems, seed=1))}
    for other in ("s3", "s4"):
        same = found["s1"]
        assert (found[other].rank, found[other].group) == (same.rank, same.group)
        assert abs(int(found[other].rank_low or 0) - int(same.rank_low or 0)) <= (0 if limit > 1 else 2)


@modest
@given(seed=st.integers(0, 2**32))
def test_a_worse_system_changes_nothing_above_it(seed: int) -> None:
    draw = np.random.default_rng(seed)
    losses = draw.gamma(2.0, size=(4, 60))
    worse = losses.max(axis=0, keepdims=True) + 1.0
    few = standings(evaluate_systems(LOSS, systems_of(losses), seed=3, resamples=80))
    more = standings(
        evaluate_systems(LOSS, systems_of(np.concatenate([losses, worse])), seed=3, resamples=80)
    )
    assert more[:4] == few
    assert more[4] == Standing("s4", 5, 5, 5, few[-1].group + 1 if few[-1].group else None)


@modest
@given(seed=st.integers(0, 2**32), turn=st.permutations(range(6)))
def test_the_board_does_not_depend_on_the_order_of_systems(seed: int, turn: list[int]) -> None:
    right = (np.random.default_rng(seed).random((6, 50)) < 0.7).astype(np.float32)
    systems = systems_of(right)
    straight = standings(evaluate_systems(ACCURACY, systems, seed=3, resamples=80))
    mixed = standings(evaluate_systems(ACCURACY, [systems[at] for at in turn], seed=3, resamples=80))
    assert mixed == straight


@modest
@given(seed=st.integers(0, 2**32))
def test_direction_is_a_matter_of_sign(seed: int) -> None:
    losses = np.random.default_rng(seed).gamma(2.0, size=(5, 60)).astype(np.float32)
    up = evaluate_systems(MEAN, systems_of(-losses), seed=3, resamples=80)
    down = evaluate_systems(LOSS, systems_of(losses), seed=3, resamples=80)
    assert standings(up) == standings(down)


def test_the_unranked_come_last_without_a_rank() -> None:
    losses = np.random.default_rng(4).gamma(2.0, size=(4, 90))
    losses[0, 0], losses[2, 0] = np.nan, np.inf
    systems = [*systems_of(losses), System(key="missing", submitted_at=START + timedelta(hours=1))]
    found = standings(evaluate_systems(LOSS, systems, seed=1))
    assert {one.key for one in found[:2]} == {"s1", "s3"}
    assert found[2:] == [Standing("s0"), Standing("s2"), Standing("missing")]


def test_a_board_of_the_unranked_has_no_groups() -> None:
    comparison = evaluate_systems(LOSS, [System(key="b"), System(key="a")], seed=1)
    assert standings(comparison) == [Standing("a"), Standing("b")]
    assert tie_groups(comparison) == []


def test_a_single_system_is_first() -> None:
    comparison = evaluate_systems(LOSS, systems_of(np.arange(10.0)[None]), seed=1)
    assert standings(comparison) == [Standing("s0", 1, 1, 1, 1)]
    assert tie_groups(comparison) == [TieGroup(1, 1, ("s0",))]


def test_a_score_undefined_in_a_resample_never_proves_anything() -> None:
    """F1 of one positive row: right in the resamples that hold it, undefined in the 36 % that do not."""
    truth = np.zeros(30, dtype=np.bool_)
    truth[3] = True
    systems = [
        System(key="right", statistics=f1_rows(truth, truth)),
        System(key="wrong", statistics=f1_rows(truth, ~truth)),
    ]
    comparison = evaluate_systems(F1, systems, seed=1)
    assert len(tie_groups(comparison)) == 1
    assert [one.key for one in standings(comparison)] == ["right", "wrong"]


def test_shown_scores_decide_order_and_rank() -> None:
    losses = np.random.default_rng(4).gamma(2.0, size=(3, 90))
    comparison = evaluate_systems(LOSS, systems_of(losses), seed=1)
    found = standings(comparison, shown={"s0": 2.0, "s1": 2.0, "s2": 1.0})
    assert [(one.key, one.rank) for one in found] == [("s2", 1), ("s0", 2), ("s1", 2)]
    assert standings(comparison, shown={"s1": 2.0})[0].key == "s1"
    assert standings(comparison, shown={"s1": 2.0})[1:] == [Standing("s0"), Standing("s2")]


def test_simulated_accuracies_fall_into_few_groups() -> None:
    """facts/challenges.md: 12 systems between 0.800 and 0.822 on 2,000 rows cannot be put in order."""
    draw = np.random.default_rng(12)
    truth = np.linspace(0.822, 0.800, 12)[:, None]
    hard = draw.random(2000) < 0.5
    right = draw.random((12, 2000)) < np.where(hard, truth - 0.15, truth + 0.15)
    comparison = evaluate_systems(ACCURACY, systems_of(right.astype(np.float32)), seed=1)
    assert 2 <= len(tie_groups(comparison)) <= 4
    spans = [int(one.rank_high or 0) - int(one.rank_low or 0) for one in standings(comparison)]
    assert max(spans) >= 5


def test_rank_intervals_from_influence_and_from_bootstrap_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(2)
    systems = systems_of(draw.normal(size=(8, 1000)) + np.linspace(0, 0.2, 8)[:, None])
    boot = {one.key: one for one in standings(evaluate_systems(MEAN, systems, seed=1))}
    monkeypatch.setattr(intervals, "BOOTSTRAP_UNITS", 1)
    normal = {one.key: one for one in standings(evaluate_systems(MEAN, systems, seed=1))}
    for key, one in boot.items():
        assert one.rank == normal[key].rank
        assert abs(int(one.rank_low or 0) - int(normal[key].rank_low or 0)) <= 1
        assert abs(int(one.rank_high or 0) - int(normal[key].rank_high or 0)) <= 1


def test_rounding_of_the_product_tells_nothing_apart() -> None:
    comparison = evaluate_systems(LOSS, systems_of(np.random.default_rng(4).gamma(2.0, size=(1, 90))), seed=1)
    assert len(tie_groups(with_a_neighbour(comparison, gap=1e-7))) == 1
    assert len(tie_groups(with_a_neighbour(comparison, gap=1e-4))) == 2


def with_a_neighbour(comparison: Comparison, *, gap: float) -> Comparison:
    """The one system of this board and another, `gap` standard errors worse in every resample."""
    drawn = comparison.draws()
    return replace(
        comparison,
        keys=("a", "b"),
        submitted_at=(START, START),
        scores=np.repeat(comparison.scores, 2),
        standard_errors=np.repeat(comparison.standard_errors, 2),
        resampled=np.concatenate([drawn, drawn + gap * comparison.standard_errors[0]]),
    )
