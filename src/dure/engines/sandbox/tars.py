"""Reads a tar, plain or packed with gzip, bzip2 or xz, as a stream: each byte that is unpacked, headers among them, is counted."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO

from dure.engines.sandbox.collecting import Budget, refused
from dure.engines.sandbox.entries import Entry

_CHUNK = 1024**2
_HEADER_BYTES = 64 * 1024
_OVERHEAD_PER_ENTRY = 2048
_BROKEN = (tarfile.TarError, RecursionError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)


class Counted(io.RawIOBase):
    """A packed stream's content, read no further than the budget and never in one piece of a size that a header dictates."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes. Raises Faulty at the end of the budget."""
        if not 0 <= size <= _CHUNK:
            raise refused("broken_archive", "")
        data = self._stream.read(size)
        self._budget.take(len(data), "")
        return data


def looks_like(start: bytes) -> bool:
    """Say whether a file begins as a tar does, or as what one is packed with."""
    return start[257:262] == b"ustar" or start.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"))


def entries(stream: IO[bytes], *, most_bytes: int, most_entries: int) -> Iterator[Entry]:
    """Yield the entries. Raises Faulty: `broken_archive`, `too_many_bytes`, `not_a_file`."""
    budget = Budget(most_bytes + most_entries * _OVERHEAD_PER_ENTRY + _CHUNK, most_entries)
    counted = Counted(_unpacked(stream), budget)
    try:
        with tarfile.open(fileobj=counted, mode="r|", bufsize=_HEADER_BYTES) as archive:
            for member in archive:
                if not (member.isreg() or member.isdir()) or member.issparse():
                    raise refused("not_a_file", member.name)
                yield Entry(member.name, member.isdir(), bool(member.mode & 0o100), _pieces(archive, member))
    except _BROKEN:
        raise refused("broken_archive", "") from None


def _unpacked(stream: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    start = stream.read(6)
    stream.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if start.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if start.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(stream)
    return stream


def _pieces(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    content = archive.extractfile(member)
    try:
        while content and (piece := content.read(_CHUNK)):
            yield piece
    except _BROKEN:
        raise refused("broken_archive", member.name) from None
