"""Usage that is forgotten by half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import HOUSE, Farm, decayed
from dure.engines.scheduling.usage import Accounts
from tests.engines.scheduling.farms import cores, job

amounts = st.floats(0, 1e12)
spans = st.floats(0, 1e7)
half_lives = st.floats(1, 1e7)


@given(amounts, half_lives)
def test_half_is_left_after_a_half_life(amount: float, half_life: float) -> None:
    assert decayed(amount, elapsed=half_life, half_life=half_life) == amount / 2
    assert decayed(amount, elapsed=0.0, half_life=half_life) == amount


@given(amounts, spans, spans, st.floats(1e4, 1e7))
def test_forgetting_twice_is_forgetting_once_for_as_long(
    amount: float, first: float, second: float, half_life: float
) -> None:
    twice = decayed(decayed(amount, elapsed=first, half_life=half_life), elapsed=second, half_life=half_life)
    assert twice == pytest.approx(decayed(amount, elapsed=first + second, half_life=half_life), rel=1e-9)


def test_a_run_that_ends_early_is_charged_for_what_it_used() -> None:
    farm = Farm(cores(4), HOUSE)
    farm.wait([job("a", 2, 100.0)])
    farm.start(job("a", 2, 100.0), 0.0)
    assert farm.accounts.usage(("kt",), 0.0) == 200.0
    farm.end("a", 10.0)
    assert farm.accounts.usage(("kt",), 10.0) == pytest.approx(
        decayed(20.0, elapsed=10.0, half_life=HOUSE.half_life)
    )


def test_what_is_excused_costs_nothing() -> None:
    farm = Farm(cores(4), HOUSE)
    farm.wait([job("a", 2, 100.0)])
    farm.start(job("a", 2, 100.0), 0.0)
    farm.end("a", 50.0, excused=True)
    assert farm.accounts.usage(("kt",), 50.0) == pytest.approx(0.0, abs=1e-9)


def test_usage_of_long_ago_counts_less_than_usage_of_now() -> None:
    accounts = Accounts(half_life=10.0, shares={("kt",): 2.0})
    accounts.charge(("kt",), 1_000.0, since=0.0, now=0.0)
    accounts.charge(("kaist",), 100.0, since=20.0, now=20.0)
    assert accounts.standing(("kaist",)) < accounts.standing(("kt",))
    accounts.charge(("etri",), 100.0, since=40.0, now=40.0)
    accounts.charge(("lg",), 0.0, since=40.0, now=40.0)
    order = sorted([("kt",), ("kaist",), ("etri",), ("lg",), ("new",)], key=accounts.standing)
    assert order == [("lg",), ("new",), ("kaist",), ("kt",), ("etri",)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 1_000), st.integers(0, 60)), max_size=12))
def test_standings_are_in_the_order_of_usage_against_share(charges: list[tuple[str, int, int]]) -> None:
    shares = {"a": 1.0, "b": 2.0, "c": 5.0}
    accounts = Accounts(half_life=10.0, shares={(member,): share for member, share in shares.items()})
    for member, amount, at in sorted(charges, key=lambda charge: charge[2]):
        accounts.charge((member,), float(amount), since=float(at), now=float(at))
    ratio = {member: accounts.usage((member,), 60.0) / share for member, share in shares.items()}
    for one in shares:
        for other in shares:
            if ratio[one] < ratio[other] * (1 - 1e-6):
                assert accounts.standing((one,)) < accounts.standing((other,))
