"""What rules a pair out: one by one, and the same in columns."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from dure.engines.recommending import EVERYONE, Opening, Refusal, Seeker, refusals
from dure.engines.recommending.masks import Encoding, OpeningColumns, SeekerColumns, fits
from tests.engines.recommending.markets import NOW, markets

OPENING = Opening(
    key="o",
    organisation="kt",
    kind="internship",
    closes=NOW + timedelta(seconds=1),
    seats_left=1,
    regions=frozenset({"KR-11"}),
    languages={"en": 4},
    starts=date(2027, 3, 1),
    ends=date(2027, 8, 31),
    weekly_hours=40,
)
SEEKER = Seeker(
    key="p",
    kinds=frozenset({"internship"}),
    regions=frozenset({"KR-11", "CA-ON"}),
    languages={"en": 4},
    available_from=date(2027, 3, 1),
    available_until=date(2027, 8, 31),
    weekly_hours=40,
    shown_to=frozenset({"kt"}),
)


def test_a_pair_that_just_fits_is_not_ruled_out() -> None:
    assert refusals(SEEKER, OPENING, NOW) == ()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"closes": NOW}, Refusal.CLOSED),
        ({"seats_left": 0}, Refusal.FULL),
        ({"organisation": "rival"}, Refusal.NO_CONSENT),
        ({"kind": "job"}, Refusal.KIND),
        ({"regions": frozenset({"KR-26"})}, Refusal.REGION),
        ({"regions": frozenset(), "is_remote": True}, Refusal.REGION),
        ({"languages": {"en": 5}}, Refusal.LANGUAGE),
        ({"languages": {"ko": 1}}, Refusal.LANGUAGE),
        ({"starts": date(2027, 2, 28)}, Refusal.DATES),
        ({"ends": date(2027, 9, 1)}, Refusal.DATES),
        ({"weekly_hours": 41}, Refusal.HOURS),
    ],
)
def test_each_side_step_of_an_opening_is_named(changed: dict[str, Any], refusal: Refusal) -> None:
    assert refusals(SEEKER, replace(OPENING, **changed), NOW) == (refusal,)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"applied": frozenset({"o"})}, Refusal.APPLIED),
        ({"shown_to": frozenset()}, Refusal.NO_CONSENT),
        ({"kinds": frozenset()}, Refusal.KIND),
        ({"regions": frozenset()}, Refusal.REGION),
        ({"languages": {}}, Refusal.LANGUAGE),
    ],
)
def test_what_the_person_did_not_say_yes_to_is_named(changed: dict[str, Any], refusal: Refusal) -> None:
    assert refusals(replace(SEEKER, **changed), OPENING, NOW) == (refusal,)


def test_remote_seats_need_no_region_and_unsaid_dates_rule_nothing_out() -> None:
    anywhere = replace(OPENING, regions=frozenset(), is_remote=True)
    assert refusals(replace(SEEKER, is_remote=True, regions=frozenset()), anywhere, NOW) == ()
    assert refusals(replace(SEEKER, shown_to=frozenset({EVERYONE})), OPENING, NOW) == ()
    unsaid = replace(SEEKER, available_from=None, available_until=None, weekly_hours=None)
    assert refusals(unsaid, OPENING, NOW) == ()
    assert refusals(SEEKER, replace(OPENING, starts=None, ends=None, weekly_hours=None), NOW) == ()


@settings(max_examples=50)
@given(markets())
def test_columns_say_the_same_in_the_words_of_either_side(market: tuple[list[Seeker], list[Opening]]) -> None:
    people, seats = market
    for encoding in (Encoding.of_openings(seats), Encoding.of_seekers(people)):
        openings, seekers = OpeningColumns.of(seats, encoding), SeekerColumns.of(people, encoding)
        expected = [[set(refusals(one, seat, NOW)) <= {Refusal.APPLIED} for seat in seats] for one in people]
        assert [fits(openings, seekers.row(at), NOW).tolist() for at in range(len(people))] == expected
        alone = [OpeningColumns.of([seat], encoding) for seat in seats]
        turned = [fits(one, seekers, NOW).tolist() for one in alone]
        assert turned == [[row[at] for row in expected] for at in range(len(seats))]


def test_more_items_than_a_word_has_bits_are_told_apart() -> None:
    seats = [replace(OPENING, key=f"o{at}", organisation=f"org{at}") for at in range(200)]
    encoding = Encoding.of_openings(seats)
    columns = OpeningColumns.of(seats, encoding)
    for at in (0, 61, 62, 63, 64, 127, 199):
        shown = replace(SEEKER, shown_to=frozenset({f"org{at}"}))
        fitting = fits(columns, SeekerColumns.of([shown], encoding), NOW)
        assert fitting.nonzero()[0].tolist() == [at]
