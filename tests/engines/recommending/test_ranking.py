"""Both sides, one pair after the other and in bulk."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import market
from dure.engines.recommending import (
    NONE,
    Board,
    Opening,
    Pool,
    Requirement,
    Seeker,
    Suggestion,
    openings_for,
    refusals,
    seekers_for,
)
from tests.engines.recommending.markets import NOW, POSTERIORS, markets, openings, seekers

Market = tuple[list[Seeker], list[Opening]]
few = settings(max_examples=30)  # drawing a market costs more than ranking it


@given(markets(), st.integers(1, 12))
def test_the_board_says_to_each_person_what_the_definition_says(market: Market, most: int) -> None:
    people, seats = market
    board = Board.of(seats)
    expected = [openings_for(one, seats, now=NOW, most=most) for one in people]
    assert [board.openings_for(one, now=NOW, most=most) for one in people] == expected
    best = board.best_each(board.crowd(people), now=NOW, most=most)
    for places, scores, suggestions in zip(best.places, best.scores, expected, strict=True):
        count = len(suggestions)
        found = [
            Suggestion(board.keys[at], one) for at, one in zip(places, scores, strict=True) if at != NONE
        ]
        assert found == suggestions
        assert all(places[count:] == NONE)


@given(markets(), st.integers(1, 7))
def test_the_pool_says_of_each_opening_what_the_definition_says(market: Market, most: int) -> None:
    people, seats = market
    pool = Pool.of(people)
    for seat in seats:
        assert pool.seekers_for(seat, now=NOW, most=most) == seekers_for(seat, people, now=NOW, most=most)


@few
@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(market: Market, chance: object) -> None:
    people, seats = market
    mixed_people = sorted(people, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    mixed_seats = sorted(seats, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    for one in people:
        assert Board.of(mixed_seats).openings_for(one, now=NOW) == openings_for(one, seats, now=NOW)
    for seat in seats:
        assert Pool.of(mixed_people).seekers_for(seat, now=NOW) == seekers_for(seat, people, now=NOW)


@few
@given(markets())
def test_no_constraint_is_ever_broken(market: Market) -> None:
    people, seats = market
    board, pool = Board.of(seats), Pool.of(people)
    seat_of, person_of = {one.key: one for one in seats}, {one.key: one for one in people}
    for one in people:
        assert all(not refusals(one, seat_of[found.key], NOW) for found in board.openings_for(one, now=NOW))
    for seat in seats:
        assert all(not refusals(person_of[found.key], seat, NOW) for found in pool.seekers_for(seat, now=NOW))


@few
@given(markets())
def test_who_takes_consent_back_is_in_no_result(market: Market) -> None:
    people, seats = market
    silent = [replace(one, shown_to=frozenset()) for one in people]
    assert all(Pool.of(silent).seekers_for(seat, now=NOW) == [] for seat in seats)
    assert all(seekers_for(seat, silent, now=NOW) == [] for seat in seats)


@given(st.permutations(range(4)), seekers())
def test_equal_scores_stand_by_deadline_and_then_key(order: list[int], seeker: Seeker) -> None:
    wide = replace(
        seeker,
        kinds=frozenset({"job"}),
        is_remote=True,
        shown_to=frozenset({"*"}),
        applied=frozenset(),
    )
    seats = [
        Opening(
            key=key,
            organisation="kt",
            kind="job",
            closes=NOW + timedelta(days=days),
            seats_left=1,
            is_remote=True,
            requirements=tuple(Requirement(skill, 2) for skill in skills),
        )
        for key, days, skills in (("a", 2, "xy"), ("d", 1, "yx"), ("c", 1, "xy"), ("b", 3, "xy"))
    ]
    found = Board.of([seats[at] for at in order]).openings_for(wide, now=NOW)
    assert [one.key for one in found] == ["c", "d", "a", "b"]


@given(openings(), seekers())
def test_a_skill_that_the_other_side_never_names_is_of_no_matter(seat: Opening, seeker: Seeker) -> None:
    strange = replace(seeker, skills={**seeker.skills, "never-asked": POSTERIORS[1]})
    assert Board.of([seat]).openings_for(strange, now=NOW) == Board.of([seat]).openings_for(seeker, now=NOW)
    assert Pool.of([strange]).seekers_for(seat, now=NOW) == Pool.of([seeker]).seekers_for(seat, now=NOW)


def test_hundreds_with_thousands_of_skills_are_ranked_as_defined() -> None:
    """The generator of the benchmark: many organisations, more openings than are asked for, popular and rare skills."""
    rng = np.random.default_rng(7)
    seats = market.openings(400, rng)
    people = list(market.seekers(300, [one.key for one in seats], rng))
    board, pool = Board.of(seats), Pool.of(people)
    suggested = [openings_for(one, seats, now=NOW) for one in people[:60]]
    assert [board.openings_for(one, now=NOW) for one in people[:60]] == suggested
    assert sum(len(found) == 10 for found in suggested) > 40
    found = [seekers_for(seat, people, now=NOW) for seat in seats[:60]]
    assert [pool.seekers_for(seat, now=NOW) for seat in seats[:60]] == found
    assert sum(len(one) == 10 for one in found) > 40
