"""The key of a vote: a file outside the database and its backups, written before the row that needs it, gone at the tally.

Whoever has database and key reads every ballot while the vote is open; the key alone opens nothing.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from dure.engines.voting import KEY_BYTES

FOLDER: Final = "votes"
ENDING: Final = ".key"


def _folder() -> Path:
    return Path(settings.DATA) / FOLDER


def _path(uid: UUID) -> Path:
    return _folder() / f"{uid}{ENDING}"


def make(uid: UUID) -> bytes:
    """A fresh key, safe on the disk when this returns. To be called with the vote's row locked, while nothing is sealed yet."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, path = secrets.token_bytes(KEY_BYTES), _path(uid)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    written = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(written, key)
        os.fsync(written)
    finally:
        os.close(written)
    fresh.replace(path)
    _sync(folder)
    return key


def _sync(folder: Path) -> None:
    """The folder's own entry reaches the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def read(uid: UUID) -> bytes | None:
    """The key; None where it is gone or not whole: then nobody can count this vote."""
    try:
        key = _path(uid).read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == KEY_BYTES else None


def destroy_after_commit(uid: UUID) -> None:
    """The key goes when the transaction that emptied the box is safe. `sweep` finishes what a crash leaves."""
    transaction.on_commit(lambda: _path(uid).unlink(missing_ok=True))


def sweep(is_needed: Any) -> int:
    """Remove keys that no open vote needs; returns how many."""
    gone = 0
    with suppress(FileNotFoundError):
        for path in sorted(_folder().glob(f"*{ENDING}")):
            if not is_needed(path.stem):
                path.unlink(missing_ok=True)
                gone += 1
    return gone
