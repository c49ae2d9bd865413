"""Files on their way into the store: on the store's own disk, so that keeping one is an atomic rename."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings

CHUNK = 1024 * 1024


class TooLarge(Exception):  # noqa: N818 - an answer to the person
    """More bytes than the limit; nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {limit} bytes")
        self.limit = limit


def spool_folder() -> Path:
    """Where files wait until they are kept; made when it is missing."""
    folder: Path = settings.DATA / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def spool_file() -> Iterator[Any]:
    """A temporary file to fill; gone afterwards unless it was moved away."""
    with tempfile.NamedTemporaryFile(dir=spool_folder(), delete=False) as spool:
        try:
            yield spool
        finally:
            Path(spool.name).unlink(missing_ok=True)


def fill(spool: Any, stream: IO[bytes], *, bound: int) -> tuple[str, int]:
    """Write a stream to the spool file and down to the disk; its SHA-256 and size. Raises TooLarge above `bound` bytes."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(stream):
        size += len(chunk)
        if size > bound:
            raise TooLarge(bound)
        digest.update(chunk)
        spool.write(chunk)
    sync(spool)
    return digest.hexdigest(), size


def sync(file: Any) -> None:
    """Have the file's bytes on the disk before anything says that it is kept."""
    file.flush()
    os.fsync(file.fileno())


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces of a size that memory does not notice."""
    while chunk := stream.read(CHUNK):
        yield chunk
