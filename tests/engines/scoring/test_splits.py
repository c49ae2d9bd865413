"""A split depends on ids and salt only, keeps the share, and divides neither groups nor moments."""

import hashlib
import time

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.splits import Mode, salted, split_rows
from tests.engines.scoring.tables import codes, generator, said

IDS = st.lists(st.integers(0, 10**9), min_size=2, max_size=60, unique=True)
SHARES = st.floats(0.05, 0.95)
MODES: list[Mode] = ["rows", "stratified", "group", "time"]


@settings(max_examples=150, deadline=None)
@given(IDS, SHARES, st.sampled_from(MODES), st.integers(2, 5))
def test_position_never_matters(ids: list[int], share: float, mode: Mode, parts: int) -> None:
    by = [0, 1, *(one % parts for one in ids[2:])]
    mask = split_rows(ids, salt=b"s", public_share=share, mode=mode, by=by)
    order = generator(len(ids)).permutation(len(ids))
    moved = split_rows(np.array(ids)[order], salt=b"s", public_share=share, mode=mode, by=np.array(by)[order])
    assert moved.tolist() == mask[order].tolist()
    assert 0 < mask.sum() < len(ids)
    assert (
        split_rows([str(one) for one in ids], salt=b"s", public_share=share, mode=mode, by=by).tolist()
        == mask.tolist()
    )


@settings(max_examples=100, deadline=None)
@given(IDS, SHARES, st.integers(1, 6))
def test_each_stratum_keeps_the_share_within_a_row(ids: list[int], share: float, parts: int) -> None:
    strata = np.array(ids) % parts
    mask = split_rows(ids, salt=b"s", public_share=share, mode="stratified", by=strata)
    for one in np.unique(strata):
        inside = strata == one
        assert abs(mask[inside].sum() - share * inside.sum()) < 1 + 1e-9
    assert abs(mask.sum() - share * len(ids)) <= 1


@settings(max_examples=100, deadline=None)
@given(IDS, SHARES, st.integers(2, 9))
def test_groups_and_moments_are_never_divided(ids: list[int], share: float, parts: int) -> None:
    by = np.array([0, 1, *(one % parts for one in ids[2:])])
    for mode in ("group", "time"):
        mask = split_rows(ids, salt=b"s", public_share=share, mode=mode, by=by)
        assert all(len(set(mask[by == one])) == 1 for one in np.unique(by))
    assert by[mask].max() < by[~mask].min()


def test_rows_keep_the_share_exactly_and_the_salt_decides() -> None:
    ids = range(1_000)
    one = split_rows(ids, salt=b"one", public_share=0.3)
    two = split_rows(ids, salt=b"two", public_share=0.3)
    assert one.sum() == two.sum() == 300
    assert 40 < (one & two).sum() < 140
    assert split_rows(ids, salt=b"one", public_share=0.3).tolist() == one.tolist()


def test_the_hash_is_keyed_blake2b() -> None:
    """Fixed by the standard library once: a change here would move every published split."""
    digests = [hashlib.blake2b(text, digest_size=8, key=b"salt").digest() for text in (b"7", b"8")]
    found = salted(pl.Series([7, 8]), salt=b"salt").tolist()
    assert found == [int.from_bytes(digest, "big") for digest in digests]
    assert found[0] == 13240535667050664116


def test_time_takes_dates_as_text() -> None:
    days = ["2026-01-03", "2026-01-01", "2026-01-02", "2026-01-02"]
    assert split_rows([1, 2, 3, 4], salt=b"s", public_share=0.7, mode="time", by=days).tolist() == [
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("ids", "share", "mode", "by", "code"),
    [
        ([1, 2], 1.0, "rows", None, "split_share"),
        ([1, 1, 2], 0.5, "rows", None, "split_ids"),
        ([1, None], 0.5, "rows", None, "split_ids"),
        ([1], 0.5, "rows", None, "split_too_few"),
        ([1, 2], 0.5, "group", None, "split_by_missing"),
        ([1, 2], 0.5, "group", ["a", None], "split_by_missing"),
        ([1, 2], 0.5, "group", ["a", "a"], "split_too_few"),
        ([1, 2], 0.5, "stratified", ["a"], "split_lengths"),
    ],
)
def test_what_cannot_be_split_is_named(
    ids: list[int | None], share: float, mode: Mode, by: list[str | None] | None, code: str
) -> None:
    with pytest.raises(Faulty) as refused:
        split_rows(ids, salt=b"s", public_share=share, mode=mode, by=by)
    assert codes(refused.value.faults) == {code}
    said(refused.value.faults)


def test_a_million_rows_take_seconds_at_most() -> None:
    started = time.process_time()
    ids = pl.Series(range(1_000_000))
    mask = split_rows(ids, salt=b"s", public_share=0.3, mode="stratified", by=ids % 10)
    assert mask.sum() == 300_000
    assert time.process_time() - started < 4
