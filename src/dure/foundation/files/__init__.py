"""The blob store: files known by their SHA-256, behind Django's storage interface."""

from dure.foundation.files.serve import download
from dure.foundation.files.store import (
    StorageUnavailable,
    TooLarge,
    demand_store,
    local_path,
    open_blob,
    put,
    put_bytes,
    scratch,
    verify,
)

__all__ = [
    "StorageUnavailable",
    "TooLarge",
    "demand_store",
    "download",
    "local_path",
    "open_blob",
    "put",
    "put_bytes",
    "scratch",
    "verify",
]
