"""What holds of every election: asked of random ones, against paths found by trying all, and against orders found by trying all."""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.voting import Choice, Matrix, Rule, Tally, lots, settle
from tests.engines.voting.elections import ELECTIONS, OPTIONS, held, rankings, standing

RANKING = Rule(method="ranking", options=tuple(OPTIONS))
SEATS = st.integers(1, len(OPTIONS) - 1)


def counted(result: Tally) -> tuple[Matrix, Matrix]:
    assert result.count is not None
    return result.count.pairwise, result.count.paths


def mentions(choice: Choice) -> list[str]:
    return [option for tier in choice for option in tier]


@given(ELECTIONS, st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(choices: list[Choice], rng: random.Random) -> None:
    shuffled = rng.sample(choices, len(choices))
    assert held(RANKING, shuffled) == held(RANKING, choices)


@given(ELECTIONS)
def test_paths_are_the_strongest_of_all(choices: list[Choice]) -> None:
    preferred, paths = counted(held(RANKING, choices))
    for a, b in permutations(range(len(OPTIONS)), 2):
        assert paths[a][b] == max(strength(preferred, route) for route in routes(a, b))


def routes(start: int, end: int) -> Iterator[tuple[int, ...]]:
    others = set(range(len(OPTIONS))) - {start, end}
    for length in range(len(others) + 1):
        for between in permutations(others, length):
            yield (start, *between, end)


def strength(preferred: Matrix, route: tuple[int, ...]) -> Fraction:
    steps = list(pairwise(route))
    if any(preferred[a][b] <= preferred[b][a] for a, b in steps):
        return Fraction(0)
    return min(preferred[a][b] for a, b in steps)


@given(ELECTIONS)
def test_who_beats_each_other_wins_and_who_loses_to_each_other_comes_last(choices: list[Choice]) -> None:
    result = held(RANKING, choices)
    preferred, _paths = counted(result)
    span = range(len(OPTIONS))
    for one in span:
        if all(preferred[one][other] > preferred[other][one] for other in span if other != one):
            assert standing(result).winners == (OPTIONS[one],)
        if all(preferred[one][other] < preferred[other][one] for other in span if other != one):
            assert standing(result).order[-1] == (OPTIONS[one],)


@given(ELECTIONS, SEATS)
def test_winners_win_in_every_order_that_agrees_and_the_tied_in_some(
    choices: list[Choice], seats: int
) -> None:
    found = standing(held(replace(RANKING, winners=seats), choices))
    tops = [
        set(order[:seats])
        for order in permutations(OPTIONS)
        if not any((lower, upper) in found.above for upper, lower in combinations(order, 2))
    ]
    always, ever = set.intersection(*tops), set.union(*tops)
    assert set(found.winners) == always
    assert set(found.tied) == ever - always
    assert found.left == seats - len(always)


@given(ELECTIONS, SEATS, st.binary(min_size=32, max_size=32))
def test_the_lottery_fills_all_seats_and_agrees_with_the_votes(
    choices: list[Choice], seats: int, seed: bytes
) -> None:
    rule = replace(RANKING, winners=seats, ties="lottery")
    found = standing(held(rule, choices))
    done = settle(rule, found, seed=seed)
    assert len(set(done.winners)) == seats
    assert set(found.winners) <= set(done.winners)
    assert not any(
        (out, won) in done.above for won in done.winners for out in set(OPTIONS) - set(done.winners)
    )
    assert settle(rule, found, seed=seed) == done
    if found.tied and not any(set(pair) <= set(found.tied) for pair in found.above):
        assert done.winners[len(found.winners) :] == tuple(lots(found.tied, seed)[: found.left])


@given(ELECTIONS)
def test_turning_every_ballot_round_turns_the_order_round(choices: list[Choice]) -> None:
    full = [(*choice, tuple(sorted(set(OPTIONS) - set(mentions(choice))))) for choice in choices]
    complete = [tuple(tier for tier in choice if tier) for choice in full]
    forward = standing(held(RANKING, complete)).above
    backward = standing(held(RANKING, [choice[::-1] for choice in complete])).above
    assert backward == {(other, one) for one, other in forward}


@given(ELECTIONS)
def test_clones_change_nothing_for_the_others(choices: list[Choice]) -> None:
    """F stands right below A on every ballot: nobody else gains or loses by it, and one of the two does as A did."""
    cloned = [tuple(part for tier in choice for part in with_clone(tier)) for choice in choices]
    more = replace(RANKING, options=(*OPTIONS, "F"))
    before, after = standing(held(RANKING, choices)), standing(held(more, cloned))
    others = set(OPTIONS) - {"A"}
    assert {pair for pair in after.above if set(pair) <= others} == {
        pair for pair in before.above if set(pair) <= others
    }
    assert bool({"A", "F"} & set(after.order[0])) == ("A" in before.order[0])


def with_clone(tier: tuple[str, ...]) -> list[tuple[str, ...]]:
    if "A" not in tier:
        return [tier]
    return [tier, ("F",)] if len(tier) == 1 else [(*tier, "F")]


@given(ELECTIONS, st.data())
def test_to_be_ranked_higher_never_costs_the_victory(choices: list[Choice], data: st.DataObject) -> None:
    before = standing(held(RANKING, choices))
    winner = data.draw(st.sampled_from(before.order[0]))
    at = data.draw(st.integers(0, len(choices) - 1))
    raised = [
        *choices[:at],
        ((winner,), *without(choices[at], winner)),
        *choices[at + 1 :],
    ]
    assert winner in standing(held(RANKING, raised)).order[0]


def without(choice: Choice, option: str) -> list[tuple[str, ...]]:
    kept = [tuple(one for one in tier if one != option) for tier in choice]
    return [tier for tier in kept if tier]


MARKED = st.sets(st.sampled_from("ABC")).map(lambda some: (tuple(sorted(some)),) if some else ())


@given(st.lists(MARKED, min_size=1, max_size=9), st.integers(1, 2), st.data())
def test_one_approval_more_never_costs_a_seat(choices: list[Choice], seats: int, data: st.DataObject) -> None:
    rule = Rule(method="approval", options=tuple("ABC"), winners=seats)
    before = standing(held(rule, choices))
    at = data.draw(st.integers(0, len(choices) - 1))
    for option in (*before.winners, *before.tied):
        more = [*choices[:at], (tuple(sorted({*mentions(choices[at]), option})),), *choices[at + 1 :]]
        after = standing(held(rule, more))
        assert option in (*after.winners, *after.tied)
        assert option in after.winners or option not in before.winners


@given(rankings())
def test_one_voter_alone_decides(choice: Choice) -> None:
    order = standing(held(RANKING, [choice])).order
    left = tuple(option for option in OPTIONS if option not in mentions(choice))
    assert order == (*choice, *((left,) if left else ()))
