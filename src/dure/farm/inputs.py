"""The files that a job reads, from the store: one that is lost by itself is told from a store that is away."""

from pathlib import Path

from dure.engines.jobs import copied
from dure.foundation import files


class LostError(Exception):
    """The store is there, and this file is not in it: whoever reads it waits in vain."""


def path_of(sha256: str) -> Path:
    """A file on this machine. Raises LostError, or StorageUnavailable where the store is away."""
    trouble = None
    try:
        path = files.local_path(sha256)
        if path.exists():
            return path
    except files.StorageUnavailable as error:
        if files.is_there(sha256):
            raise
        trouble = error
    files.demand_store(trouble)
    raise LostError(sha256)


def copied_to(place: Path, sha256: str) -> Path:
    """A copy that a stranger's program may read. Raises as `path_of`, and OSError where it cannot be written."""
    return copied(path_of(sha256), place)
