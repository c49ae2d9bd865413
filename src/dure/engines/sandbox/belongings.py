"""Where root starts a run, what it may write belongs to the run's own user for as long as nobody else runs with it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.strangers import MOST_ENTRIES, BoundlessError, walk

MOST: Final = 4 * MOST_ENTRIES
"""More than a home may hold by its quota, so that one who has too much can take it away."""


def of(profile: Profile) -> Iterator[Path]:
    """The host's folders that a run may write into."""
    yield from (mount.source for mount in profile.mounts if mount.writable)
    if profile.relay is not None:
        yield profile.relay


def belong_to(uid: int, places: Iterable[Path]) -> None:
    """Give them to this user with all that is in them. A stranger filled them: no link is followed.

    What lies beyond all bounds is left alone: nobody but this run's user gets to it, and only to see it.
    """
    for place in places:
        _give(place, uid, None)
        with suppress(BoundlessError):
            for found in walk(place, most=MOST):
                _give(found.name, uid, found.folder)


def _give(name: Path | str, uid: int, folder: int | None) -> None:
    with suppress(FileNotFoundError):
        if os.stat(name, dir_fd=folder, follow_symlinks=False).st_uid != uid:
            os.chown(name, uid, uid, dir_fd=folder, follow_symlinks=False)
