"""Rows split into public and private, by a salted hash of the id: the same ids and salt always give the same split."""

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.matching import as_key, as_text, repeated_or_empty

Mode = Literal["rows", "stratified", "group", "time"]
Mask = NDArray[np.bool_]
Values = pl.Series | NDArray[Any] | Sequence[Any]


def split_rows(
    ids: Values,
    *,
    salt: bytes,
    public_share: float,
    mode: Mode = "rows",
    by: Values | None = None,
) -> Mask:
    """Return the (n,) mask of public rows.

    The side of a row depends on its id, the other ids and the salt (1 to 64 bytes), never on its position. `rows`: the
    nearest number of rows to the share. `stratified`: within one row of the share in each stratum of `by`. `group`: no group
    of `by` is divided, as near to the share as whole groups taken in hashed order come. `time`: the rows of the earliest
    moments of `by` are public, no moment is divided. At least one row, group or moment falls on each side.
    Raises `Faulty` for a share outside (0, 1), ids that repeat or are empty, and a `by` that is missing or has gaps.
    """
    series = as_key(_series(ids))
    column = None if by is None else _series(by)
    faults = _faults(series, column, public_share=public_share, mode=mode)
    if faults:
        raise Faulty(faults)
    if mode == "time" and column is not None:
        return _by_time(column, share=public_share)
    if mode == "group" and column is not None:
        return _by_group(column, salt=salt, share=public_share)
    hashes = salted(series, salt=salt)
    if mode == "stratified" and column is not None:
        return _by_stratum(hashes, _codes(column), share=public_share)
    return _lowest(hashes, _count(hashes.size, public_share))


def salted(ids: pl.Series, *, salt: bytes) -> NDArray[np.uint64]:
    """Return the (n,) first eight bytes of BLAKE2b of the ids' text, keyed with the salt (RFC 7693)."""
    fresh = hashlib.blake2b(digest_size=8, key=salt)

    def digest(text: str) -> bytes:
        one = fresh.copy()
        one.update(text.encode())
        return one.digest()

    return np.frombuffer(b"".join(map(digest, as_text(ids).to_list())), dtype=">u8").astype(np.uint64)


def _series(values: Values) -> pl.Series:
    return values if isinstance(values, pl.Series) else pl.Series(values)


def _faults(ids: pl.Series, by: pl.Series | None, *, public_share: float, mode: Mode) -> list[Fault]:
    faults = []
    if not 0 < public_share < 1:
        faults.append(Fault("split_share", {"share": public_share}))
    if repeated := repeated_or_empty(ids):
        faults.append(Fault("split_ids", {"count": repeated}))
    if ids.len() < 2:
        faults.append(Fault("split_too_few", {"found": ids.len()}))
    if mode == "rows":
        return faults
    if by is None or by.null_count():
        return [*faults, Fault("split_by_missing")]
    if by.len() != ids.len():
        return [*faults, Fault("split_lengths", {"ids": ids.len(), "values": by.len()})]
    if mode in {"group", "time"} and by.n_unique() < 2:
        faults.append(Fault("split_too_few", {"found": by.n_unique()}))
    return faults


def _count(size: int, share: float) -> int:
    return min(max(round(size * share), 1), size - 1)


def _lowest(hashes: NDArray[np.uint64], count: int) -> Mask:
    mask = np.zeros(hashes.size, bool)
    mask[np.argsort(hashes, kind="stable")[:count]] = True
    return mask


def _codes(values: pl.Series) -> NDArray[np.int64]:
    return (values.rank("dense") - 1).cast(pl.Int64).to_numpy()


def _by_stratum(hashes: NDArray[np.uint64], codes: NDArray[np.int64], *, share: float) -> Mask:
    """Take the lowest hashes of each stratum; what rounding leaves over goes to the strata that lost most by it."""
    sizes = np.bincount(codes)
    wanted = sizes * share
    counts = np.floor(wanted).astype(np.int64)
    left = _count(hashes.size, share) - int(counts.sum())
    # tied remainders are settled by the strata's lowest hashes, which positions do not change
    order = np.lexsort((hashes, codes))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    lost = np.lexsort((hashes[order[starts]], counts - wanted))
    counts[lost[: max(left, 0)]] += 1
    rank = np.arange(hashes.size) - np.repeat(starts, sizes)
    mask = np.zeros(hashes.size, bool)
    mask[order] = rank < np.repeat(counts, sizes)
    return mask


def _by_group(groups: pl.Series, *, salt: bytes, share: float) -> Mask:
    """Take whole groups in hashed order as long as that brings the public part nearer to the share."""
    names = as_text(groups)
    counted = names.value_counts(name="rows")
    hashes = salted(counted[names.name], salt=salt)
    order = np.argsort(hashes, kind="stable")
    return names.is_in(
        counted[names.name][order[: _cut(counted["rows"].to_numpy()[order], share)]].implode()
    ).to_numpy()


def _by_time(times: pl.Series, *, share: float) -> Mask:
    moments = _codes(times)
    return moments < _cut(np.bincount(moments), share)


def _cut(sizes: NDArray[Any], share: float) -> int:
    """Return how many of the parts, taken in order, come nearest to the share; at least one and not all."""
    sums = np.cumsum(sizes)[:-1]
    return int(np.argmin(np.abs(sums - share * sizes.sum()))) + 1
