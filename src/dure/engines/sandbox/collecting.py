"""Takes files out of a folder that a stranger filled, and perhaps still fills.

Nothing is looked up by a path: each folder and file is opened below the descriptor of the one above it, without following links,
and judged by what was opened. So nothing can be swapped between the look and the copy.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.engines.faults import Fault, Faulty
from dure.engines.sandbox.outcome import CollectedFile

DEEPEST = 16
LONGEST_NAME = 500
"""Of a file with its folders, in characters: whoever keeps what came out has to have room for its name."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_CHUNK = 1024**2


@dataclass(slots=True)
class Budget:
    """What may still come: entries (folders count, too) and bytes. Taking more raises Faulty."""

    bytes: int
    entries: int

    def take_entry(self, name: str) -> None:
        """Count one entry."""
        self.entries -= 1
        if self.entries < 0:
            raise refused("too_many_entries", name)

    def take(self, count: int, name: str) -> None:
        """Count bytes that were really read."""
        self.bytes -= count
        if self.bytes < 0:
            raise refused("too_many_bytes", name)


def refused(code: str, name: str) -> Faulty:
    """Return the fault of one entry; its name is shown without what could confuse a terminal or a log."""
    shown = name.encode(errors="backslashreplace").decode()
    return Faulty([Fault(code, place="".join(c if c.isprintable() else "?" for c in shown)[:200])])


def collect(source: Path | int, into: Path, *, max_bytes: int, max_entries: int) -> tuple[CollectedFile, ...]:
    """Copy every regular file below `source` into the new folder `into`; return them by name.

    `source` is a folder or its descriptor. Raises Faulty with one of `not_a_file` (a link, a pipe, a socket, a device),
    `second_name` (a hard link), `unreadable`, `bad_name`, `too_deep`, `too_many_entries`, `too_many_bytes`; what was
    copied until then is left for the caller to throw away. Raises FileExistsError if `into` is there.
    """
    into.mkdir(mode=0o700)
    budget = Budget(max_bytes, max_entries)
    with _opened(source, _FOLDER, None) as outside, _opened(into, _FOLDER, None) as inside:
        return tuple(sorted(_copied(outside, inside, "", budget), key=lambda file: file.name))


def _copied(outside: int, inside: int, prefix: str, budget: Budget) -> Iterator[CollectedFile]:
    if prefix.count("/") > DEEPEST:
        raise refused("too_deep", prefix)
    for entry in _names(outside, prefix, budget):
        name = prefix + entry
        kind = _kind(outside, entry, name)
        if stat.S_ISDIR(kind):
            os.mkdir(entry, 0o700, dir_fd=inside)
            with _stranger(entry, _FOLDER, outside, name) as below, _opened(entry, _FOLDER, inside) as copy:
                yield from _copied(below, copy, f"{name}/", budget)
        elif stat.S_ISREG(kind):
            yield _copy(entry, outside, inside, name=name, budget=budget)
        else:
            raise refused("not_a_file", name)


def _names(folder: int, prefix: str, budget: Budget) -> list[str]:
    """Return the folder's entries, counted while they are read: a folder of ten million names is never held."""
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            budget.take_entry(prefix + entry.name)
            if not _is_plain(prefix, entry.name):
                raise refused("bad_name", prefix + entry.name)
            names.append(entry.name)
    return names


def _is_plain(prefix: str, entry: str) -> bool:
    return entry.isprintable() and "\\" not in entry and len(prefix) + len(entry) <= LONGEST_NAME


def _kind(folder: int, entry: str, name: str) -> int:
    """Return the mode of an entry, links not followed. Only a first look; what is opened is judged once more."""
    try:
        return os.stat(entry, dir_fd=folder, follow_symlinks=False).st_mode
    except OSError:
        raise refused("unreadable", name) from None


def _copy(entry: str, outside: int, inside: int, *, name: str, budget: Budget) -> CollectedFile:
    digest, size = hashlib.sha256(), 0
    with _stranger(entry, _FILE, outside, name) as source:
        facts = os.fstat(source)
        if not stat.S_ISREG(facts.st_mode):
            raise refused("not_a_file", name)
        if facts.st_nlink != 1:
            raise refused("second_name", name)
        with _opened(entry, _NEW, inside) as target, open(target, "wb", closefd=False) as copy:
            while data := os.read(source, _CHUNK):
                budget.take(len(data), name)
                copy.write(data)
                digest.update(data)
                size += len(data)
    return CollectedFile(name, size, digest.hexdigest())


@contextmanager
def _stranger(entry: str, flags: int, folder: int, name: str) -> Iterator[int]:
    """Open what the stranger made; that it cannot be opened is the stranger's fault."""
    try:
        descriptor = os.open(entry, flags, dir_fd=folder)
    except OSError as error:
        raise refused("not_a_file" if _is_a_link(error) else "unreadable", name) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_a_link(error: OSError) -> bool:
    return error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}  # the last: a socket


@contextmanager
def _opened(path: Path | str | int, flags: int, folder: int | None) -> Iterator[int]:
    if isinstance(path, int):
        yield path
        return
    descriptor = os.open(path, flags, 0o600, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
