"""Which level evidence shows: each kind so much and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from dure.learn.skills.evidence import Fact, Kind, Shown, by_skill, lab_counts

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def fact(kind: Kind = "lab", level: int = 1, *, skill: str = "data-leakage", days: int = 0) -> Fact:
    at = NOW + timedelta(days=days)
    url = f"/{kind}/{level}/{days}"
    return Fact(
        skill=skill, level=level, kind=kind, title_ko=kind, title_en=kind, url=url, at=at, origin="course:1"
    )


@pytest.mark.parametrize(
    ("kind", "claimed", "shown"),
    [
        ("lab", 1, 1),
        ("lab", 4, 2),
        ("challenge", 3, 2),
        ("reproduced", 3, 3),
        ("credential", 4, 3),
        ("recognised", 4, 3),
        ("recognised", 1, 1),
    ],
)
def test_each_kind_shows_so_much_and_no_more(kind: Kind, claimed: int, shown: int) -> None:
    assert by_skill([fact(kind, claimed)])["data-leakage"].level == shown


def test_a_hundred_labs_show_no_more_than_one() -> None:
    assert by_skill([fact(level=2, days=day) for day in range(100)])["data-leakage"].level == 2


def test_the_strongest_stands_first_and_then_the_latest() -> None:
    given = [fact(level=1, days=9), fact("credential", 3), fact(level=2, days=1), fact(level=2, days=2)]
    found = by_skill(given)["data-leakage"].facts
    assert [(one.shows, one.at) for one in found] == [
        (3, NOW),
        (2, NOW + timedelta(days=2)),
        (2, NOW + timedelta(days=1)),
        (1, NOW + timedelta(days=9)),
    ]


def test_skills_do_not_mix() -> None:
    found = by_skill([fact(level=2), fact(skill="time-split", level=1)])
    assert {slug: one.level for slug, one in found.items()} == {"data-leakage": 2, "time-split": 1}


def test_above_the_highest_level_there_is_none() -> None:
    assert [Shown(level).next_level for level in (0, 3, 4)] == [1, 4, None]


@pytest.mark.parametrize(
    ("points", "of", "counts"), [(7, 10, True), (6.9, 10, False), (0, 0, False), (10, 10, True)]
)
def test_a_lab_counts_from_seven_tenths(points: float, of: float, *, counts: bool) -> None:
    assert lab_counts(points, of) is counts
