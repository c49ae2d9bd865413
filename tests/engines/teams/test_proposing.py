"""Teams against brute force: the best of all that there are, fair, the same in any order, and of nobody who said no."""

import random
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import teams
from dure.engines.teams.ground import lot

SEED = "a need"


def need(kinds: int = 2, *, least: int = 1, most: int = 3, target: int = 80) -> teams.Need:
    return teams.Need(tuple(teams.Requirement(f"s{n}", 2) for n in range(kinds)), least, most, target)


def somebody(key: str, *percents: int, home: str = "", is_open: bool = True) -> teams.Candidate:
    return teams.Candidate(key, percents, frozenset(home.split()), is_open)


@st.composite
def pools(draw: st.DrawFn) -> tuple[teams.Need, list[teams.Candidate]]:
    """A need and a few people: coarse percents, so that some are alike and lots decide."""
    kinds, most = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    asked = need(
        kinds, least=draw(st.integers(1, most)), most=most, target=draw(st.sampled_from([30, 60, 99]))
    )
    rows = st.tuples(
        st.lists(st.sampled_from([5, 40, 70, 95]), min_size=kinds, max_size=kinds),
        st.sampled_from(["", "a", "b", "a b"]),
        st.sampled_from([True, True, True, False]),
    )
    found = draw(st.lists(rows, max_size=7))
    return asked, [
        somebody(f"k{at}", *row, home=home, is_open=is_open) for at, (row, home, is_open) in enumerate(found)
    ]


def brute(asked: teams.Need, pool: Iterable[teams.Candidate], count: int) -> list[frozenset[str]]:
    """Every team there is, looked at one by one."""
    free = [one for one in pool if one.is_open]
    sizes = range(asked.least, asked.most + 1)
    every = [teams.team_of(asked, some) for size in sizes for some in combinations(free, size)]

    def order(team: teams.Team) -> tuple[tuple[int, ...], list[str]]:
        worse = tuple(-one for one in teams.score(team, asked))
        return worse, sorted(lot(SEED, one) for one in team.members)

    found: list[frozenset[str]] = []
    for team in sorted(every, key=order):
        apart = all(2 * len(team.keys & other) <= len(team) for other in found)
        if apart and len(found) < count:
            found.append(team.keys)
    return found


@given(pools(), st.randoms(use_true_random=False))
def test_proposals_are_the_best_of_all_teams_in_any_order(
    case: tuple[teams.Need, list[teams.Candidate]], chance: random.Random
) -> None:
    asked, pool = case
    first = teams.propose(asked, pool, seed=SEED)
    shuffled = chance.sample(pool, len(pool))
    assert teams.propose(asked, shuffled, seed=SEED) == first
    assert [one.team.keys for one in first] == brute(asked, pool, teams.MOST_PROPOSALS)
    assert all(one.is_exact for one in first)


@given(pools())
def test_the_reasons_come_to_the_score_again(case: tuple[teams.Need, list[teams.Candidate]]) -> None:
    asked, pool = case
    willing = {one.key for one in pool if one.is_open}
    for one in teams.propose(asked, pool, seed=SEED, count=1):
        reasons = teams.covered(one.team, asked)
        assert teams.score_of(reasons, asked, is_mixed=one.team.is_mixed) == one.score
        assert one.team.keys <= willing
        parts = teams.parts(one.team, asked)
        assert len({part.key for part in parts}) == len(one.team)
        led = [requirement for part in parts for requirement in part.leads]
        assert sorted(led, key=str) == sorted(asked.requirements, key=str)


@given(pools())
def test_exchange_finds_teams_that_no_single_change_betters(
    case: tuple[teams.Need, list[teams.Candidate]],
) -> None:
    asked, pool = case
    free = [one for one in pool if one.is_open]
    for one in teams.propose(asked, pool, seed=SEED, count=1, steps=0):
        assert not one.is_exact
        for size in range(asked.least, asked.most + 1):
            for some in combinations(free, size):
                other = teams.team_of(asked, some)
                near = len(other.keys ^ one.team.keys) == 1 or (
                    len(other) == len(one.team) and len(other.keys - one.team.keys) == 1
                )
                assert not near or teams.score(other, asked) <= one.score


def test_a_smaller_team_that_reaches_the_target_is_better_than_a_surer_one() -> None:
    asked = need(2, most=3)
    pool = [
        somebody("left", 95, 5, home="a"),
        somebody("right", 5, 95, home="b"),
        somebody("more", 90, 90, home="c"),
    ]
    (first, *_rest) = teams.propose(asked, pool, seed=SEED)
    assert first.team.keys == {"left", "right"}


def test_two_organisations_come_before_a_smaller_team_but_not_before_cover() -> None:
    alone = somebody("alone", 95, home="a")
    other = somebody("other", 50, home="b")
    assert teams.propose(need(1), [alone, other], seed=SEED)[0].team.keys == {"alone", "other"}
    colleague = somebody("colleague", 60, home="a")
    weak = [somebody("first", 60, home="a"), colleague, somebody("second", 10, home="b")]
    assert teams.propose(need(1, most=2), weak, seed=SEED)[0].team.keys == {"first", "colleague"}


def test_who_joins_a_team_with_a_free_place_covers_what_it_lacks() -> None:
    kept, gap, same = somebody("kept", 95, 5), somebody("gap", 5, 90), somebody("same", 95, 10)
    (found,) = teams.propose(need(2), [gap, same, kept], seed=SEED, within=[kept], count=1)
    assert found.team.keys == {"kept", "gap"}


def test_equal_people_have_equal_chances_over_many_needs() -> None:
    pool = [somebody(key, 50) for key in "abcd"]
    firsts = [
        next(iter(teams.propose(need(1, most=1), pool, seed=str(n), count=1)[0].team.keys))
        for n in range(400)
    ]
    assert all(70 < firsts.count(key) < 130 for key in "abcd")


def test_hundreds_of_people_are_answered_within_the_steps() -> None:
    chance = random.Random(1)  # noqa: S311 - a pool to measure with
    pool = [
        somebody(f"k{n}", *(chance.randrange(5, 96, 5) for _ in range(5)), home=f"o{n % 9}")
        for n in range(300)
    ]
    found = teams.propose(need(5, least=2, most=6), pool, seed=SEED)
    assert len(found) == teams.MOST_PROPOSALS
    assert all(one.score.reached == need(5, most=6).goal for one in found)


@pytest.mark.parametrize("wrong", [{"least": 0}, {"least": 4}, {"most": 9}, {"target": 0}, {"kinds": 0}])
def test_a_need_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"need|sizes"):
        need(**wrong)


def test_nobody_is_in_a_team_twice_and_nobody_is_sure() -> None:
    with pytest.raises(ValueError, match="twice"):
        teams.team_of(need(1), [somebody("a", 50), somebody("a", 50)])
    with pytest.raises(ValueError, match="1 and 99"):
        somebody("a", 100)
