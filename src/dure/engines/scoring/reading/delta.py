"""Delta encodings of Parquet: how large they decode, known before a decoder is let at them.

Such a page carries its own count of values, and text may repeat the beginning of the text before it: a few hundred bytes can
stand for gigabytes. Here the counts are read, and nothing is written out.

Source: `Encodings.md` of the Apache Parquet format, sections DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY and
DELTA_BYTE_ARRAY.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.scoring.reading.thrift import Malformed, Reader

DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY = 5, 6, 7
DELTA = frozenset({DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY})
BLOCK = 65_536
"""Writers use blocks of 128 to 2,048 values; decoders allocate by this number."""
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Head:
    """How a run of packed numbers is laid out; `count` includes `first`."""

    miniblocks: int
    values_each: int
    count: int
    first: int


def repeated_bytes(data: bytes, *, encoding: int, values: int) -> int:
    """Bytes that the texts of a page repeat from the text before them, beyond the bytes in `data`.

    `data` is the unpacked body of the page without its levels; `values` bounds how many it may hold. 0 for encodings in
    which nothing is repeated. Raises `Malformed` for counts above `values`, odd layouts and lengths beyond `data`.
    """
    reader = Reader(data)
    if encoding != DELTA_BYTE_ARRAY:
        _head(reader, values=values)
        return 0
    prefixes = _numbers(reader, values=values)
    _head(reader, values=values)
    if prefixes.size and not 0 <= prefixes.min() <= prefixes.max() <= len(data):
        raise Malformed
    return int(prefixes.sum())


def _head(reader: Reader, *, values: int) -> Head:
    block, miniblocks, count, first = reader.varint(), reader.varint(), reader.varint(), reader.zigzag()
    if not 0 < block <= BLOCK or not 0 < miniblocks <= block or count > values:
        raise Malformed
    if block % miniblocks or block // miniblocks % 8:
        raise Malformed
    return Head(miniblocks, block // miniblocks, count, _signed(first))


def _numbers(reader: Reader, *, values: int) -> Numbers:
    """Decode a run of packed numbers (count,), wrapping around as 64-bit integers do."""
    head = _head(reader, values=values)
    steps = [np.array([head.first], np.int64)]
    left = head.count - 1
    while left > 0:
        lowest = _signed(reader.zigzag())
        for width in reader.take(head.miniblocks):
            if left > 0:
                packed = reader.take(head.values_each * width // 8)
                steps.append(_unpacked(packed, width=width, count=head.values_each) + np.int64(lowest))
                left -= head.values_each
    return np.cumsum(np.concatenate(steps)[: head.count])


def _unpacked(packed: bytes, *, width: int, count: int) -> Numbers:
    """Little-endian numbers of `width` bits each, (count,)."""
    if width > 64:
        raise Malformed
    bits = np.unpackbits(np.frombuffer(packed, np.uint8), bitorder="little").reshape(count, width)
    weights = np.uint64(1) << np.arange(width, dtype=np.uint64)
    return (bits.astype(np.uint64) @ weights).astype(np.int64)


def _signed(number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise Malformed
    return number
