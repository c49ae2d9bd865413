"""A run ends with its starter, whatever ends the starter; and it has no terminal of the starter's."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dure.engines.sandbox import Profile, cgroups, orphans
from dure.engines.sandbox.cgroups.group import PREFIX
from dure.engines.sandbox.running import start_behind
from tests.engines.sandbox.machine import processes_with
from tests.engines.sandbox.runners import NOBODY, copied_engine, public_python

pytestmark = pytest.mark.sandbox
_STARTER = """
import sys
from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.running import run_behind
from dure.engines.sandbox.walls import ALL
marker, away = sys.argv[1], set(sys.argv[2:])
outcome = run_behind(Profile(wall_seconds=60), ["sh", "-c", "COMMAND", marker], level=3, behind=ALL - away)
print(outcome.stdout.decode(), outcome.stderr.decode(), flush=True)
"""
SLEEPING = _STARTER.replace("COMMAND", "trap '' TERM HUP; setsid sh -c 'sleep $0; :' $0 & sleep $0; :")
TERMINAL = _STARTER.replace("COMMAND", "if true < /dev/tty; then echo through; else echo refused; fi")
SOURCE = str(Path(cgroups.__file__).parents[4])


@pytest.fixture(params=["this process", "ordinary user"])
def starter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, public: Path
) -> list[str]:
    """The words that start a Python which can import the engine."""
    if request.param == "this process":
        return ["env", f"PYTHONPATH={SOURCE}", sys.executable]
    if os.geteuid() != 0:
        pytest.skip("the tests run without rights already")
    folder = public / f"starter-{time.monotonic_ns()}"
    folder.mkdir()
    return [*NOBODY, "env", f"PYTHONPATH={copied_engine(folder)}", public_python()]


@contextmanager
def killed_starter(starter: list[str], *away: str) -> Iterator[str]:
    """Yield the run's marker after its starter, and only that, was killed with SIGKILL."""
    marker = f"50.{time.monotonic_ns()}"
    process = subprocess.Popen([*starter, "-c", SLEEPING, marker, *away], cwd="/", start_new_session=True)
    inside_at = time.monotonic() + 20
    while len(sleeping(marker)) < 2 and time.monotonic() < inside_at:
        time.sleep(0.02)
    process.kill()
    process.wait()
    try:
        yield marker
    finally:
        for pid in processes_with(marker):
            os.kill(pid, signal.SIGKILL)


def sleeping(marker: str) -> list[int]:
    """The program's own shells; bubblewrap's processes have the marker in their words, too."""
    return [pid for pid in processes_with(marker) if name_of(pid) == "sh"]


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:  # it is gone
        return ""


def within_a_second(marker: str) -> list[int]:
    deadline = time.monotonic() + 1
    while (left := processes_with(marker)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def test_nothing_outlives_a_killed_starter(starter: list[str]) -> None:
    with killed_starter(starter) as marker:
        assert within_a_second(marker) == []


def test_without_that_wall_it_does(starter: list[str]) -> None:
    with killed_starter(starter, "death") as marker:
        assert sleeping(marker) != []


def test_the_next_run_sweeps_a_dead_starters_groups(starter: list[str]) -> None:
    if cgroups.kind() is None:
        pytest.skip("no control group can be made here")
    with killed_starter(starter) as marker:
        within_a_second(marker)
    deadline = time.monotonic() + 5
    while groups_of_the_dead(a_new_group()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert groups_of_the_dead(a_new_group()) == []


def a_new_group() -> list[Path]:
    """Make a group, which sweeps first, and take it away; where it was."""
    made = cgroups.make(cgroups.Caps(2**26, 9, 1))
    assert made is not None
    made.remove()
    folders = [*getattr(made, "folders", {}).values()] or [getattr(made, "folder", Path("/nowhere"))]
    return [folder.parent for folder in folders]


def groups_of_the_dead(parents: list[Path]) -> list[Path]:
    found = [path for parent in parents for path in parent.glob(f"{PREFIX}*")]
    starters = {path: path.name.removeprefix(PREFIX).partition("-")[0] for path in found}
    return [path for path, starter in starters.items() if not Path("/proc", starter).exists()]


def sandboxes_of(starter: str) -> list[int]:
    """Bubblewrap's processes that carry the name of their starter."""
    return [pid for pid in processes_with(starter) if name_of(pid) == "bwrap"]


def test_a_run_that_is_stopped_while_it_starts_leaves_nothing() -> None:
    """Between bubblewrap's first moment and its last: it binds its own processes to each other only on the way."""
    for attempt in range(40):
        running = start_behind(Profile(wall_seconds=20), ["sleep", "30"], level=3)
        time.sleep(attempt / 2000)
        with running:
            pass
        assert running.wait(10).limit == "stopped"
    assert within_a_second(orphans.starter()) == []


@pytest.mark.slow
def test_what_a_starter_leaves_that_was_killed_while_it_started_is_swept() -> None:
    starters = []
    for attempt in range(30):
        words = [sys.executable, "-c", SLEEPING, f"50.{time.monotonic_ns()}"]
        process = subprocess.Popen(words, env={"PYTHONPATH": SOURCE}, cwd="/")
        starters.append(orphans.named(process.pid))
        until = time.monotonic() + 20
        while not sandboxes_of(starters[-1]) and time.monotonic() < until:
            pass
        time.sleep(attempt / 3000)
        process.kill()
        process.wait()
    time.sleep(1)
    orphans.sweep.cache_clear()
    orphans.sweep()
    time.sleep(0.1)
    assert [pid for name in starters for pid in sandboxes_of(name)] == []


def orphan_of(starter: str) -> int:
    """A process with the words of a bubblewrap that lost its starter; what the kernel's scheduling makes only now and then."""
    words = ["bwrap", "-c", "import time; time.sleep(30)", "--unshare-pid", "-I", starter]
    shell = 'exec -a "$@" > /dev/null & echo $!'
    started = subprocess.run(
        ["bash", "-c", shell, "bash", words[0], sys.executable, *words[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return int(started.stdout)


def test_a_sweep_ends_an_orphan_and_not_what_still_has_a_starter() -> None:
    orphan, other = orphan_of("4194303:1"), orphan_of(orphans.starter())
    try:
        time.sleep(0.3)
        if Path(f"/proc/{orphan}/stat").read_text().rpartition(")")[2].split()[1] != "1":
            pytest.skip("here another process than the machine's first one adopts orphans")
        orphans.sweep.cache_clear()
        orphans.sweep()
        time.sleep(0.3)
        assert not processes_with("4194303:1")
        assert name_of(other)
    finally:
        for pid in (orphan, other):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_a_sweep_leaves_the_sandboxes_of_the_living_alone() -> None:
    with start_behind(Profile(wall_seconds=20), ["cat"], level=3) as running:
        running.stdin.write(b"here\n")
        assert running.stdout.readline() == b"here\n"
        orphans.sweep.cache_clear()
        orphans.sweep()
        running.stdin.write(b"still\n")
        assert running.stdout.readline() == b"still\n"


def in_a_terminal(starter: list[str], *away: str) -> str:
    """Run the starter with a terminal of its own, as from a shell; what it printed."""
    pid, terminal = pty.fork()
    if not pid:
        words = [*starter, "-c", TERMINAL, "marker", *away]
        os.execvp(words[0], words)  # noqa: S606 - the child is to become the starter
    said = b""
    try:
        while piece := os.read(terminal, 4096):
            said += piece
    except OSError:  # how a terminal says that its last process is gone
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return said.decode()


def test_the_starters_terminal_cannot_be_reached(starter: list[str]) -> None:
    assert "refused" in in_a_terminal(starter)
    assert "through" in in_a_terminal(starter, "session")
