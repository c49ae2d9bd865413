"""Predictions against what happened."""

from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.fairness import Row, Verdict, audit
from dure.engines.fairness.calibration import _People, happening


def predicted(chances: list[float], happened: int, group: str = "a") -> list[Row]:
    return [
        Row({"sex": group}, selected=False, probability=chance, happened=at < happened)
        for at, chance in enumerate(chances)
    ]


@given(st.lists(st.floats(0, 1), max_size=7))
def test_the_distribution_is_that_of_all_ways_it_can_happen(chances: list[float]) -> None:
    expected = np.zeros(len(chances) + 1)
    for ways in product([True, False], repeat=len(chances)):
        expected[sum(ways)] += prod(
            chance if way else 1 - chance for chance, way in zip(chances, ways, strict=True)
        )
    assert happening(chances) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.sampled_from([0.05, 0.01]))
def test_true_predictions_are_doubted_no_more_often_than_the_level(
    chances: list[float], level: float
) -> None:
    p = np.array([_People(0, 1, tuple(chances), at).p for at in range(len(chances) + 1)])
    assert happening(chances)[p <= level].sum() <= level + 1e-12


def test_half_as_often_as_predicted_is_evidence_where_there_are_enough() -> None:
    off = audit(predicted([0.7] * 60, 21)).calibrations[0]
    assert off.verdict is Verdict.EVIDENCE
    assert off.overall.n == 60
    assert off.overall.predicted == pytest.approx(0.7)
    assert off.overall.observed
    assert off.overall.observed.value == 0.35
    assert audit(predicted([0.7] * 60, 41)).calibrations[0].verdict is Verdict.NONE_FOUND
    assert audit(predicted([0.7] * 6, 4)).calibrations[0].verdict is Verdict.TOO_FEW


def test_bins_hold_their_people_and_one_belongs_to_the_last() -> None:
    found = audit(predicted([0.1] * 6 + [0.2] * 7 + [1.0] * 8, 10)).calibrations[0]
    assert [(part.low, part.n) for part in found.bins] == [(0.0, 6), (0.2, 7), (0.8, 8)]


def test_a_small_bin_is_not_what_the_others_leave_of_all() -> None:
    found = audit(predicted([0.1] * 6 + [0.3] * 2 + [0.9] * 8, 10)).calibrations[0]
    assert [part.n for part in found.bins] == [None, None, 8]


def test_a_small_bin_of_one_group_is_not_what_is_left_of_the_bin() -> None:
    """Everybody is in one group of `all`, so that what a bin holds is known."""
    rows = predicted([0.1] * 9 + [0.9] * 9 + [0.5] * 9, 10) + predicted(
        [0.1] * 2 + [0.9] * 7 + [0.5] * 9, 8, "b"
    )
    rows = [replace(row, groups={**row.groups, "all": "all"}) for row in rows]
    shown = {one.group: [part.n for part in one.bins] for one in audit(rows).calibrations}
    assert shown["all"][0] == 11
    assert shown["a"][0] is shown["b"][0] is None
    assert all(bins.count(None) != 1 for bins in shown.values())


def test_small_groups_are_left_out() -> None:
    rows = predicted([0.5] * 9, 4) + predicted([0.5] * 3, 1, "b") + predicted([0.5] * 8, 4, "c")
    assert [one.group for one in audit(rows).calibrations] == ["a"]


def test_few_without_a_prediction_are_not_what_is_left_of_their_group() -> None:
    rows = predicted([0.5] * 12, 6) + predicted([0.5] * 9, 4, "b") + predicted([0.5] * 30, 15, "c")
    unknown = Row({"sex": "a"}, selected=False)
    assert [one.group for one in audit([*rows, *[unknown] * 2]).calibrations] == ["c"]
    assert [one.group for one in audit([*rows, *[unknown] * 5]).calibrations] == ["a", "b", "c"]
