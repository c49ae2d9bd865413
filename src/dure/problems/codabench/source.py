"""Opens the members of a bundle again, after it was read."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dure.engines.faults import Fault, Faulty
from dure.problems.codabench.archive import CHUNK, Archive, ReadingStoppedError, copied, opened
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.shelf import INSIDE


@dataclass(frozen=True, slots=True)
class ZipSource:
    """A zip on disk. `digests` holds the sha256 that each member had when the bundle was read."""

    path: Path
    root: str
    limits: Limits
    digests: Mapping[str, str]

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], IO[bytes]]]:
        with ExitStack() as stack:
            stream = stack.enter_context(self.path.open("rb"))
            reader = _Reader(self, self._archive(stream, stack), stack)
            yield reader.open

    def _archive(self, stream: IO[bytes], stack: ExitStack) -> Archive:
        notes = Notes()
        archive = stack.enter_context(opened(stream, limits=self.limits, notes=notes, place=None))
        if archive is None:
            raise Faulty(notes.faults)
        return archive


class _Reader:
    """Keeps the zip, and each zip inside it that was asked for, open while members are read."""

    def __init__(self, source: ZipSource, archive: Archive, stack: ExitStack) -> None:
        self._source = source
        self._archive = archive
        self._stack = stack
        self._inner: dict[str, Archive] = {}

    def open(self, member: str) -> IO[bytes]:
        digest = self._source.digests[member]
        stream = self._copied(member)
        if digest and _digest(stream) != digest:
            stream.close()
            raise Faulty([Fault("member_changed", {"member": member})])
        return stream

    def _copied(self, member: str) -> IO[bytes]:
        outer, inside, name = member.rpartition(INSIDE)
        if inside:
            return _one(self._inside(outer), name, member, self._source.limits)
        root = f"{self._source.root}/" if self._source.root else ""
        return _one(self._archive, root + name, member, self._source.limits)

    def _inside(self, member: str) -> Archive:
        """A zip inside the bundle, or inside such a zip."""
        if member not in self._inner:
            spool = self._stack.enter_context(self._copied(member))
            self._inner[member] = self._source._archive(spool, self._stack)  # noqa: SLF001  # its own reader
        return self._inner[member]


def _one(archive: Archive, name: str, member: str, limits: Limits) -> IO[bytes]:
    try:
        return copied(archive, name, limits=limits)
    except (ReadingStoppedError, KeyError) as error:
        raise Faulty([Fault("member_changed", {"member": member})]) from error


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(CHUNK):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()
