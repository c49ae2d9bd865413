"""Predicted against observed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dure.engines.recommending import LEAST, Bin, calibrated
from dure.engines.recommending.interest import wilson

pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200)


@given(st.integers(1, 2000), st.data())
def test_the_interval_is_wilsons(count: int, data: st.DataObject) -> None:
    applied = data.draw(st.integers(0, count))
    expected = binomtest(applied, count).proportion_ci(0.95, method="wilson")
    assert np.allclose(wilson(applied, count), (expected.low, expected.high), atol=1e-12)


def test_a_bin_is_shown_from_its_least_count_on() -> None:
    found = calibrated([(0.12, True)] * (LEAST - 1) + [(0.57, False)] * LEAST)
    few, enough = found.bins
    assert (few.count, few.observed, few.interval) == (LEAST - 1, None, None)
    assert (enough.count, enough.observed) == (LEAST, 0.0)
    assert found.error == pytest.approx(0.57)
    assert found.at(0.15) is None
    assert found.at(0.95) is None
    assert found.at(0.5) == enough


def test_nothing_is_nothing_and_one_belongs_to_the_last_bin() -> None:
    assert calibrated([]).bins == ()
    assert calibrated([]).error is None
    assert calibrated([(1.0, True)]).bins[0].low == 0.9


@given(pairs, st.randoms(use_true_random=False))
def test_every_pair_is_counted_once_in_any_order(
    given_pairs: list[tuple[float, bool]], chance: object
) -> None:
    found = calibrated(given_pairs)
    assert sum(one.count for one in found.bins) == len(given_pairs)
    mixed = sorted(given_pairs, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    assert calibrated(mixed) == found
    assert all(one.low <= one.predicted + 1e-12 and one.predicted <= one.high + 1e-12 for one in found.bins)


def test_a_true_prediction_is_close_and_lies_in_its_interval_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    predicted = rng.uniform(0, 0.5, 20_000)
    applied = rng.uniform(size=20_000) < predicted
    found = calibrated(zip(predicted.tolist(), applied.tolist(), strict=True))
    assert found.error is not None
    assert found.error < 0.01
    promised = calibrated(zip((predicted + 0.5).tolist(), applied.tolist(), strict=True))
    assert promised.error == pytest.approx(0.5, abs=0.01)
    held = [one.interval[0] <= 0.13 <= one.interval[1] for one in drawn(rng, 0.13) if one.interval]
    assert 0.92 < sum(held) / len(held) < 0.98


def drawn(rng: np.random.Generator, rate: float) -> list[Bin]:
    """A bin of forty suggestions, a thousand times."""
    return [calibrated((rate, bool(one)) for one in rng.uniform(size=40) < rate).bins[0] for _ in range(1000)]


@pytest.mark.parametrize("predicted", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(predicted: float) -> None:
    with pytest.raises(ValueError, match="no probability"):
        calibrated([(predicted, True)])
