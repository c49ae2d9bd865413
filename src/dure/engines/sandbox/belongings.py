"""Where root starts a run, what it may write belongs to the run's own user for as long as nobody else runs with it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from dure.engines.sandbox.profile import Profile


def of(profile: Profile) -> Iterator[Path]:
    """The host's folders that a run may write into."""
    yield from (mount.source for mount in profile.mounts if mount.writable)
    if profile.relay is not None:
        yield profile.relay


def belong_to(uid: int, places: Iterable[Path]) -> None:
    """Give them to this user with all that is in them. A stranger filled them: no link is followed."""
    for place in places:
        _give(place, uid, None)
        for _path, folders, files, folder in os.fwalk(place, follow_symlinks=False):
            for name in (*folders, *files):
                _give(name, uid, folder)


def _give(name: Path | str, uid: int, folder: int | None) -> None:
    with suppress(FileNotFoundError):
        if os.stat(name, dir_fd=folder, follow_symlinks=False).st_uid != uid:
            os.chown(name, uid, uid, dir_fd=folder, follow_symlinks=False)
