"""A zip that a stranger made: names are judged before anything is read, and reading is bounded and never unpacks.

Nothing here writes a file under a name from the archive. Decoded bytes go to nameless temporary files or
memory.
"""

import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final

from dure.problems.codabench.limits import Limits
from dure.problems.codabench.notes import Notes

CHUNK: Final = 1024 * 1024
IN_MEMORY: Final = 8 * CHUNK
_JUNK: Final = re.compile(r"(^|/)(__MACOSX(/|$)|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$|[^/]*~$)")
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LOCAL_HEADER: Final = 30
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_READABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    OSError,
)


class ReadingStoppedError(Exception):
    """An entry cannot be read to its end: `code` says why, in the words of `fault_codes`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Budget:
    """Decoded bytes and entries that may still be read, shared by an archive and the archives inside it."""

    left: int
    entries: int = 0

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ReadingStoppedError("archive_decoded_too_large")

    def take_entries(self, count: int) -> bool:
        """Whether that many entries may still be looked at; they are taken."""
        self.entries -= count
        return self.entries >= 0


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip whose every entry was found safe: file names (NFC, `/` between folders) to their entries."""

    zip: zipfile.ZipFile
    files: Mapping[str, zipfile.ZipInfo]
    folders: frozenset[str]

    def read(self, name: str, *, budget: Budget, each: Callable[[bytes], object]) -> int:
        """Hands the bytes of a file to `each`, piece by piece, and gives their number.

        Raises ReadingStoppedError where the entry is damaged or the budget is spent.
        """
        size = 0
        try:
            with self.zip.open(self.files[name]) as stream:
                while piece := stream.read(CHUNK):
                    budget.take(len(piece))
                    size += len(piece)
                    each(piece)
        except _DAMAGED as error:
            raise ReadingStoppedError("entry_damaged") from error
        return size

    def holds_folder(self, path: str) -> bool:
        return path in self.folders


def copied(archive: Archive, name: str, *, limits: Limits) -> IO[bytes]:
    """The bytes of one entry in a nameless temporary file, from its beginning; the caller closes it."""
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # handed to the caller open
    try:
        archive.read(name, budget=Budget(limits.member_bytes), each=spool.write)
    except ReadingStoppedError:
        spool.close()
        raise
    spool.seek(0)
    return spool


@contextmanager
def opened(stream: IO[bytes], *, limits: Limits, notes: Notes, place: str | None) -> Iterator[Archive | None]:
    """The archive in a seekable stream; None where it is refused, and then `notes` say why."""
    size = _directory_bytes(stream)
    if size is not None and size > limits.entries * limits.directory_bytes_per_entry:
        notes.fault("archive_too_many_entries", place, limit=limits.entries)
        yield None
        return
    try:
        bundle = zipfile.ZipFile(stream)
    except _DAMAGED:
        notes.fault("archive_broken", place)
        yield None
        return
    with bundle:
        yield _judged(bundle, limits=limits, notes=notes, place=place)


def _directory_bytes(stream: IO[bytes]) -> int | None:
    """Size the zip states for its directory: read first, as parsing a huge one takes memory without bound."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return None
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 48:
        return int(struct.unpack_from("<Q", tail, wide + 40)[0])
    return int(struct.unpack_from("<I", tail, at + 12)[0])


def _judged(bundle: zipfile.ZipFile, *, limits: Limits, notes: Notes, place: str | None) -> Archive | None:
    infos = bundle.infolist()
    before = len(notes.faults)
    if len(infos) > limits.entries:
        notes.fault("archive_too_many_entries", place, limit=limits.entries)
        return None
    names = [_name(info, notes=notes, place=place) for info in infos]
    for name, info in zip(names, infos, strict=True):
        _judge_name(name, info, limits=limits, notes=notes, place=place)
        _judge_entry(name, info, limits=limits, notes=notes, place=place)
    _judge_whole(infos, limits=limits, notes=notes, place=place)
    if len(notes.faults) > before:
        return None
    archive = _indexed(bundle, _last_of(names, infos, notes=notes, place=place), notes=notes, place=place)
    return archive if len(notes.faults) == before else None


def _name(info: zipfile.ZipInfo, *, notes: Notes, place: str | None) -> str:
    """The name as its maker meant it: Korean Windows writes CP949 without saying so, and macOS decomposes."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            notes.warn("entry_name_recoded", place, encoding=encoding)
            break
    return unicodedata.normalize("NFC", name)


def shown(name: str) -> str:
    """A name from the archive, fit to stand in a message."""
    return _CONTROL.sub("?", name.encode(errors="replace").decode())[:120]


def unsafe_path(path: str) -> bool:
    """Whether a path could lead out of its folder on any system: `..`, absolute, drive letter, backslash."""
    parts = path.split("/")
    return (
        path.startswith("/")
        or "\\" in path
        or ".." in parts
        or _DRIVE.match(path) is not None
        or _CONTROL.search(path) is not None
        or any("\ud800" <= char <= "\udfff" for char in path)
    )


def _judge_name(name: str, info: zipfile.ZipInfo, *, limits: Limits, notes: Notes, place: str | None) -> None:
    if unsafe_path(name) or unsafe_path(info.orig_filename):
        notes.fault("entry_path_unsafe", place, name=shown(name))
    if len(name) > limits.name_length:
        notes.fault("entry_name_too_long", place, name=shown(name), limit=limits.name_length)


def _judge_entry(
    name: str, info: zipfile.ZipInfo, *, limits: Limits, notes: Notes, place: str | None
) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        notes.fault("entry_symlink", place, name=shown(name))
    elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        notes.fault("entry_special", place, name=shown(name))
    if info.flag_bits & _ENCRYPTED:
        notes.fault("entry_encrypted", place, name=shown(name))
    if info.compress_type not in _READABLE:
        notes.fault("entry_compression_unknown", place, name=shown(name))
    if info.file_size > limits.member_bytes:
        notes.fault("entry_too_large", place, name=shown(name), limit=limits.member_bytes)
    if info.file_size > max(limits.ratio_floor_bytes, limits.ratio * info.compress_size):
        notes.fault("entry_ratio", place, name=shown(name), limit=limits.ratio)


def _judge_whole(infos: list[zipfile.ZipInfo], *, limits: Limits, notes: Notes, place: str | None) -> None:
    if sum(info.file_size for info in infos) > limits.decoded_bytes:
        notes.fault("archive_decoded_too_large", place, limit=limits.decoded_bytes)
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            notes.fault("archive_overlap", place)
            return
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _last_of(
    names: list[str], infos: list[zipfile.ZipInfo], *, notes: Notes, place: str | None
) -> dict[str, zipfile.ZipInfo]:
    """Entries by name without the junk that desktops leave; of entries with one name the last stands."""
    wanted = [(tidy(name), info) for name, info in zip(names, infos, strict=True) if not _JUNK.search(name)]
    if len(wanted) < len(infos):
        notes.warn("junk_skipped", place, count=len(infos) - len(wanted))
    for name, count in Counter(name for name, info in wanted if not info.is_dir()).items():
        if count > 1:
            notes.warn("entry_duplicate", place, name=shown(name), count=count)
    return {name + "/" * info.is_dir(): info for name, info in wanted if name}


def tidy(path: str) -> str:
    """A path without empty and `.` parts, so that `./data//` is `data`."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _indexed(
    bundle: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], *, notes: Notes, place: str | None
) -> Archive:
    files = {name: info for name, info in entries.items() if not name.endswith("/")}
    folders = {name.rstrip("/") for name in entries if name.endswith("/")}
    for name in entries:
        parts = name.rstrip("/").split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    for name in sorted(folders & files.keys()):
        notes.fault("entry_file_and_folder", place, name=shown(name))
    return Archive(bundle, files, frozenset(folders))
