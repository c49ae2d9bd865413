"""Who starts a sandbox in the tests: this process, and an ordinary user in a process of its own.

Root and ordinary users get different sandboxes, so every attack is tried on both where the tests run as root.
"""

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from dure.engines import sandbox
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.outcome import Outcome
from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.running import run_behind
from dure.engines.sandbox.walls import ALL, Wall

# setpriv keeps root's rights until its exec, and so would start what an ordinary user cannot even see; the shell has none.
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", 'exec "$@"', "sh"]
_SERVE = """
import os, pickle, sys
from dure.engines.sandbox.running import run_behind
os.open(os.environ["DURE_OPEN"], os.O_RDONLY)
while True:
    try:
        asked = pickle.load(sys.stdin.buffer)
    except EOFError:
        break
    try:
        answer = run_behind(*asked[0], level=3, **asked[1])
    except Exception as error:
        answer = error
    pickle.dump(answer, sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@dataclass(frozen=True)
class Runner:
    """Runs a command behind walls. `python` is an interpreter that exists inside; `bare` are the words that start one outside."""

    name: str
    python: str
    bare: tuple[str, ...]
    child: "subprocess.Popen[bytes] | None" = None

    def run(
        self,
        profile: Profile,
        command: list[str],
        *,
        behind: Collection[Wall] = ALL,
        stdin: bytes = b"",
        into: Path | None = None,
    ) -> Outcome:
        named: dict[str, Any] = {"behind": frozenset(behind), "stdin": stdin, "into": into}
        if self.child is None:
            return run_behind(profile, command, level=3, **named)
        pickle.dump(((profile, command), named), _pipe(self.child.stdin))
        _pipe(self.child.stdin).flush()
        answer = pickle.load(_pipe(self.child.stdout))  # noqa: S301 - from our own child
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Outcome)
        return answer

    def attack(
        self, code: str, profile: Profile, *, behind: Collection[Wall] = ALL, into: Path | None = None
    ) -> Outcome:
        """Run a piece of Python inside."""
        return self.run(profile, [self.python, "-I", "-S", "-c", code], behind=behind, into=into)

    def outside(self, code: str, environment: Mapping[str, str]) -> str:
        """Run the same piece without a sandbox, as a user without rights; what it printed."""
        # A shell that stays is its parent, as the stub is inside.
        words = [*without_rights(), "sh", "-c", '"$@"; true', "sh", self.bare[-1], "-I", "-S", "-c", code]
        done = subprocess.run(
            words, env=dict(environment), capture_output=True, text=True, timeout=30, check=False, cwd="/"
        )
        return done.stdout + done.stderr


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def of_this_process() -> Runner:
    """Root's sandbox, or that of whoever runs the tests."""
    return Runner("this process", this_host().python, (*without_rights(), public_python()))


def without_rights() -> list[str]:
    return NOBODY if os.geteuid() == 0 else []


def public_python() -> str:
    """An interpreter that a user without rights can start."""
    for candidate in (
        os.path.realpath(sys.executable),
        shutil.which("python3", path="/usr/bin:/usr/local/bin"),
    ):
        if candidate is None:
            continue
        asked = [
            *without_rights(),
            candidate,
            "-I",
            "-c",
            "import sys, ctypes; print(sys.version_info >= (3, 11))",
        ]
        if subprocess.run(asked, capture_output=True, cwd="/", check=False).stdout.strip() == b"True":
            return os.path.realpath(candidate)
    pytest.skip("no Python 3.11 here that a user without rights can start: install the system's python3")


def of_an_ordinary_user(folder: Path, *, opened: Path) -> Runner:
    """A sandbox started without any right, from a copy of the engine that everybody can read."""
    python = public_python()
    child = subprocess.Popen(
        [*NOBODY, python, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={
            "PYTHONPATH": str(copied_engine(folder)),
            "DURE_SECRET": "of the starter",
            "DURE_OPEN": str(opened),
        },
        cwd="/",
    )
    return Runner("ordinary user", python, (*NOBODY, python), child)


def copied_engine(folder: Path) -> Path:
    """Copy what the sandbox needs to a place that everybody can read."""
    engine = Path(sandbox.__file__).parent
    target = folder / "src" / "dure" / "engines"
    shutil.copytree(engine, target / "sandbox", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "faults.py"):
        shutil.copy(engine.parent / name, target / name)
    shutil.copy(engine.parents[1] / "__init__.py", target.parent / "__init__.py")
    return folder / "src"
