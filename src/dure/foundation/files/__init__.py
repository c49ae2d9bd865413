"""The blob store: files known by their SHA-256, behind Django's storage interface."""

from dure.foundation.files.serve import download
from dure.foundation.files.spool import TooLarge
from dure.foundation.files.store import (
    StorageUnavailable,
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
