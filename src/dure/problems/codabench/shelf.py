"""Finds what the references of a bundle lead to, inside the archive and nowhere else."""

import hashlib
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from typing import IO, Any, Final

from dure.problems.codabench.archive import (
    Archive,
    Budget,
    ReadingStoppedError,
    opened,
    shown,
    tidy,
    unsafe_path,
)
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.model import Entry, Files
from dure.problems.codabench.notes import Notes

INSIDE: Final = "//"
"""Stands between the path of a zip in the bundle and a path inside that zip; no tidied path holds it."""

METADATA_NAMES: Final = ("metadata.yaml", "metadata")
_IN_MEMORY: Final = 8 * 1024 * 1024
_UUID: Final = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


class Shelf:
    """The files of a bundle under its root folder (empty, or the one wrapper folder)."""

    def __init__(self, archive: Archive, *, root: str, limits: Limits, notes: Notes) -> None:
        self.limits = limits
        self.notes = notes
        self._archive = archive
        self._prefix = f"{root}/" if root else ""
        self._budget = Budget(limits.decoded_bytes)
        self._found: dict[str, Files] = {}
        self._kept: dict[str, bytes] = {}

    def files(self, reference: Any, *, place: str, manifest: str = "competition.yaml") -> Files | None:
        """What a reference leads to; None where there is none or it is refused (with a fault)."""
        if reference is None or reference == "":
            return None
        if not isinstance(reference, str) or not reference.strip():
            self.notes.fault("type_wrong", place, expected="path", found=type(reference).__name__)
            return None
        path = tidy(unicodedata.normalize("NFC", reference.strip()))
        if unsafe_path(reference.strip()) or not path:
            self.notes.fault("reference_unsafe", place, path=shown(reference))
            return None
        if path == manifest:
            self.notes.fault("reference_to_manifest", place, path=path)
            return None
        return self._resolved(path, place)

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
                if entry is not None and entry.member in self._kept:
                    return entry, self._kept[entry.member]
        return None

    def _resolved(self, path: str, place: str) -> Files:
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._looked_up(path, place)
        if found.kind == "missing":
            self.notes.warn("reference_missing", place, path=shown(path))
        elif found.kind == "elsewhere":
            self.notes.warn("reference_elsewhere", place, key=path)
        return found

    def _looked_up(self, path: str, place: str) -> Files:
        name = self._prefix + path
        if name in self._archive.files:
            if path.lower().endswith(".zip"):
                return Files(path, "zip", self._inside(path, place))
            return Files(path, "file", tuple(self._entries([(path, path, name)], self._archive, place)))
        if self._archive.holds_folder(name):
            return Files(path, "folder", self._folder(path, place))
        return Files(path, "elsewhere" if _UUID.fullmatch(path) else "missing")

    def _folder(self, path: str, place: str) -> tuple[Entry, ...]:
        if self._prefix + path + ".zip" in self._archive.files:
            self.notes.warn("folder_and_zip", place, path=shown(path))
        start = f"{self._prefix}{path}/"
        names = sorted(name for name in self._archive.files if name.startswith(start))
        found = [(name[len(start) :], name[len(self._prefix) :], name) for name in names]
        return tuple(self._entries(found, self._archive, place))

    def _inside(self, path: str, place: str) -> tuple[Entry, ...]:
        """The files of a zip inside the bundle. Zips inside that one stay closed."""
        if self._archive.holds_folder(self._prefix + path.removesuffix(".zip")):
            self.notes.warn("folder_and_zip", place, path=shown(path.removesuffix(".zip")))
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
            if not self._read(self._archive, self._prefix + path, spool.write, place):
                return ()
            spool.seek(0)
            with opened(spool, limits=self.limits, notes=self.notes, place=place) as inner:
                if inner is None:
                    return ()
                found = [(name, path + INSIDE + name, name) for name in sorted(inner.files)]
                return tuple(self._entries(found, inner, place))

    def _entries(self, found: list[tuple[str, str, str]], archive: Archive, place: str) -> Iterator[Entry]:
        for path, member, name in found:
            digest = hashlib.sha256()
            kept = io.BytesIO()
            keep = path.rpartition("/")[2] in METADATA_NAMES and (
                archive.files[name].file_size <= self.limits.yaml_bytes
            )
            size = self._read(archive, name, _both(digest.update, kept.write if keep else None), place)
            if keep:
                self._kept[member] = kept.getvalue()
            yield Entry(path, member, size, digest.hexdigest())

    def _read(self, archive: Archive, name: str, each: Any, place: str) -> int:
        try:
            return archive.read(name, budget=self._budget, each=each)
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


def decoded(raw: bytes, *, place: str, notes: Notes) -> str:
    """Text from bytes: UTF-8, else CP949 (said); empty with a fault where it is neither."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp949")
    except UnicodeDecodeError:
        notes.fault("text_undecodable", place)
        return ""
    notes.warn("text_recoded", place, encoding="cp949")
    return text


def copied(archive: Archive, name: str, *, limits: Limits) -> IO[bytes]:
    """The bytes of one entry in a nameless temporary file, from its beginning; the caller closes it."""
    spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # handed to the caller open
    try:
        archive.read(name, budget=Budget(limits.member_bytes), each=spool.write)
    except ReadingStoppedError:
        spool.close()
        raise
    spool.seek(0)
    return spool
