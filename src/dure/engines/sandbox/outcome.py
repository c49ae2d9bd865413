"""What came of a run, as values."""

from dataclasses import dataclass
from typing import Literal

from dure.engines.faults import Fault

Limit = Literal[
    "wall",  # longer than wall_seconds
    "cpu",  # more processor time than cpu_seconds
    "memory",  # the tree had more than memory_bytes
    "processes",  # a process or thread more was refused
    "file_size",  # killed for a file larger than file_bytes
    "entries",  # more files and folders than a temporary folder may hold
    "log",  # a flood: far more output than is kept
    "stopped",  # by whoever started it
]
"""The limit that ended the run, or that it met and outlived: a child may be refused or killed where the program goes on."""


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """A file that came out: its path below the output folder, its bytes, the SHA-256 of its content in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended and what it used.

    Exactly one of `exit_code` and `signal` is set; where we ended it, the signal is 9 and `limit` says why.
    `peak_memory` in bytes is exact with a cgroup, else the largest sample. `stdout` and `stderr` are bounded: of more, the
    beginning and the end are kept. `files` is empty where `faults` says what was refused: all comes out or nothing.
    `level` is the protection that was in force, 3 or 4.
    """

    exit_code: int | None
    signal: int | None
    limit: Limit | None
    peak_memory: int
    cpu_seconds: float
    wall_seconds: float
    stdout: bytes
    stderr: bytes
    files: tuple[CollectedFile, ...]
    faults: tuple[Fault, ...]
    level: int

    @property
    def ok(self) -> bool:
        """Whether the program ended by itself with status 0, and its files could be taken."""
        return self.exit_code == 0 and not self.faults


class LaunchError(Exception):
    """The sandbox itself could not be built: our fault, never the program's. Nothing of the program has run."""


class UnprotectedError(Exception):
    """This machine cannot hold a stranger's program; `walls` names what is missing."""

    def __init__(self, level: int, walls: tuple[str, ...]) -> None:
        super().__init__(f"protection level {level}; missing: {', '.join(walls)}")
        self.level = level
        self.walls = walls
