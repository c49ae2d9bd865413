"""A user of its own for each running sandbox that root starts, so that two runs can neither signal, count nor read each other."""

import fcntl
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FIRST_UID, SLOTS = 52_000, 512
"""Below the ranges of subordinate users and of systemd; a number that belongs to an account is passed over."""
FOLDER = Path("/run/dure-sandbox")


@contextmanager
def own_uid() -> Iterator[int | None]:
    """Lend a free uid as long as the context lasts; None when not started by root. The lock goes with its process.

    Raises OSError when all are taken.
    """
    if os.geteuid() != 0:
        yield None
        return
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    uid, lock = _first_free()
    try:
        yield uid
    finally:
        os.close(lock)


def _first_free() -> tuple[int, int]:
    for uid in range(FIRST_UID, FIRST_UID + SLOTS):
        if not _has_account(uid) and (lock := _locked(FOLDER / str(uid))) is not None:
            return uid, lock
    raise OSError("every user for sandboxes is in use")


def _has_account(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _locked(path: Path) -> int | None:
    """Return a descriptor that holds the lock, or None if another run has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
