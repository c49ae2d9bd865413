"""Usage that is forgotten by half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import HOUSE, Farm, decayed
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
