"""One entry of an archive, of either kind."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A plain file or folder: its name as the archive has it, whether it is a program, and its content, piece by piece."""

    name: str
    is_folder: bool
    executable: bool
    pieces: Iterator[bytes]
