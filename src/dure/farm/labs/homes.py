"""Labs' folders: each person's home, which is kept, and the relay of a lab that runs.

A home belongs to a stranger's programs, and one may be running: nothing in it is followed, everything is opened below the
descriptor of the folder above.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from dure.engines import sandbox

HOME: Final = "/home/lab"
"""Where a lab finds it."""
ENTRY_BYTES: Final = 1024
"""What an entry counts besides its content, so that empty ones are bounded as well."""
FREE_BYTES: Final = 512 * 1024**2
"""So much of the disk labs leave to others: the database lies there, too."""


def home_of(person: UUID | str) -> Path:
    """A person's home; made where it is not there yet."""
    folder = _home(person)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _home(person: UUID | str) -> Path:
    return _labs("homes") / UUID(str(person)).hex


def relay_of(job: UUID) -> Path:
    return _labs("relays") / job.hex


def _labs(part: str) -> Path:
    folder = Path(settings.DATA, "labs", part)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class Filled:
    """How many bytes lie there, and whether that is all: what holds more entries or deeper folders than we look at is not whole."""

    bytes: int
    is_whole: bool = True


def filled(*places: Path) -> Filled:
    """What these folders take on the disk. One that is not there takes nothing; what vanishes meanwhile counts nothing."""
    total = 0
    try:
        for place in places:
            with suppress(FileNotFoundError):
                total += sum(found.facts.st_blocks * 512 + ENTRY_BYTES for found in sandbox.walk(place))
    except sandbox.BoundlessError:
        return Filled(total, is_whole=False)
    return Filled(total)


def has_room() -> bool:
    """Whether the disk that homes and relays lie on has room left: files that are open but deleted stand in no folder."""
    return shutil.disk_usage(_labs("homes")).free >= FREE_BYTES


def remove_home(person: UUID | str) -> None:
    """Take a home away for good. Raises OSError where that is not possible."""
    sandbox.remove(_home(person))
