"""Labs' folders: each person's home, which is kept, and the relay of a lab that runs.

A home belongs to a stranger's programs, and one may be running: nothing in it is followed, everything is opened below the
descriptor of the folder above.
"""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
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


def note(person: UUID | str, count: int) -> None:
    """Keep what a home was last seen to take, for pages: they do not walk through it. A note that cannot be kept is left out."""
    with suppress(OSError):
        half = _note(person).with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        half.write_text(str(count))
        half.rename(_note(person))


def noted(person: UUID | str) -> int:
    """What the home took when it was last looked at, with what was laid into it since."""
    with suppress(OSError, ValueError):
        return int(_note(person).read_text())
    return 0


def _note(person: UUID | str) -> Path:
    return _labs("sizes") / _home(person).name


def has_room() -> bool:
    """Whether the disk that homes and relays lie on has room left: files that are open but deleted stand in no folder."""
    return shutil.disk_usage(_labs("homes")).free >= FREE_BYTES


class InUseError(OSError):
    """Somebody else is at this home: a lab, or its removal."""


@contextmanager
def held(person: UUID | str, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold a home alone: no two labs share it, and none runs in one that is being removed. Raises InUseError.

    The lock lies outside of what a stranger reaches, and ends with the process that holds it.
    """
    file = _labs("locks") / _home(person).name
    with closing(os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))) as lock:
        _take(lock.fileno(), time.monotonic() + wait_s)
        yield


def _take(lock: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise InUseError(error.errno, "this home is in use") from None
            time.sleep(0.05)
        else:
            return


def remove_home(person: UUID | str) -> bool:
    """Take a home away for good; False where there was none. Raises OSError where that is not possible, InUseError among them."""
    home = _home(person)
    if not home.exists():
        return False
    with held(person):
        sandbox.remove(home)
    _note(person).unlink(missing_ok=True)
    return True


def remove_relay(job: UUID, person: UUID) -> bool:
    """Take the relay of a lab away that is over. Raises OSError as `remove_home` does."""
    with held(person):
        sandbox.remove(relay_of(job))
    return True


def homes_here() -> list[UUID]:
    """Whose homes lie here."""
    return [UUID(folder.name) for folder in _labs("homes").iterdir()]


def relays_here() -> list[UUID]:
    """The jobs whose relays lie here."""
    return [UUID(folder.name) for folder in _labs("relays").iterdir()]
