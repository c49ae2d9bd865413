"""Reads a zip, entry by entry. Python's reader trusts the directory's size and holds all of it, so that is bounded first."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from dure.engines.sandbox.collecting import refused
from dure.engines.sandbox.entries import Entry

_END, _END64_PLACE, _END64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_BYTES, _COMMENT_BYTES, _BYTES_PER_ENTRY = 22, 65_535, 512
_CHUNK = 1024**2
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def looks_like(start: bytes) -> bool:
    """Say whether a file begins as a zip does, an empty one among them."""
    return start.startswith((b"PK\x03\x04", _END))


def entries(stream: IO[bytes], *, most_entries: int) -> Iterator[Entry]:
    """Yield the entries. Raises Faulty: `broken_archive`, `too_many_entries`, `not_a_file`, `encrypted`, `unknown_compression`."""
    if _directory_bytes(stream) > most_entries * _BYTES_PER_ENTRY:
        raise refused("too_many_entries", "")
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN:
        raise refused("broken_archive", "") from None
    with archive:
        for info in archive.infolist():
            _judge(info)
            yield Entry(info.filename, info.is_dir(), bool(_mode(info) & 0o100), _pieces(archive, info))


def _judge(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise refused("encrypted", info.filename)
    kind = stat.S_IFMT(_mode(info))
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR) > info.is_dir():
        raise refused("not_a_file", info.filename)
    if info.compress_type not in _METHODS:
        raise refused("unknown_compression", info.filename)
    if "\0" in info.orig_filename:
        raise refused("bad_name", info.orig_filename)


def _mode(info: zipfile.ZipInfo) -> int:
    """Return the mode as Unix has it, in the upper half of the attributes."""
    return info.external_attr >> 16


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as member:
            while piece := member.read(_CHUNK):
                yield piece
    except _BROKEN:
        raise refused("broken_archive", info.filename) from None


def _directory_bytes(stream: IO[bytes]) -> int:
    """Return how long the directory claims to be (APPNOTE 4.3.12 to 4.3.16); what is longer than the file is broken."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_BYTES - _COMMENT_BYTES - 20))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise refused("broken_archive", "")
    claimed = int.from_bytes(tail[at + 12 : at + 16], "little")
    if claimed == 0xFFFFFFFF and at >= 20 and tail[at - 20 :].startswith(_END64_PLACE):
        stream.seek(min(size, int.from_bytes(tail[at - 12 : at - 4], "little")))
        record = stream.read(56)
        if not record.startswith(_END64) or len(record) < 56:
            raise refused("broken_archive", "")
        claimed = int.from_bytes(record[40:48], "little")
    stream.seek(0)
    if claimed > size:
        raise refused("broken_archive", "")
    return claimed
