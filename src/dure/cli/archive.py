"""The backup file: one tar with the database's dump, the files, and last a manifest of hashes.

Written and read as a stream, so memory does not grow with the installation. A blob's name is its SHA-256, which is
checked on both ways; the manifest holds the hash of everything else, and of all blob names together. A file that
was cut off has no manifest and is refused.
"""

import hashlib
import io
import json
import re
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dure.cli.words import either

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
# What else makes an installation itself: the key its signatures rest on, and that its demo was loaded.
EXTRAS = ("secret_key", "demo_loaded")
# Keys that sign credentials (`learn.credentials.keyring`): without them, old credentials could not be revoked any more.
KEYS = "badges"
_KEY = re.compile(rf"{KEYS}/[A-Za-z0-9_-]{{43}}\.pem")
_BLOB = re.compile(r"blobs/(?:[0-9a-f]{2}/)*([0-9a-f]{64})")
_LONGEST_MANIFEST = 1024 * 1024


def extras(folder: Path) -> list[str]:
    """The names of what else is kept of a data folder, as far as it is there."""
    keys = sorted(f"{KEYS}/{file.name}" for file in (folder / KEYS).glob("*.pem"))
    return [*(name for name in EXTRAS if (folder / name).exists()), *filter(_KEY.fullmatch, keys)]


class ArchiveError(RuntimeError):
    """The backup is damaged, incomplete, or not one of ours; the message names what."""


class _Hashing(io.RawIOBase):
    """Reads a stream and keeps the hash of what went through."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._digest.update(data)
        return data

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


@dataclass
class Contents:
    """What a backup holds: `files` by name with size and sha256, and the blobs counted and hashed in order."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    blobs: int = 0
    blob_bytes: int = 0
    names: Any = field(default_factory=hashlib.sha256)
    facts: dict[str, Any] = field(default_factory=dict)

    def count_blob(self, sha256: str, size: int) -> None:
        self.blobs += 1
        self.blob_bytes += size
        self.names.update(sha256.encode())

    def manifest(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "files": self.files,
            "blobs": {"count": self.blobs, "bytes": self.blob_bytes, "names_sha256": self.names.hexdigest()},
            **self.facts,
        }


class Writer:
    """Adds files to a backup; `finish` writes the manifest."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 — closed in finish
        self.contents = Contents()

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            size = path.stat().st_size
            self.contents.files[name] = {"size": size, "sha256": self._add(name, source, size)}

    def add_blob(self, sha256: str, content: IO[bytes], size: int) -> None:
        """Add a blob of `size` bytes; ArchiveError where its content is no longer what its name says."""
        found = self._add(f"blobs/{sha256[:2]}/{sha256[2:4]}/{sha256}", content, size)
        if found != sha256:
            raise ArchiveError(
                either(
                    f"the file {sha256} changed while it was read: its content has the hash {found}",
                    f"읽는 동안 내용이 바뀌었습니다: 파일 {sha256}, 내용의 해시 {found}",
                )
            )
        self.contents.count_blob(sha256, size)

    def _add(self, name: str, content: IO[bytes], size: int) -> str:
        """Add a file and return its hash."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        hashing = _Hashing(content)
        self._tar.addfile(info, hashing)
        _forget(self._tar)
        return hashing.sha256

    def finish(self, facts: dict[str, Any]) -> dict[str, Any]:
        self.contents.facts = facts
        text = json.dumps(self.contents.manifest(), indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))
        self._tar.close()
        return self.contents.manifest()


def _forget(tar: tarfile.TarFile) -> None:
    """Empty the list of members that tarfile keeps: it would grow with the number of blobs."""
    tar.members.clear()  # type: ignore[attr-defined]  # a public list that typeshed does not know


@contextmanager
def _members(source: IO[bytes]) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            yield tar
    except tarfile.TarError as error:
        raise ArchiveError(
            either(f"this is not a whole backup: {error}", f"온전한 백업이 아닙니다: {error}")
        ) from error


Keep = Callable[[str, Path], None]


def unpack(source: IO[bytes], folder: Path, *, keep: Keep | None = None) -> dict[str, Any]:
    """Unpack a backup into an empty folder, check every hash, and return its manifest.

    `keep` gets each blob's hash and file as soon as it is checked, and may take the file away.

    Raises:
        ArchiveError: anything in it is not as the manifest says; what was unpacked must then be thrown away.
    """
    found = Contents()
    manifest: dict[str, Any] | None = None
    with _members(source) as tar:
        for info in tar:
            _forget(tar)
            if manifest is not None:
                raise ArchiveError(
                    either(
                        f"{info.name} stands behind the manifest",
                        f"목록 뒤에 다른 파일이 있습니다: {info.name}",
                    )
                )
            if info.name == MANIFEST:
                manifest = _read_manifest(tar, info)
            else:
                _unpack_one(tar, info, folder, found, keep)
    if manifest is None:
        raise ArchiveError(
            either(
                "the manifest is missing: the file was cut off, or is no backup of Dure",
                "목록이 없습니다. 파일이 잘렸거나 두레의 백업이 아닙니다",
            )
        )
    _compare(found.manifest(), manifest)
    return manifest


def _read_manifest(tar: tarfile.TarFile, info: tarfile.TarInfo) -> dict[str, Any]:
    content = tar.extractfile(info)
    if content is None or info.size > _LONGEST_MANIFEST:
        raise ArchiveError(
            either(
                "the manifest is no plain file of a sensible size",
                "목록이 알맞은 크기의 보통 파일이 아닙니다",
            )
        )
    try:
        manifest = json.loads(content.read())
    except ValueError as error:
        raise ArchiveError(either("the manifest is not JSON", "목록이 JSON이 아닙니다")) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ArchiveError(
            either(
                "the backup was made by a version of Dure that this one does not know",
                "이 두레가 모르는 버전에서 만든 백업입니다",
            )
        )
    return manifest


def _unpack_one(
    tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path, found: Contents, keep: Keep | None
) -> None:
    blob = _BLOB.fullmatch(info.name)
    content = tar.extractfile(info) if info.isreg() else None
    if content is None or not (blob or info.name == DUMP or info.name in EXTRAS or _KEY.fullmatch(info.name)):
        raise ArchiveError(
            either(
                f"{info.name!r} does not belong in a backup", f"백업에 있을 수 없는 파일입니다: {info.name!r}"
            )
        )
    sha256 = _write(content, folder / info.name, info.size)
    if blob is None:
        found.files[info.name] = {"size": info.size, "sha256": sha256}
        return
    if sha256 != blob[1]:
        raise ArchiveError(
            either(
                f"{info.name} is damaged: its content has the hash {sha256}",
                f"손상된 파일이 있습니다: {info.name}, 내용의 해시 {sha256}",
            )
        )
    found.count_blob(sha256, info.size)
    if keep is not None:
        keep(sha256, folder / info.name)


def _write(content: IO[bytes], path: Path, size: int) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), size
    with path.open("xb") as target:
        path.chmod(0o600)
        while chunk := content.read(1024 * 1024):
            digest.update(chunk)
            target.write(chunk)
            left -= len(chunk)
    if left:
        raise ArchiveError(either(f"{path.name} was cut off", f"파일이 잘렸습니다: {path.name}"))
    return digest.hexdigest()


def _compare(found: dict[str, Any], promised: dict[str, Any]) -> None:
    for name in sorted({*found["files"], *promised.get("files", {})}):
        if found["files"].get(name) != promised.get("files", {}).get(name):
            raise ArchiveError(
                either(f"{name} is not what the manifest says", f"목록과 다른 파일이 있습니다: {name}")
            )
    if DUMP not in found["files"]:
        raise ArchiveError(either("the database's dump is missing", "데이터베이스의 덤프가 없습니다"))
    if found["blobs"] != promised.get("blobs"):
        raise ArchiveError(
            either(
                f"the files are not those of the manifest: {found['blobs']} and {promised.get('blobs')}",
                f"파일들이 목록과 다릅니다: {found['blobs']}, 목록 {promised.get('blobs')}",
            )
        )
