"""Run `dure up` as a real process and look at what it started."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import httpx

from dure.cli.installation import is_alive
from dure.cli.up import free_port
from tests.cli.migrated import lend
from tests.cli.waiting import until_still

ROOT = Path(__file__).resolve().parents[2]
STUCK_S = 900
"""After so long a command hangs; `dure up --check` beside other heavy tests took six minutes."""


def bare_environment(**extra: str) -> dict[str, str]:
    """Return our environment without this test run's own installation, speaking English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DURE_", "PYTEST_"))
        and name not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    }
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", **extra}


def dure(*words: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end; output and errors come together."""
    return subprocess.run(
        [sys.executable, "-m", "dure.cli", *words],
        env=bare_environment(**extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=STUCK_S,
        check=False,
    )


@dataclass
class Served:
    """A running `dure up`."""

    process: "subprocess.Popen[str]"
    port: int
    lines: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def listen(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line)

    def wait_ready(self) -> None:
        until_still(
            lambda: "ready in" in self.text or self.process.poll() is not None,
            lambda: len(self.lines),
            within_s=STUCK_S,
        )
        assert self.process.poll() is None, self.text

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}health", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def descendants(self) -> dict[int, str]:
        """Return every process below the supervisor, with its command line."""
        return descendants_of(self.process.pid)

    def child(self, pattern: str) -> int:
        """Return the one direct child whose command line matches."""
        found = [
            pid
            for pid, line in self.descendants().items()
            if re.search(pattern, line) and parent_of(pid) == self.process.pid
        ]
        assert len(found) == 1, (pattern, self.descendants())
        return found[0]

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def descendants_of(top: int) -> dict[int, str]:
    everyone = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    parents = {pid: parent_of(pid) for pid in everyone}
    below = {top}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return {pid: command_line(pid) for pid in below - {top} if is_alive(pid)}


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


@contextmanager
def serving(folder: Path, *words: str, port: int = 0, demo: bool = False, **extra: str) -> Iterator[Served]:
    """Start `dure up` on a folder, wait until it answers, and end it afterwards."""
    port = port or free_port()
    env = bare_environment(DURE_WEB_WORKERS="2", **extra)
    if "DATABASE_URL" not in env:
        lend(folder, env)
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "dure.cli",
            "up",
            "--data",
            str(folder),
            "--port",
            str(port),
            *([] if demo else ["--no-demo"]),
            *words,
        ],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    served = Served(process=process, port=port)
    listener = Thread(target=served.listen)
    listener.start()
    try:
        served.wait_ready()
        yield served
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=20)
        listener.join(timeout=10)
        if process.stdout is not None:
            process.stdout.close()
