"""Unpacks an archive that a stranger handed in: zip or tar, by its content and not its name.

Every byte is counted as it comes out, whatever the headers claim. An archive that holds anything but plain files and folders, or a
name that could be meant to lead elsewhere, is refused as a whole: nobody honest makes one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from dure.engines.sandbox import tars, zips
from dure.engines.sandbox.collecting import DEEPEST, Budget, refused
from dure.engines.sandbox.entries import Entry

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_LONGEST_NAME = 200
MOST_RATIO, FREE_OF_RATIO = 200, 16 * 1024**2
"""A text packs well; a thousandfold is a bomb. Small files may do as they like."""


def unpack(archive: Path, into: Path, *, max_bytes: int, max_entries: int) -> tuple[str, ...]:
    """Unpack into the new folder `into`, readable by everybody, as a mount must be; return the files' names, sorted.

    Raises Faulty with one of `unknown_archive`, `broken_archive`, `encrypted`, `unknown_compression`, `not_a_file`, `bad_name`,
    `twice`, `too_deep`, `too_many_entries`, `too_many_bytes`, `packed_too_well`; then `into` is gone. Raises FileExistsError
    if it was there before.
    """
    into.mkdir()
    into.chmod(0o755)
    try:
        with archive.open("rb") as stream:
            packed = os.fstat(stream.fileno()).st_size
            budget = _Budget(max_bytes, max_entries, most_by_ratio=max(FREE_OF_RATIO, MOST_RATIO * packed))
            return tuple(sorted(_written(_entries(stream, max_bytes, max_entries), into, budget)))
    except BaseException:
        shutil.rmtree(into)
        raise


@dataclass(slots=True)
class _Budget(Budget):
    """Also bounds what may come out of how little."""

    most_by_ratio: int = 0

    def take(self, count: int, name: str) -> None:
        Budget.take(self, count, name)
        self.most_by_ratio -= count
        if self.most_by_ratio < 0:
            raise refused("packed_too_well", name)


def _entries(stream: IO[bytes], most_bytes: int, most_entries: int) -> Iterator[Entry]:
    start = stream.read(512)
    stream.seek(0)
    if zips.looks_like(start):
        return zips.entries(stream, most_entries=most_entries)
    if tars.looks_like(start):
        return tars.entries(stream, most_bytes=most_bytes, most_entries=most_entries)
    raise refused("unknown_archive", "")


def _written(entries: Iterator[Entry], into: Path, budget: Budget) -> Iterator[str]:
    root = os.open(into, _FOLDER)
    try:
        for entry in entries:
            budget.take_entry(entry.name)
            parts = _parts(entry.name)
            if entry.is_folder:
                os.close(_folder(root, parts, budget))
            elif parts:
                _write(entry, root, parts, budget)
                yield "/".join(parts)
    finally:
        os.close(root)


def _parts(name: str) -> tuple[str, ...]:
    """Return the folders and the name, checked: relative, plain, printable, no longer and no deeper than people make them."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not name.isprintable():
        raise refused("bad_name", name)
    if any(len(part.encode(errors="surrogateescape")) > _LONGEST_NAME for part in path.parts):
        raise refused("bad_name", name)
    if len(path.parts) > DEEPEST:
        raise refused("too_deep", name)
    return path.parts


def _folder(root: int, parts: tuple[str, ...], budget: Budget) -> int:
    """Return a descriptor of a folder below `root`, made where it is missing; folders that no entry names are counted, too."""
    current = os.dup(root)
    for part in parts:
        try:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=current)
                budget.take_entry(part)
            below = os.open(part, _FOLDER, dir_fd=current)
            os.fchmod(below, 0o755)
        except NotADirectoryError:
            raise refused("twice", part) from None
        finally:
            os.close(current)
        current = below
    return current


def _write(entry: Entry, root: int, parts: tuple[str, ...], budget: Budget) -> None:
    folder = _folder(root, parts[:-1], budget)
    try:
        descriptor = os.open(parts[-1], _NEW_FILE, dir_fd=folder)
        os.fchmod(descriptor, 0o755 if entry.executable else 0o644)
    except FileExistsError:
        raise refused("twice", entry.name) from None
    finally:
        os.close(folder)
    with os.fdopen(descriptor, "wb") as file:
        for piece in entry.pieces:
            budget.take(len(piece), entry.name)
            file.write(piece)
