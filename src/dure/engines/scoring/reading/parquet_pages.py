"""The pages of a Parquet file, walked by their headers: what they hold and how large they decode.

Source of field numbers: `parquet.thrift` of the Apache Parquet format, version 2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.bounds import refuse_large
from dure.engines.scoring.reading.codecs import KNOWN, UNCOMPRESSED, unpacked
from dure.engines.scoring.reading.delta import DELTA, repeated_bytes
from dure.engines.scoring.reading.limits import Limits
from dure.engines.scoring.reading.thrift import Malformed, Reader

PAGES = 200_000
DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE, DATA_PAGE_V2 = range(4)
PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY, BYTE_STREAM_SPLIT = 0, 2, 3, 4, 8, 9
BOUNDED = frozenset({PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY, BYTE_STREAM_SPLIT})
"""Encodings whose decoded size follows from the page header."""
Fields = dict[int, Any]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column of one row group: its metadata, and whether its cells may be empty."""

    metadata: Fields
    optional: bool

    @property
    def codec(self) -> int:
        return int(self.metadata[4])


@dataclass(frozen=True, slots=True)
class Page:
    """A page: header, packed body, and the column chunk it belongs to."""

    header: Fields
    body: memoryview
    chunk: Chunk

    @property
    def kind(self) -> int:
        return int(self.header[1])

    @property
    def size(self) -> int:
        """Bytes after unpacking, as the header declares."""
        return natural(self.header, 2)


def check_pages(data: bytes, groups: list[tuple[int, list[Chunk]]], *, limits: Limits) -> None:
    """Walk all page headers: what decoders allocate by. Their values must sum to the rows of each (rows, chunks)."""
    decoded = pages = 0
    for rows, chunks in groups:
        for chunk in chunks:
            values = 0
            for page in _pages(data, chunk):
                values += _values(page)
                pages += 1
                if values > rows or pages > PAGES:
                    raise Malformed
                decoded += page.size
                refuse_large(size=decoded, limit=limits.decoded_bytes)
                decoded += _repeated(page)
                refuse_large(size=decoded, limit=limits.decoded_bytes)
            if values != rows:
                raise Malformed


def natural(fields: Fields, number: int) -> int:
    """Return a field that may not be negative."""
    value = int(fields[number])
    if value < 0:
        raise Malformed
    return value


def _pages(data: bytes, chunk: Chunk) -> Iterator[Page]:
    """Yield the pages of a column chunk, which must end exactly where the footer says."""
    metadata, view = chunk.metadata, memoryview(data)
    start = min(int(metadata[9]), int(metadata.get(11) or metadata[9]))
    end = start + int(metadata[7])
    if not 4 <= start <= end <= len(data) - 8:
        raise Malformed
    while start < end:
        reader = Reader(data, start)
        header = reader.struct()
        start = reader.at + natural(header, 3)
        yield Page(header, view[reader.at : start], chunk)
    if start != end:
        raise Malformed


def _values(page: Page) -> int:
    """Return how many rows a page holds; dictionaries hold none, but as many entries as they have bytes at most."""
    if page.kind == DICTIONARY_PAGE:
        if not 0 <= int(page.header[7][1]) <= page.size + 1:
            raise Malformed
        return 0
    if page.kind not in {DATA_PAGE, DATA_PAGE_V2}:
        return 0
    if _encoding(page) not in BOUNDED | DELTA:
        raise Faulty([Fault("parquet_encoding")])
    return natural(_head(page), 1)


def _head(page: Page) -> Fields:
    return dict(page.header[5 if page.kind == DATA_PAGE else 8])


def _encoding(page: Page) -> int:
    return int(_head(page)[2 if page.kind == DATA_PAGE else 4])


def _repeated(page: Page) -> int:
    """Bytes that a delta-encoded page decodes to beyond its unpacked size; 0 for every other page."""
    if page.kind not in {DATA_PAGE, DATA_PAGE_V2} or _encoding(page) not in DELTA:
        return 0
    if page.chunk.codec not in KNOWN:
        raise Faulty([Fault("parquet_encoding")])
    values = _after_levels(page) if page.kind == DATA_PAGE else _after_levels_v2(page)
    return repeated_bytes(values, encoding=_encoding(page), values=natural(_head(page), 1))


def _after_levels(page: Page) -> bytes:
    """Unpack a page of version 1 and leave out the levels that mark empty cells: of run-length coding only."""
    body = unpacked(bytes(page.body), codec=page.chunk.codec, size=page.size)
    if not page.chunk.optional:
        return body
    if int(_head(page)[3]) != RLE:
        raise Faulty([Fault("parquet_encoding")])
    return body[4 + int.from_bytes(body[:4], "little") :]


def _after_levels_v2(page: Page) -> bytes:
    """Unpack a page of version 2, whose levels stand before the packed part."""
    head = _head(page)
    levels = natural(head, 5) + natural(head, 6)
    codec = page.chunk.codec if head.get(7, True) else UNCOMPRESSED
    return unpacked(bytes(page.body[levels:]), codec=codec, size=page.size - levels)
