"""Every fault of a market, all at once, and the limits that are refused because honest rankings would no longer be the best."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dure.engines.faults import Faulty
from dure.engines.placement import Choices, Limit, Market, Opening, build, freeze, market_faults
from tests.engines.placement.markets import EXAMPLE, Plain


def codes(market: Market) -> list[str]:
    return [fault.code for fault in market_faults(market)]


def limited(*limits: Limit, capacity: int = 4) -> Market:
    opening = Opening(key="host", capacity=capacity, limits=limits)
    groups = {"north": ("p1", "p2", "p3"), "lab": ("p1", "p2"), "south": ("p4",), "kaist": ("p3", "p4")}
    return build([opening], {f"p{number}": (("host",),) for number in range(1, 6)}, {}, groups)


def test_the_example_is_in_order() -> None:
    assert codes(EXAMPLE.market()) == []


def test_names_that_nobody_bears_are_all_told() -> None:
    with pytest.raises(Faulty) as told:
        build([Opening(key="host", capacity=1)], {"p1": (("lab",),)}, {"host": {"p2": 1}}, {"north": ("p3",)})
    assert [(fault.code, fault.params["name"]) for fault in told.value.faults] == [
        ("placement_opening_unknown", "lab"),
        ("placement_applicant_unknown", "p2"),
        ("placement_applicant_unknown", "p3"),
    ]


def test_nested_and_separate_groups_are_taken() -> None:
    nested = (
        Limit(group="north", reserve=2, quota=3),
        Limit(group="lab", reserve=2),
        Limit(group="south", quota=0),
    )
    assert codes(limited(*nested)) == []


def test_overlapping_groups_are_refused() -> None:
    faults = market_faults(limited(Limit(group="north", quota=1), Limit(group="kaist", quota=1)))
    assert [fault.code for fault in faults] == ["placement_not_laminar"]
    assert faults[0].params == {"one": "kaist", "other": "north"}
    assert faults[0].place == "host"


def test_groups_may_overlap_where_no_opening_limits_both() -> None:
    assert codes(limited(Limit(group="kaist", quota=1))) == []


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ([Limit(group="nobody")], "placement_group_unknown"),
        ([Limit(group="lab"), Limit(group="lab", quota=1)], "placement_group_twice"),
        ([Limit(group="lab", reserve=2, quota=1)], "placement_limit"),
        ([Limit(group="lab", reserve=-1)], "placement_limit"),
        ([Limit(group="lab", reserve=2), Limit(group="north", quota=1)], "placement_reserve_over_quota"),
        ([Limit(group="lab", reserve=5)], "placement_reserve_over_capacity"),
        (
            [Limit(group="north", reserve=3), Limit(group="south", reserve=2)],
            "placement_reserve_over_capacity",
        ),
    ],
)
def test_limits_that_cannot_be_kept(limits: list[Limit], code: str) -> None:
    assert code in codes(limited(*limits))


def test_a_reserve_within_a_reserve_is_promised_once() -> None:
    assert codes(limited(Limit(group="north", reserve=4), Limit(group="lab", reserve=2))) == []


def columns(*rows: tuple[int, int, int, int]) -> Choices:
    applicant, opening, tier, priority = np.array(rows, np.int64).reshape(-1, 4).T
    return Choices(applicant=applicant, opening=opening, tier=tier, priority=priority)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"choices": columns((0, 0, 1, 1), (0, 0, 2, 1))}, "placement_choice_twice"),
        ({"choices": columns((5, 0, 1, 1))}, "placement_number_out_of_range"),
        ({"choices": columns((0, -1, 1, 1))}, "placement_number_out_of_range"),
        ({"choices": columns((0, 0, 0, 1))}, "placement_number_out_of_range"),
        ({"choices": columns((0, 0, 1, 100_001))}, "placement_number_out_of_range"),
        ({"choices": replace(columns((0, 0, 1, 1)), tier=np.zeros(0, np.int64))}, "placement_columns_differ"),
        ({"applicants": ("p1", "p1", "p3", "p4", "p5")}, "placement_name_twice"),
        ({"applicants": ("p1", "", "p3", "p4", "p5")}, "placement_name_malformed"),
        ({"applicants": ("p1", "p\n2", "p3", "p4", "p5")}, "placement_name_malformed"),
        (
            {"openings": (Opening(key="host", capacity=-1), Opening(key="lab", capacity=1))},
            "placement_capacity",
        ),
        (
            {"groups": {"busan": np.array([1, 1])}, "openings": (Opening(key="host", capacity=1),)},
            "placement_member_twice",
        ),
        ({"openings": (Opening(key="host", capacity=1),) * 100_001}, "placement_too_large"),
    ],
)
def test_broken_columns_and_names(changed: dict[str, Any], code: str) -> None:
    market = replace(EXAMPLE.market(), choices=columns((0, 0, 1, 1)), groups={})
    openings = tuple(replace(one, limits=()) for one in market.openings)
    market = replace(market, **{"openings": openings, **changed})
    assert code in codes(market)
    with pytest.raises(Faulty):
        freeze(market)


def test_a_class_of_who_does_not_rank_the_opening_says_nothing() -> None:
    more = Plain(
        EXAMPLE.openings, EXAMPLE.rankings, {**EXAMPLE.classes, "lab": {**EXAMPLE.classes["lab"], "p3": 1}}
    )
    assert more.market().choices.priority.tolist() == EXAMPLE.market().choices.priority.tolist()
