"""From `./dure up` to the first useful page, against the bare start of the same database and web server.

Existing: a data folder that was served before. Empty: a fresh copy of the checkout without `.venv`, with no data folder, and with a
filled package cache; the copy of the checkout itself is not timed. Bare, in the same run and in turn: PostgreSQL started on that
existing folder and granian with this application, until the same front page answers. The figure is the worse of the two
ratios, each as a share of its own limit (existing 2.5, empty 12).
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import httpx
from benchmarks.harness import Result, report
from tests.cli.serving import ROOT, bare_environment

from dure.cli.children import Address, children
from dure.cli.installation import Installation
from dure.cli.up import free_port

ROUNDS, EXISTING, EMPTY, WITHIN_S = 3, 2.5, 12.0, 300.0


def run() -> Result:
    with tempfile.TemporaryDirectory(prefix="dure-up-") as root:
        data, copies = Path(root) / "d", [_copy(Path(root) / f"c{at}") for at in range(2)]
        _up(ROOT, data)
        _up(copies[0], Path(root) / "e0")  # fills the package cache
        ours, bare = [], []
        for _ in range(ROUNDS):
            ours.append(_up(ROOT, data))
            bare.append(_bare(data))
        empty = _up(copies[1], Path(root) / "e1")
    existing, first = median(ours) / median(bare), empty / median(bare)
    notes = (
        f"bare {median(bare):.2f} s, existing folder {median(ours):.2f} s, nothing there yet {empty:.2f} s",
        f"existing ratio {existing:.2f} of {EXISTING}, empty ratio {first:.2f} of {EMPTY}",
    )
    return Result("up", max(existing / EXISTING, first / EMPTY), 1.0, notes=notes)


def _copy(target: Path) -> Path:
    """The checkout as a clone would bring it: tracked files and new ones, nothing built."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def _up(checkout: Path, data: Path) -> float:
    """Seconds from the command to the first page."""
    port = free_port()
    environment = {name: value for name, value in bare_environment().items() if name != "PYTHONPATH"}
    words = ["./dure", "up", "--data", str(data), "--port", str(port)]
    words += ["--no-demo"] if checkout == ROOT else []
    began = time.perf_counter()
    with _process(words, environment, checkout) as process:
        _wait(port, process)
        return time.perf_counter() - began


def _bare(data: Path) -> float:
    """Seconds from the start of PostgreSQL and granian to the same page."""
    port, here = free_port(), Installation.at(data)
    web = next(child for child in children() if child.name == "web")
    environment = {**bare_environment(), **here.environment(), "DATABASE_URL": here.cluster.url()}
    began = time.perf_counter()
    with ExitStack() as stack:
        database = here.cluster.start(output=subprocess.DEVNULL, death_signal=signal.SIGINT)
        stack.callback(database.wait)
        stack.callback(database.send_signal, signal.SIGINT)
        here.cluster.wait_ready(database)
        words = web.arguments(Address(host="127.0.0.1", port=port))
        process = stack.enter_context(_process(words, environment, ROOT))
        _wait(port, process)
        return time.perf_counter() - began


@contextmanager
def _process(
    words: list[str], environment: dict[str, str], folder: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            os.kill(process.pid, signal.SIGTERM)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + WITHIN_S
    while not _is_there(port):
        assert process.poll() is None, process.returncode
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _is_there(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=30).status_code == 200
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(report(run()))
