"""`run`, `begin` and `start`: what other parts of Dure call. Each asks first whether this machine can hold a stranger's program."""

from pathlib import Path

from dure.engines.sandbox.outcome import Outcome
from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.protecting import LEAST_LEVEL, require
from dure.engines.sandbox.running import Batch, Running, begin_behind, run_behind, start_behind


def run(
    profile: Profile,
    command: list[str],
    *,
    stdin: bytes = b"",
    into: Path | None = None,
    least_level: int = LEAST_LEVEL,
) -> Outcome:
    """Run a command behind all walls and wait for its end.

    `into` is a new folder for copies of the files in `profile.output`; both or neither. Raises UnprotectedError below
    `least_level` (never less than 3) and LaunchError where the sandbox failed; in both cases nothing of the program ran.
    """
    found = require(least_level)
    return run_behind(profile, command, level=found.level, stdin=stdin, into=into, behind=found.behind)


def begin(
    profile: Profile,
    command: list[str],
    *,
    stdin: bytes = b"",
    into: Path | None = None,
    least_level: int = LEAST_LEVEL,
) -> Batch:
    """The same, but return at once: the run can be stopped, and waited for. Raises UnprotectedError."""
    found = require(least_level)
    return begin_behind(profile, command, level=found.level, stdin=stdin, into=into, behind=found.behind)


def start(
    profile: Profile, command: list[str], *, into: Path | None = None, least_level: int = LEAST_LEVEL
) -> Running:
    """Start a command behind all walls and return at once, with pipes to its input and output. Raises UnprotectedError."""
    found = require(least_level)
    return start_behind(profile, command, level=found.level, into=into, behind=found.behind)
