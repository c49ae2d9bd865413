"""The opening's choice is the best set by definition, substitutable, and obeys the law of aggregate demand."""

import random

from hypothesis import given

from dure.engines.placement import Limit, Opening
from dure.engines.placement.choosing import Tree, choose
from tests.engines.placement.markets import RANDOMS, random_plain, seeded
from tests.engines.placement.oracle import Members, best_set, members_of, subsets


def chosen(asking: tuple[int, ...], opening: Opening, members: Members) -> set[int]:
    """Applicants are placed by their index."""
    tree = Tree.of(opening, members)
    return choose(sorted(asking), {one: tree.chain(one) for one in asking}, tree)


def an_opening(rng: random.Random) -> tuple[Opening, Members]:
    market = random_plain(rng, people=7, seats=1).market()
    return market.openings[0], members_of(market)


@given(RANDOMS)
def test_the_choice_is_the_best_set_of_all(rng: random.Random) -> None:
    opening, members = an_opening(rng)
    for asking in subsets(range(7)):
        standing = {one: one for one in asking}
        assert chosen(asking, opening, members) == best_set(asking, standing, opening, members)


@given(RANDOMS)
def test_who_is_left_out_stays_out_when_more_ask_and_no_fewer_are_taken(rng: random.Random) -> None:
    opening, members = an_opening(rng)
    for asking in subsets(range(7)):
        few = chosen(asking, opening, members)
        for newcomer in set(range(7)).difference(asking):
            more = chosen((*asking, newcomer), opening, members)
            assert more <= few | {newcomer}, "substitutable"
            assert len(more) >= len(few), "the law of aggregate demand"
            assert newcomer in more or more == few, "who is left out changes nothing"


def test_overlapping_groups_would_break_the_law() -> None:
    """Why they are refused: with quotas of one for two groups that share applicant 0, one more who asks leaves fewer taken."""
    opening = Opening(key="host", capacity=2, limits=(Limit(group="x", quota=1), Limit(group="y", quota=1)))
    members = {"x": frozenset({0, 1}), "y": frozenset({0, 2})}
    standing = {0: 0, 1: 1, 2: 2}
    assert best_set([1, 2], standing, opening, members) == {1, 2}
    assert best_set([0, 1, 2], standing, opening, members) == {0}


def test_a_random_opening_has_reserves_within_reserves_and_quotas() -> None:
    """The properties above would say little of openings without limits."""
    openings = [an_opening(seeded(seed))[0] for seed in range(300)]
    assert sum(len(opening.limits) > 1 for opening in openings) > 60
    assert sum(any(limit.reserve for limit in opening.limits) for opening in openings) > 60
    assert sum(any(limit.quota is not None for limit in opening.limits) for opening in openings) > 60
