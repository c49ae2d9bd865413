"""Going through a folder that a stranger filled, and perhaps still fills: to look at all of it, and to take it away.

Nothing is followed and nothing waits: a pipe or a link laid in a folder's place is refused by the open itself. Nothing recurses and
few descriptors are held, however deep the folders lie.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

DEEPEST: Final = 64
MOST_ENTRIES: Final = 300_000
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PLACE: Final = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class BoundlessError(Exception):
    """More entries, or deeper folders, than anybody is let make us look at."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, by its name below the descriptor of its folder, which is open until the next one is asked for."""

    name: str
    folder: int
    facts: os.stat_result


def walk(top: Path, *, most: int = MOST_ENTRIES, deepest: int = DEEPEST) -> Iterator[Found]:
    """All that lies below a folder of ours. What vanishes meanwhile is left out.

    Raises BoundlessError, for what is too deep at the end, after all the rest; and OSError for the top alone.
    """
    left, is_too_deep = most, False
    with _opened(top, None) as root:
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            parts = waiting.pop()
            for found in _inside(root, parts):
                left -= 1
                if left < 0:
                    raise BoundlessError
                yield found
                if stat.S_ISDIR(found.facts.st_mode):
                    is_too_deep |= len(parts) >= deepest
                    waiting.extend([(*parts, found.name)] if len(parts) < deepest else [])
    if is_too_deep:
        raise BoundlessError


def _inside(root: int, parts: tuple[str, ...]) -> Iterator[Found]:
    with suppress(FileNotFoundError, NotADirectoryError), _reached(root, parts) as folder:
        for name in _names(folder):
            with suppress(FileNotFoundError):
                yield Found(name, folder, os.stat(name, dir_fd=folder, follow_symlinks=False))


def _names(folder: int) -> Iterator[str]:
    """One by one: a folder of ten million names is never held."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry.name


@contextmanager
def _reached(root: int, parts: tuple[str, ...]) -> Iterator[int]:
    """A folder below the root, one step after the other: two descriptors at a time."""
    folder = os.dup(root)
    try:
        for part in parts:
            below = _open(part, folder)
            os.close(folder)
            folder = below
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _opened(name: Path | str, above: int | None) -> Iterator[int]:
    folder = _open(name, above)
    try:
        yield folder
    finally:
        os.close(folder)


def _open(name: Path | str, above: int | None) -> int:
    """A folder; one that its owner shut, which would hide what it holds, is opened up first."""
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except PermissionError:
        place = os.open(name, _PLACE, dir_fd=above)
        try:
            Path(f"/proc/self/fd/{place}").chmod(0o700)
        finally:
            os.close(place)
        return os.open(name, _FOLDER, dir_fd=above)


def remove(top: Path) -> None:
    """Take a folder away with all that is in it; nothing happens if it is gone. Raises OSError where that is not possible.

    Folders below are taken apart from above: each one's folders are moved up before it goes, so that no depth is too deep.
    """
    with suppress(FileNotFoundError), _opened(top, None) as root:
        os.fchmod(root, 0o700)
        waiting = list(_names(root))
        while waiting:
            waiting.extend(_taken_apart(waiting.pop(), root))
        top.rmdir()


def _taken_apart(name: str, root: int) -> list[str]:
    """Take away a file, or a folder whose own folders then lie in the root under the names that come back."""
    if _is_unlinked(name, root):
        return []
    with _opened(name, root) as folder:
        os.fchmod(folder, 0o700)
        moved = [
            _moved_up(below, folder, root)
            for below in list(_names(folder))
            if not _is_unlinked(below, folder)
        ]
    os.rmdir(name, dir_fd=root)
    return moved


def _is_unlinked(name: str, folder: int) -> bool:
    """Whether this is gone now; False for a folder, which has to be taken apart first."""
    try:
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return True
    except (IsADirectoryError, PermissionError):
        if not stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise
        return False
    return True


def _moved_up(name: str, folder: int, root: int) -> str:
    with _opened(name, folder) as own:
        os.fchmod(own, 0o700)  # a folder that is shut cannot be moved
    new = uuid4().hex
    os.rename(name, new, src_dir_fd=folder, dst_dir_fd=root)
    return new
