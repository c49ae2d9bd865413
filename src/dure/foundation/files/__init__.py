"""The blob store: files known by their SHA-256, behind Django's storage interface."""

from dure.foundation.files.serve import download
from dure.foundation.files.spool import TooLarge
from dure.foundation.files.store import (
    demand_store,
    hash_of,
    is_there,
    local_path,
    open_blob,
    put,
    put_bytes,
    put_scratch,
    scratch,
    verify,
)
from dure.foundation.no_room import StorageUnavailable

__all__ = [
    "StorageUnavailable",
    "TooLarge",
    "demand_store",
    "download",
    "hash_of",
    "is_there",
    "local_path",
    "open_blob",
    "put",
    "put_bytes",
    "put_scratch",
    "scratch",
    "verify",
]
