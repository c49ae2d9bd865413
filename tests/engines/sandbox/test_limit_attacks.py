"""Attacks on the machine's resources: each is ended by the limit that was agreed, and would go on without it."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dure.engines.sandbox import Limit
from dure.engines.sandbox.cgroups import kind
from dure.engines.sandbox.profile import MIB, Output, Profile
from dure.engines.sandbox.walls import ALL, Wall
from tests.engines.sandbox.machine import processes_with
from tests.engines.sandbox.runners import Runner

pytestmark = pytest.mark.sandbox
PROFILE = Profile(
    memory_bytes=96 * MIB,
    temporary_bytes=80 * MIB,
    file_bytes=200 * MIB,
    processes=16,
    cpu_seconds=20,
    wall_seconds=20,
)
MEMORY: frozenset[Wall] = frozenset({"cgroup", "watcher", "rlimits", "seccomp"})


@dataclass(frozen=True)
class Greed:
    """A program that takes too much and then prints `through`; the limit that ends it; walls without which it is not ended."""

    name: str
    code: str
    limit: Limit
    away: frozenset[Wall]
    profile: dict[str, Any]

    def __str__(self) -> str:
        return self.name.replace(" ", "_")

    @property
    def asked(self) -> Profile:
        return replace(PROFILE, **self.profile)


GREEDY = (
    Greed("memory of one", "x = b'x' * (160 << 20); import time; time.sleep(0.5)", "memory", MEMORY, {}),
    Greed(
        "memory of many",
        """
import os, time
for _ in range(4):
    if not os.fork():
        x = b"x" * (40 << 20)
        time.sleep(0.7)
        os._exit(0)
for _ in range(4):
    if os.wait()[1]: os.kill(os.getpid(), 9)
""",
        "memory",
        MEMORY,
        {},
    ),
    Greed(
        "memory that is shared and has no name",
        "import mmap, time; m = mmap.mmap(-1, 160 << 20); m.write(b'x' * (80 << 20)); m.write(b'x' * (80 << 20)); time.sleep(0.5)",
        "memory",
        MEMORY,
        {},
    ),
    Greed(
        "memory as files",
        """
import time
for path in ("/tmp/x", "/dev/shm/x"):
    with open(path, "wb") as file:
        for _ in range(70): file.write(b"x" * (1 << 20))
time.sleep(0.5)
""",
        "memory",
        MEMORY,
        {},
    ),
    Greed(
        "memory as files that have no name any more",
        """
import os, time
held = []
for path in ("/tmp/x", "/dev/shm/x"):
    held.append(open(path, "wb"))
    os.unlink(path)
    for _ in range(70): held[-1].write(b"x" * (1 << 20))
time.sleep(0.5)
""",
        "memory",
        MEMORY,
        {},
    ),
    Greed(
        "processor time of one",
        "import time\nwhile time.process_time() < 1.6: pass",
        "cpu",
        frozenset({"rlimits", "watcher"}),
        {"cpu_seconds": 1},
    ),
    Greed(
        "processor time of many",
        """
import os, time
for _ in range(3):
    if not os.fork():
        while time.process_time() < 0.7: pass
        os._exit(0)
for _ in range(3): os.wait()
""",
        "cpu",
        frozenset({"rlimits", "watcher"}),
        {"cpu_seconds": 1, "cores": 4},
    ),
    Greed(
        "files without content",
        "import time\nfor n in range(26000): open(f'/tmp/{n}', 'w').close()\ntime.sleep(0.2)",
        "entries",
        frozenset({"watcher"}),
        {"memory_bytes": 512 * MIB},
    ),
    Greed(
        "links and folders",
        "import os, time\nfor n in range(13000): os.mkdir(f'/dev/shm/{n}'); os.symlink('x', f'/dev/shm/l{n}')\ntime.sleep(0.2)",
        "entries",
        frozenset({"watcher"}),
        {"memory_bytes": 512 * MIB},
    ),
)
WAYS = {"by the kernel": frozenset[Wall](), "by looking": frozenset[Wall]({"cgroup"})}


def words(runner: Runner, code: str) -> list[str]:
    return [runner.python, "-I", "-S", "-c", f"{code}\nprint('through')"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("greed", GREEDY, ids=str)
def test_it_is_ended_by_its_limit(runner: Runner, greed: Greed, way: str) -> None:
    outcome = runner.run(greed.asked, words(runner, greed.code), behind=ALL - WAYS[way])
    assert (outcome.limit, outcome.stdout) == (greed.limit, b"")
    assert outcome.signal
    if greed.limit == "memory" and way == "by the kernel" and runner.name == "this process" and kind():
        assert outcome.peak_memory <= PROFILE.memory_bytes


@pytest.mark.parametrize("greed", GREEDY, ids=str)
def test_without_its_walls_it_goes_on(runner: Runner, greed: Greed) -> None:
    outcome = runner.run(greed.asked, words(runner, greed.code), behind=ALL - greed.away - {"cgroup"})
    assert outcome.stdout == b"through\n", outcome


UNMAPPED = {
    "memfd": "import os; f = os.memfd_create('x'); [os.write(f, b'x' * (1 << 20)) for _ in range(160)]",
    "shm": """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0, 160 << 20, 0o1600)
if segment < 0: raise PermissionError
place = libc.shmat(segment, None, 0)
ctypes.memset(place, 1, 160 << 20)
libc.shmdt(ctypes.c_void_p(place))
""",
}


@pytest.mark.parametrize("name", UNMAPPED)
def test_memory_that_nobody_maps_is_counted_by_the_kernel_or_refused(runner: Runner, name: str) -> None:
    counted = runner.run(PROFILE, words(runner, UNMAPPED[name]))
    watched = runner.run(PROFILE, words(runner, UNMAPPED[name]), behind=ALL - {"cgroup"})
    control = runner.run(PROFILE, words(runner, UNMAPPED[name]), behind=ALL - MEMORY)
    assert counted.limit == "memory" or b"PermissionError" in counted.stderr
    assert b"PermissionError" in watched.stderr
    assert control.stdout == b"through\n"


def test_the_watcher_is_quick_enough_for_what_grows_by_200_mib_in_a_second(runner: Runner) -> None:
    code = "import time\nx = []\nwhile True: x.append(b'x' * (2 << 20)); time.sleep(0.01)"
    outcome = runner.run(PROFILE, words(runner, code), behind=ALL - {"cgroup"})
    assert outcome.limit == "memory"
    assert outcome.peak_memory < 1.5 * PROFILE.memory_bytes


def test_a_share_of_the_processors_is_kept_by_the_control_group(this_process: Runner) -> None:
    if kind() is None:
        pytest.skip("no control group can be made here, and nothing else keeps a share")
    code = "import time\nend = time.monotonic() + 1\nwhile time.monotonic() < end: pass\nprint(time.process_time())"
    command = [this_process.python, "-I", "-S", "-c", code]
    profile = replace(PROFILE, cores=0.15)
    capped = float(this_process.run(profile, command).stdout)
    control = float(this_process.run(profile, command, behind=ALL - {"cgroup"}).stdout)
    assert capped < 0.3
    assert control > capped + 0.05


def test_what_processes_share_is_counted_once(runner: Runner) -> None:
    """The control of the watcher's judgement: four processes with the same 60 MiB are 60 and not 240."""
    code = """
import os, time
x = b"x" * (60 << 20)
for _ in range(3):
    if not os.fork():
        time.sleep(0.5)
        os._exit(0)
for _ in range(3): os.wait()
"""
    outcome = runner.run(PROFILE, words(runner, code), behind=ALL - {"cgroup"})
    assert (outcome.limit, outcome.stdout) == (None, b"through\n")


def test_more_results_than_agreed_end_the_run(runner: Runner, public: Path) -> None:
    public.chmod(0o777)
    profile = replace(PROFILE, output=Output(max_bytes=MIB, max_entries=50))
    code = "import time\nfor n in range(300): open(f'/out/{n}', 'w').close()\ntime.sleep(1)"
    outcome = runner.run(profile, words(runner, code), into=public / f"many-{time.monotonic_ns()}")
    assert outcome.limit == "entries"
    assert [fault.code for fault in outcome.faults] == ["too_many_entries"]
    full = runner.run(
        profile,
        ["sh", "-c", "head -c 3000000 /dev/zero > /out/x"],
        into=public / f"full-{time.monotonic_ns()}",
    )
    assert b"No space left" in full.stderr
    assert [file.size for file in full.files] == [MIB]


def test_a_flood_is_ended_and_what_is_kept_is_short(runner: Runner) -> None:
    code = "import os\nfor _ in range(100): os.write(1, b'x' * (1 << 20))\nos.write(2, b'done')"
    outcome = runner.run(replace(PROFILE, log_bytes=1000), words(runner, code))
    assert (outcome.limit, outcome.stderr) == ("log", b"")
    assert len(outcome.stdout) < 1100
    assert runner.outside(code, {}).endswith("done")


STUBBORN = """
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
for _ in range(3):
    if not os.fork():
        os.setsid()
        if not os.fork():
            time.sleep(60)
os.kill(os.getpid(), signal.SIGSTOP)
time.sleep(60)
"""
BOMB = ":(){ :|:& };: ; sleep 60"
STORM = """
import os, signal
for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGCHLD, signal.SIGRTMAX):
    signal.signal(number, signal.SIG_IGN)
for _ in range(3): os.fork()
while True:
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGCHLD, signal.SIGRTMAX, signal.SIGCONT):
        try: os.kill(-1, number)
        except OSError: pass
"""


@pytest.mark.parametrize("program", ["stubborn", "bomb", "storm"])
def test_the_wall_time_ends_everything_and_nothing_is_left(runner: Runner, program: str) -> None:
    marker = f"dure-marker-{time.monotonic_ns()}"
    python = [runner.python, "-I", "-S", "-c"]
    command = {
        "stubborn": [*python, STUBBORN, marker],
        "bomb": ["bash", "-c", BOMB, marker],
        "storm": [*python, STORM, marker],
    }[program]
    outcome = runner.run(replace(PROFILE, wall_seconds=0.7), command)
    assert (outcome.limit, outcome.signal) == ("wall", 9)
    assert outcome.wall_seconds < 5
    time.sleep(0.2)
    assert processes_with(marker) == []


def test_a_storm_of_signals_outside_ends_others(runner: Runner) -> None:
    """The control: signals do reach a process of the same user, where the two see each other."""
    code = """
import os, signal, time
victim = os.fork()
if not victim: time.sleep(20); os._exit(0)
os.kill(victim, signal.SIGTERM)
assert os.WTERMSIG(os.wait()[1]) == signal.SIGTERM
print("through")
"""
    assert runner.outside(code, {}) == "through\n"
