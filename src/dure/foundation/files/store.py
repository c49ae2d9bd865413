"""Putting files in and getting them out, by content."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from dure.foundation.files.places import name_of
from dure.foundation.files.receiving import Received
from dure.foundation.files.spool import TooLarge, chunks, fill, spool_file, sync
from dure.foundation.models import Blob
from dure.foundation.no_room import StorageUnavailable


def put(stream: IO[bytes], *, limit: int | None = None) -> Blob:
    """Keep a stream; equal content is kept once. Raises TooLarge or StorageUnavailable; then nothing is kept."""
    bound = settings.UPLOAD_LIMIT if limit is None else limit
    _demand_folder()
    try:
        if isinstance(stream, Received):
            return _keep_received(stream, bound)
        with spool_file() as spool:
            sha256, size = fill(spool, stream, bound=bound)
            return _keep(Path(spool.name), sha256, size)
    except OSError as error:
        raise StorageUnavailable(str(error)) from error


def _keep_received(received: Received, bound: int) -> Blob:
    size = received.size or 0
    if size > bound:
        raise TooLarge(bound)
    if received.trouble:
        raise received.trouble
    sync(received)
    return _keep(received.path, received.sha256, size)


def hash_of(stream: IO[bytes]) -> str:
    """The SHA-256 of a stream that may not be kept at all. Raises StorageUnavailable when it did not come in whole."""
    if not isinstance(stream, Received):
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # only read
    if stream.trouble:
        raise StorageUnavailable(str(stream.trouble)) from stream.trouble
    return stream.sha256


def put_scratch(path: Path) -> Blob:
    """Keep what a limited child has written to a `scratch` path, hashed where it lies. Raises StorageUnavailable.

    It is as large as the child was allowed to write: limits of uploads are counted on what people send.
    """
    _demand_folder()
    try:
        with path.open("rb+") as written:
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
            sync(written)
        return _keep(path, sha256, path.stat().st_size)
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
    if newest and not any(map(is_there, newest)):
        raise StorageUnavailable(str(cause or "nothing can be read")) from cause


def is_there(sha256: str) -> bool:
    """Whether the store has this file now. One that is away has none: see `demand_store`."""
    try:
        return bool(storages["blobs"].exists(name_of(sha256)))
    except Exception:  # noqa: BLE001 - each storage backend has its own errors, and all mean the same here
        return False


class _Spooled(File):  # type: ignore[type-arg]  # django-stubs has it generic, Django does not at run time
    """Lets the file system storage move the file instead of copying it: a killed process never leaves half a blob."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def put_bytes(content: bytes, *, limit: int | None = None) -> Blob:
    return put(io.BytesIO(content), limit=limit)


def _keep(path: Path, sha256: str, size: int) -> Blob:
    store, name = storages["blobs"], name_of(sha256)
    try:
        if not store.exists(name):
            with path.open("rb") as content:
                store.save(name, _Spooled(content, name=str(path)))
    except Exception as error:
        raise StorageUnavailable(str(error)) from error
    return _row(Blob(sha256=sha256, size=size))


def _row(blob: Blob) -> Blob:
    """Write the blob's row unless it is there: one word with the database, where the ORM's ways take three to six."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into foundation_blob (sha256, size, created_at) values (%s, %s, %s) on conflict do nothing",
            [blob.sha256, blob.size, blob.created_at],
        )
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
        for chunk in chunks(stream):
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
            spool = stack.enter_context(spool_file())
        except OSError as error:
            raise StorageUnavailable(str(error)) from error
        yield Path(spool.name)
