"""Unpack one page of a Parquet file into exactly as many bytes as its header declares.

Source of codec numbers: `CompressionCodec` in `parquet.thrift` of the Apache Parquet format.
"""

from collections.abc import Callable, Mapping

import cramjam

from dure.engines.scoring.reading.thrift import Malformed

UNCOMPRESSED = 0
UNPACKERS: Mapping[int, Callable[[bytes, bytearray], int]] = {
    1: cramjam.snappy.decompress_raw_into,
    2: cramjam.gzip.decompress_into,
    4: cramjam.brotli.decompress_into,
    6: cramjam.zstd.decompress_into,
    7: cramjam.lz4.decompress_block_into,
}
KNOWN = frozenset({UNCOMPRESSED, *UNPACKERS})


def unpacked(body: bytes, *, codec: int, size: int) -> bytes:
    """Unpack `body`; `size` bytes. Raises `Malformed` when it holds any other number; never allocates more than `size`."""
    if codec == UNCOMPRESSED:
        out = bytes(body)
    else:
        room = bytearray(size)
        out = bytes(room[: _unpack(body, room, codec=codec)])
    if len(out) != size:
        raise Malformed
    return out


def _unpack(body: bytes, room: bytearray, *, codec: int) -> int:
    try:
        return UNPACKERS[codec](body, room)
    except cramjam.DecompressionError as error:
        raise Malformed from error
