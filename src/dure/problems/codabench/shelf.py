"""Finds what the references of a bundle lead to, inside the archive and nowhere else."""

import hashlib
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from dure.problems.codabench.archive import (
    IN_MEMORY,
    Archive,
    Budget,
    ReadingStoppedError,
    opened,
    shown,
    tidy,
    unsafe_path,
)
from dure.problems.codabench.fields import Section
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.manifest import TASK, Manifest, find_manifest, read_manifest
from dure.problems.codabench.model import Entry, Files
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.texts import decoded

INSIDE: Final = "//"
"""Stands between the path of a zip in the bundle and a path inside that zip; no tidied path holds it."""

METADATA_NAMES: Final = ("metadata.yaml", "metadata")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the shelves of one bundle share; `kept` holds the metadata files met, by member."""

    limits: Limits
    notes: Notes
    budget: Budget
    kept: dict[str, bytes] = field(default_factory=dict)


class Shelf:
    """The files a manifest describes: all under its folder, in the bundle or in one archive inside it.

    `within` stands before the members of an inner shelf: `one/` for a folder, `one.zip//` for a zip.
    """

    def __init__(
        self, archive: Archive, manifest: Manifest, *, around: Surroundings, within: str = ""
    ) -> None:
        self.limits = around.limits
        self.notes = around.notes
        self._around = around
        self._archive = archive
        self._manifest = manifest
        self._prefix = f"{manifest.root}/" if manifest.root else ""
        self._within = within
        self._found: dict[str, Files] = {}

    @classmethod
    def of(cls, archive: Archive, manifest: Manifest, *, limits: Limits, notes: Notes) -> "Shelf":
        """The shelf of a whole bundle."""
        budget = Budget(limits.decoded_bytes, limits.entries_in_all - len(archive.files))
        return cls(archive, manifest, around=Surroundings(limits, notes, budget))

    def files(self, reference: Any, *, place: str) -> Files | None:
        """What a reference leads to; None where there is none or it is refused (with a fault)."""
        if reference is None or reference == "":
            return None
        path = self._path(reference, place)
        return self._resolved(path, place) if path else None

    def packed(self, reference: Any, *, place: str) -> Files | None:
        """A zip that a task bundle lists: unlike what a competition names, it must be there and be one."""
        path = self._path(reference, place)
        if path is None:
            return None
        found = self._cached(path, place)
        if not found.is_here:
            self.notes.fault("zip_missing", place, path=shown(path))
        elif found.kind != "zip":
            self.notes.fault("zip_wanted", place, path=shown(path))
        return found if found.kind == "zip" else None

    @contextmanager
    def task(self, reference: Any, *, place: str) -> Iterator[tuple["Shelf", Section] | None]:
        """The shelf and the manifest of a task bundle inside this one; None where it is refused."""
        path = self._path(reference, place)
        name = f"{self._prefix}{path}"
        if path and self._archive.holds_folder(name):
            yield self._task_in(self._archive, Manifest(TASK, name), f"{path}/", place)
        elif path and name in self._archive.files:
            with self._unpacked(path, place) as inner:
                found = find_manifest(inner, (TASK,), notes=self.notes, place=place) if inner else None
                root = f"{found.root}/" if found and found.root else ""
                within = f"{path}{INSIDE}{root}"
                yield self._task_in(inner, found, within, place) if inner and found else None
        else:
            if path:
                self.notes.fault("zip_missing", place, path=shown(path))
            yield None

    def _task_in(
        self, archive: Archive, manifest: Manifest, within: str, place: str
    ) -> tuple["Shelf", Section] | None:
        if manifest.path not in archive.files:
            self.notes.fault("manifest_missing", place, name=manifest.name)
            return None
        section = read_manifest(archive, manifest, limits=self.limits, notes=self.notes, prefix=place)
        shelf = Shelf(archive, manifest, around=self._around, within=self._within + within)
        return (shelf, section) if section else None

    def _path(self, reference: Any, place: str) -> str | None:
        """The tidied path of a reference; None with a fault where it is none or leads out."""
        if not isinstance(reference, str) or not reference.strip():
            self.notes.fault("type_wrong", place, expected="path", found=type(reference).__name__)
            return None
        path = tidy(unicodedata.normalize("NFC", reference.strip()))
        if unsafe_path(reference.strip()) or not path:
            self.notes.fault("reference_unsafe", place, path=shown(reference))
            return None
        if path == self._manifest.name:
            self.notes.fault("reference_to_manifest", place, path=path)
            return None
        return path

    def data(self, reference: Any, *, place: str) -> Files | None:
        """Like `files`, for a data set: a zip or a folder by rule; a plain file is taken and said."""
        found = self.files(reference, place=place)
        if found is not None and found.kind == "file":
            self.notes.warn("data_plain_file", place, path=found.path)
        return found

    def text(self, files: Files, *, place: str) -> str:
        """The text of a plain file, UTF-8 or CP949; empty with a note where it cannot be read."""
        if files.kind != "file":
            return ""
        if files.size > self.limits.text_bytes:
            self.notes.fault("text_too_large", place, limit=self.limits.text_bytes)
            return ""
        raw = io.BytesIO()
        self._read(self._archive, self._prefix + files.path, raw.write, place)
        return decoded(raw.getvalue(), place=place, notes=self.notes)

    def metadata(self, files: Files) -> tuple[Entry, bytes] | None:
        """The metadata file of a program: at its top, or in the one folder that holds all of it."""
        by_path = {entry.path: entry for entry in files.entries}
        tops = {path.split("/")[0] for path in by_path}
        roots = ["", *(f"{top}/" for top in tops if len(tops) == 1)]
        for root in roots:
            for name in METADATA_NAMES:
                entry = by_path.get(root + name)
                if entry is not None and entry.member in self._around.kept:
                    return entry, self._around.kept[entry.member]
        return None

    def _resolved(self, path: str, place: str) -> Files:
        found = self._cached(path, place)
        if found.kind == "missing":
            self.notes.warn("reference_missing", place, path=shown(path))
        elif found.kind == "elsewhere":
            self.notes.warn("reference_elsewhere", place, key=path)
        return found

    def _cached(self, path: str, place: str) -> Files:
        if path not in self._found:
            self._found[path] = self._looked_up(path, place)
        return self._found[path]

    def _looked_up(self, path: str, place: str) -> Files:
        name = self._prefix + path
        member = self._within + path
        if name in self._archive.files:
            if path.lower().endswith(".zip"):
                return Files(member, "zip", self._inside(path, place))
            return Files(member, "file", tuple(self._entries([(path, member, name)], self._archive, place)))
        if self._archive.holds_folder(name):
            return Files(member, "folder", self._folder(path, place))
        return Files(path, "elsewhere" if _UUID.fullmatch(path) else "missing")

    def _folder(self, path: str, place: str) -> tuple[Entry, ...]:
        if self._prefix + path + ".zip" in self._archive.files:
            self.notes.warn("folder_and_zip", place, path=shown(path))
        start = f"{self._prefix}{path}/"
        names = sorted(name for name in self._archive.files if name.startswith(start))
        found = [(name[len(start) :], self._within + name[len(self._prefix) :], name) for name in names]
        return tuple(self._entries(found, self._archive, place))

    def _inside(self, path: str, place: str) -> tuple[Entry, ...]:
        """The files of a zip inside the bundle. Zips inside that one stay closed."""
        if self._archive.holds_folder(self._prefix + path.removesuffix(".zip")):
            self.notes.warn("folder_and_zip", place, path=shown(path.removesuffix(".zip")))
        with self._unpacked(path, place) as inner:
            if inner is None:
                return ()
            start = self._within + path + INSIDE
            found = [(name, start + name, name) for name in sorted(inner.files)]
            return tuple(self._entries(found, inner, place))

    @contextmanager
    def _unpacked(self, path: str, place: str) -> Iterator[Archive | None]:
        """An archive inside this one, judged as strictly; its entries and bytes count with those of all the others."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
            before = len(self.notes.faults)
            self._read(self._archive, self._prefix + path, spool.write, place)
            if len(self.notes.faults) > before:
                yield None
                return
            spool.seek(0)
            with opened(spool, limits=self.limits, notes=self.notes, place=place) as inner:
                if inner is None or self._around.budget.take_entries(len(inner.files)):
                    yield inner
                    return
                self.notes.fault("archive_too_many_entries", place, limit=self.limits.entries_in_all)
                yield None

    def _entries(self, found: list[tuple[str, str, str]], archive: Archive, place: str) -> Iterator[Entry]:
        for path, member, name in found:
            digest = hashlib.sha256()
            kept = io.BytesIO()
            keep = path.rpartition("/")[2] in METADATA_NAMES and (
                archive.files[name].file_size <= self.limits.yaml_bytes
            )
            size = self._read(archive, name, _both(digest.update, kept.write if keep else None), place)
            if keep:
                self._around.kept[member] = kept.getvalue()
            yield Entry(path, member, size, digest.hexdigest())

    def _read(self, archive: Archive, name: str, each: Any, place: str) -> int:
        try:
            return archive.read(name, budget=self._around.budget, each=each)
        except ReadingStoppedError as stop:
            if stop.code == "entry_damaged":
                self.notes.fault("entry_damaged", place, name=shown(name))
            else:
                self.notes.fault("archive_decoded_too_large", place, limit=self.limits.decoded_bytes)
            return 0


def _both(first: Any, second: Any) -> Any:
    def each(piece: bytes) -> None:
        first(piece)
        if second is not None:
            second(piece)

    return each
