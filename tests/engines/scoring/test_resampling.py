"""Resampling weights: right, the same everywhere, and held within bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scoring.resampling import WeightCache, normals, resample_weights, seed_of
from dure.engines.scoring.units import units_of
from tests.engines.scoring.boards import modest


@modest
@given(n=st.integers(1, 300), resamples=st.integers(1, 40), seed=st.integers(0, 2**70))
def test_each_resample_draws_as_many_units_as_there_are(n: int, resamples: int, seed: int) -> None:
    weights = resample_weights(n, resamples=resamples, seed=seed)
    assert weights.shape == (resamples, n)
    assert (weights.sum(axis=1) == n).all()
    assert (weights >= 0).all()
    assert (weights == np.rint(weights)).all()


def test_weights_are_the_same_on_every_machine() -> None:
    naive = np.zeros((3, 5), dtype=np.float32)
    words = np.random.PCG64([7, 5]).random_raw(9)
    for resample in range(3):
        halves = [
            half for word in words[3 * resample : 3 * resample + 3] for half in (word % 2**32, word >> 32)
        ]
        for half in halves[:5]:
            naive[resample, int(half) * 5 >> 32] += 1
    assert (resample_weights(5, resamples=3, seed=7) == naive).all()
    assert resample_weights(5, resamples=3, seed=7).tolist() == PINNED


PINNED = [[1.0, 1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 4.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0, 1.0]]


@modest
@given(n=st.integers(1, 50), few=st.integers(1, 10), more=st.integers(0, 10))
def test_fewer_resamples_are_the_first_of_more(n: int, few: int, more: int) -> None:
    long = resample_weights(n, resamples=few + more, seed=3)
    assert (resample_weights(n, resamples=few, seed=3) == long[:few]).all()


def test_draws_are_even() -> None:
    counts = resample_weights(1000, resamples=1000, seed=11).sum(axis=0)
    chi_square = float(((counts - 1000) ** 2 / 1000).sum())
    assert 850 < chi_square < 1150  # 999 degrees of freedom: 999 ± 45


def test_tables_are_shared_and_cannot_be_written() -> None:
    weights = resample_weights(40, resamples=5, seed=1)
    assert resample_weights(40, resamples=5, seed=1) is weights
    with pytest.raises(ValueError, match="read-only"):
        weights[0, 0] = 9


def test_the_cache_lets_go_of_what_was_used_longest_ago() -> None:
    table = 10 * 10 * 4
    cache = WeightCache(limit=2 * table)
    first, second = cache.get(10, 10, 1), cache.get(10, 10, 2)
    assert cache.get(10, 10, 1) is first
    cache.get(10, 10, 3)
    assert cache.nbytes == 2 * table
    assert cache.get(10, 10, 1) is first
    assert cache.get(10, 10, 2) is not second


def test_a_table_larger_than_the_cache_is_not_kept() -> None:
    cache = WeightCache(limit=100)
    assert cache.get(10, 10, 1).shape == (10, 10)
    assert cache.nbytes == 0


@pytest.mark.parametrize(("n", "resamples"), [(0, 5), (5, 0)])
def test_nothing_to_draw_is_refused(n: int, resamples: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        resample_weights(n, resamples=resamples, seed=1)


def test_seeds_belong_to_their_names() -> None:
    assert seed_of("challenge", "1") == seed_of("challenge", "1")
    assert len({seed_of("a", "bc"), seed_of("ab", "c"), seed_of("abc")}) == 3


def test_normals_are_standard_and_repeat() -> None:
    drawn = normals(20_001, seed=5)
    assert len(drawn) == 20_001
    assert abs(drawn.mean()) < 0.03
    assert abs(drawn.std() - 1) < 0.02
    assert abs((np.abs(drawn) < 1.96).mean() - 0.95) < 0.006
    assert (normals(100, seed=5) == normals(100, seed=5)).all()


@modest
@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=30))
def test_groups_are_summed_in_the_order_they_appear(labels: list[str]) -> None:
    units = units_of(len(labels), np.array(labels))
    values = np.arange(len(labels), dtype=np.float64)[:, None]
    naive = dict.fromkeys(labels, 0.0)
    for label, value in zip(labels, values[:, 0], strict=True):
        naive[label] += value
    assert units.count == len(naive)
    assert units.sums(values)[:, 0].tolist() == list(naive.values())
    weights = np.arange(1.0, units.count + 1)[None, :]
    places = {label: at for at, label in enumerate(naive)}
    assert units.spread(weights)[0].tolist() == [places[label] + 1.0 for label in labels]


def test_groups_must_name_each_row() -> None:
    with pytest.raises(ValueError, match="groups has shape"):
        units_of(3, np.array([1, 2]))
