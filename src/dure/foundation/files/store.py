"""Putting files in and getting them out, by content."""

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from dure.foundation.files.places import name_of
from dure.foundation.models import Blob

CHUNK = 1024 * 1024


class TooLarge(Exception):  # noqa: N818 - an answer to the person
    """More bytes than the limit; nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {limit} bytes")
        self.limit = limit


class StorageUnavailable(Exception):  # noqa: N818 - a state of the platform
    """The store cannot be written or read now (full, gone, refused); nothing was half kept and a retry is safe."""


def put(stream: IO[bytes], *, limit: int | None = None) -> Blob:
    """Keep a stream; equal content is kept once. Raises TooLarge or StorageUnavailable; then nothing is kept."""
    bound = settings.UPLOAD_LIMIT if limit is None else limit
    _demand_folder()
    try:
        with _spool_file() as spool:
            sha256, size = _spool(stream, spool, bound)
            return _keep(Path(spool.name), sha256, size)
    except OSError as error:
        raise StorageUnavailable(str(error)) from error


def _demand_folder() -> None:
    """A local store's folder that held files and is gone must not be made anew: its return would find the place taken."""
    store = storages["blobs"]
    if isinstance(store, FileSystemStorage) and not Path(store.location).is_dir() and Blob.objects.exists():
        raise StorageUnavailable(f"{store.location} is gone")


SAMPLE = 8


def demand_store(cause: BaseException | None = None) -> None:
    """Raise StorageUnavailable when the store as a whole is away: of the files kept last, none can be found.

    Tells a store that is away, for which one waits, from a single file that is lost or broken.
    """
    newest = list(Blob.objects.order_by("-created_at").values_list("sha256", flat=True)[:SAMPLE])
    if newest and not any(_is_there(sha256) for sha256 in newest):
        raise StorageUnavailable(str(cause or "nothing can be read")) from cause


def _is_there(sha256: str) -> bool:
    try:
        return bool(storages["blobs"].exists(name_of(sha256)))
    except Exception:  # noqa: BLE001 - each storage backend has its own errors, and all mean the same here
        return False


@contextmanager
def _spool_file() -> Iterator[Any]:
    """A temporary file on the store's own disk, so that keeping it is one atomic rename; gone afterwards in any case."""
    folder = settings.DATA / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as spool:
        try:
            yield spool
        finally:
            Path(spool.name).unlink(missing_ok=True)


class _Spooled(File):  # type: ignore[type-arg]  # django-stubs has it generic, Django does not at run time
    """Lets the file system storage move the file instead of copying it: a killed process never leaves half a blob."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def put_bytes(content: bytes, *, limit: int | None = None) -> Blob:
    return put(io.BytesIO(content), limit=limit)


def _spool(stream: IO[bytes], spool: Any, bound: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(stream):
        size += len(chunk)
        if size > bound:
            raise TooLarge(bound)
        digest.update(chunk)
        spool.write(chunk)
    spool.flush()
    os.fsync(spool.fileno())
    return digest.hexdigest(), size


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _keep(path: Path, sha256: str, size: int) -> Blob:
    store, name = storages["blobs"], name_of(sha256)
    try:
        if not store.exists(name):
            with path.open("rb") as content:
                store.save(name, _Spooled(content, name=str(path)))
    except Exception as error:
        raise StorageUnavailable(str(error)) from error
    blob, _ = Blob.objects.get_or_create(sha256=sha256, defaults={"size": size})
    return blob


def open_blob(sha256: str) -> IO[bytes]:
    """The content as a binary stream. Raises StorageUnavailable when the store does not give it."""
    try:
        return storages["blobs"].open(name_of(sha256), "rb")
    except Exception as error:
        raise StorageUnavailable(str(error)) from error


def verify(sha256: str) -> bool:
    """Whether the stored bytes still have the hash they are known by."""
    digest = hashlib.sha256()
    with open_blob(sha256) as stream:
        for chunk in _chunks(stream):
            digest.update(chunk)
    return digest.hexdigest() == sha256


def local_path(sha256: str) -> Path:
    """A file on this machine with the blob's content, for readers that need a path; a copy when the store is remote."""
    store = storages["blobs"]
    if isinstance(store, FileSystemStorage):
        return Path(store.path(name_of(sha256)))
    copy = Path(settings.DATA / "cache" / "blobs" / sha256)
    if not copy.exists():
        _fetch(sha256, copy)
    return copy


def _fetch(sha256: str, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    with open_blob(sha256) as content, tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as half:
        shutil.copyfileobj(content, half)
    Path(half.name).rename(copy)


@contextmanager
def scratch() -> Iterator[Path]:
    """A path on the store's own disk for a file that a child process writes; gone afterwards. Raises StorageUnavailable."""
    with ExitStack() as stack:
        try:
            spool = stack.enter_context(_spool_file())
        except OSError as error:
            raise StorageUnavailable(str(error)) from error
        yield Path(spool.name)
