"""Predictions of being able, brought to how often people were selected: the same curve for everybody, and few false alarms."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.fairness import MINIMUM, Row, Verdict, expected
from dure.engines.fairness.calibration import calibrations

REPORTS = 60
PEOPLE = st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), max_size=12)


def people(pairs: list[tuple[float, bool]], group: str = "a") -> list[Row]:
    return [
        Row({"sex": group}, selected=happened, probability=chance, happened=happened)
        for chance, happened in pairs
    ]


def chances(rows: tuple[Row, ...]) -> list[float]:
    return [row.probability for row in rows if row.probability is not None]


@given(PEOPLE)
def test_the_curve_never_falls_and_adds_up_to_the_number_selected(pairs: list[tuple[float, bool]]) -> None:
    found = expected(people(sorted(pairs)))
    assert chances(found) == sorted(chances(found))
    assert abs(sum(chances(found)) - sum(row.selected for row in found)) < 1e-9
    assert chances(expected(found)) == chances(found)


def test_the_curve_is_what_each_part_of_the_list_came_to() -> None:
    rows = people([(0.2, False), (0.2, True), (0.5, False), (0.9, True)])
    assert chances(expected(rows)) == [1 / 3, 1 / 3, 1 / 3, 1.0]
    silent = replace(rows[0], probability=None)
    assert expected([silent]) == (silent,)


def test_groups_that_are_selected_alike_for_their_predictions_raise_hardly_an_alarm() -> None:
    """However it is selected: the likeliest of all, everybody by half, or those above a mark."""
    random = np.random.default_rng(11)
    alarms = sum(_is_alarm(random, at % 3, bias=1.0) for at in range(REPORTS))
    assert alarms <= 0.05 * REPORTS


def test_a_group_that_is_hardly_selected_for_the_same_predictions_is_found() -> None:
    random = np.random.default_rng(12)
    assert sum(_is_alarm(random, 1, bias=0.15) for _ in range(5)) >= 4


def _is_alarm(random: np.random.Generator, how: int, *, bias: float) -> bool:
    predicted = random.random(200)
    likely = (predicted >= np.sort(predicted)[-60], predicted, np.where(predicted > 0.5, 0.7, 0.1))[how]
    fair = np.where(np.arange(200) % 2, 1.0, bias)
    happened = random.random(200) < likely * fair
    rows = [
        Row({"sex": "ab"[at % 2]}, selected=bool(one), probability=float(predicted[at]), happened=bool(one))
        for at, one in enumerate(happened)
    ]
    found = calibrations(expected(rows), frozenset(), MINIMUM)
    return Verdict.EVIDENCE in {one.verdict for one in found}
