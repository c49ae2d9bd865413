"""Labs' folders: each person's home, which is kept, and the relay of a lab that runs.

A home belongs to a stranger's programs, and one may be running: nothing in it is followed, everything is opened below the
descriptor of the folder above.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

HOME: Final = "/home/lab"
"""Where a lab finds it."""
ENTRY_BYTES: Final = 1024
"""What an entry counts besides its content, so that empty ones are bounded as well."""


def home_of(person: UUID | str) -> Path:
    """A person's home; made where it is not there yet."""
    folder = _labs("homes") / UUID(str(person)).hex
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def relay_of(job: UUID) -> Path:
    return _labs("relays") / job.hex


def _labs(part: str) -> Path:
    folder = Path(settings.DATA, "labs", part)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def filled(home: Path) -> int:
    """How many bytes a home takes on the disk. What vanishes meanwhile counts nothing."""
    total = 0
    with suppress(OSError):
        for _path, folders, names, folder in os.fwalk(home, follow_symlinks=False):
            total += sum(_size(name, folder) for name in (*folders, *names))
    return total


def _size(name: str, folder: int) -> int:
    with suppress(OSError):
        return os.stat(name, dir_fd=folder, follow_symlinks=False).st_blocks * 512 + ENTRY_BYTES
    return 0


def remove_home(person: UUID) -> None:
    """Take a home away for good."""
    shutil.rmtree(home_of(person), ignore_errors=True)
