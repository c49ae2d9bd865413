"""A run from the starter's side: what comes back, and what it says of how the run ended."""

import os
import signal
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dure.engines import sandbox
from dure.engines.sandbox import LaunchError, Mount, Output, Profile, UnprotectedError, door, protection
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.profile import MIB
from dure.engines.sandbox.walls import ALL, Wall
from tests.engines.sandbox.runners import Runner

pytestmark = pytest.mark.sandbox
PROFILE = Profile(wall_seconds=20, temporary_bytes=8 * MIB, memory_bytes=256 * MIB, processes=16)

FORKING = """
import os
for _ in range(12):
    if not os.fork():
        os.read(0, 1)
        os._exit(0)
print(os.getuid(), flush=True)
os.read(0, 1)
"""


@pytest.mark.parametrize(
    ("command", "exit_code", "ended_by"),
    [
        (["true"], 0, None),
        (["sh", "-c", "exit 3"], 3, None),
        (["sh", "-c", "exit 137"], 137, None),
        (["sh", "-c", "kill -9 $$"], None, signal.SIGKILL),
        (["sh", "-c", "kill -15 $$"], None, signal.SIGTERM),
        (["no-such-program"], 127, None),
    ],
)
def test_exit_and_signal_are_told_apart(
    runner: Runner, command: list[str], exit_code: int | None, ended_by: int | None
) -> None:
    outcome = runner.run(PROFILE, command)
    assert (outcome.exit_code, outcome.signal, outcome.limit) == (exit_code, ended_by, None)
    assert outcome.ok == (exit_code == 0)


def test_input_goes_in_and_both_outputs_come_out(runner: Runner) -> None:
    sent = os.urandom(300_000)
    outcome = runner.run(replace(PROFILE, log_bytes=400_000), ["sh", "-c", "cat; echo oh no >&2"], stdin=sent)
    assert outcome.stdout == sent
    assert outcome.stderr == b"oh no\n"


def test_a_program_that_does_not_listen_loses_its_input_and_nothing_else(runner: Runner) -> None:
    assert runner.run(PROFILE, ["true"], stdin=b"x" * 300_000).ok


def test_a_link_leads_to_the_folder_beside_the_program_and_no_further(runner: Runner, public: Path) -> None:
    home = public / f"linked {runner.name}"
    for name in ("one", "two"):
        (home / name / "data").mkdir(parents=True)
        (home / name / "data" / "x").write_text(name)
    profile = replace(
        PROFILE,
        mounts=(Mount(home, "/home/lab"),),
        workdir="/home/lab/one",
        links=(("/data", "/proc/self/cwd/data"),),
    )
    outcome = runner.run(profile, ["sh", "-c", "cat /data/x; cd ../two; cat /data/x; cd /; cat /data/x"])
    assert outcome.stdout == b"onetwo"
    assert outcome.exit_code == 1


def test_long_output_is_kept_by_its_ends(runner: Runner) -> None:
    outcome = runner.run(replace(PROFILE, log_bytes=100), ["sh", "-c", "seq 1 5000"])
    assert outcome.stdout.startswith(b"1\n2\n3\n")
    assert outcome.stdout.endswith(b"4999\n5000\n")
    assert b"bytes left out" in outcome.stdout
    assert len(outcome.stdout) < 150


def test_files_come_out_by_name_with_size_and_hash(runner: Runner, public: Path) -> None:
    profile = replace(PROFILE, output=Output("/results/out", MIB, 10))
    into = public / f"collected-{runner.name}-{time.monotonic_ns()}"
    into.parent.chmod(0o777)
    outcome = runner.run(
        profile, ["sh", "-c", "mkdir /results/out/deep; printf abc > /results/out/deep/p.csv"], into=into
    )
    assert [(file.name, file.size) for file in outcome.files] == [("deep/p.csv", 3)]
    assert outcome.files[0].sha256.startswith("ba7816bf8f01cfea")
    assert (into / "deep" / "p.csv").read_text() == "abc"


def test_the_environment_is_what_the_profile_says_and_little_more(runner: Runner) -> None:
    outcome = runner.run(replace(PROFILE, environment={"DATA": "/x", "LANG": "ko_KR.UTF-8"}), ["env"])
    variables = dict(line.split("=", 1) for line in outcome.stdout.decode().splitlines())
    assert variables["DATA"] == "/x"
    assert variables["LANG"] == "ko_KR.UTF-8"
    assert variables["OMP_NUM_THREADS"] == "1"
    assert not [name for name in variables if name.startswith(("DURE", "DATABASE", "VIRTUAL", "PYTEST"))]


def test_mounts_and_workdir(runner: Runner, public: Path, secret: Path) -> None:
    mount = Mount(secret, "/app/input/ref/answers.csv")
    outcome = runner.run(
        replace(PROFILE, mounts=(mount,), workdir="/app/input"), ["sh", "-c", "pwd; cat ref/*"]
    )
    assert outcome.stdout == b"/app/input\nhidden answers\n"


@pytest.mark.parametrize(
    "wrong", [{"workdir": "/nowhere"}, {"mounts": (Mount(Path("/no/such/place"), "/data"),)}]
)
def test_a_sandbox_that_cannot_be_built_is_our_fault_and_says_why(
    runner: Runner, wrong: dict[str, str]
) -> None:
    with pytest.raises(LaunchError, match="No such file"):
        runner.run(replace(PROFILE, **wrong), ["true"])  # type: ignore[arg-type]  # a table of any field


def test_used_time_and_memory_are_reported(runner: Runner) -> None:
    code = "x = b'x' * (80 << 20)\nimport time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    outcome = runner.attack(code, PROFILE)
    assert 0.3 <= outcome.cpu_seconds < 3
    assert 80 * MIB <= outcome.peak_memory < 130 * MIB
    assert outcome.wall_seconds >= 0.3


def test_a_running_program_is_spoken_with_line_by_line() -> None:
    with door.start(PROFILE, ["sh", "-c", "read a; echo got $a; read b; echo got $b >&2; exit 4"]) as running:
        running.stdin.write(b"one\n")
        assert running.stdout.readline() == b"got one\n"
        running.stdin.write(b"two\n")
        outcome = running.wait(20)
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (4, b"", b"got two\n")


def test_leaving_the_context_stops_the_run() -> None:
    with door.start(PROFILE, ["sleep", "60"]) as running, pytest.raises(TimeoutError):
        running.wait(0.2)
    outcome = running.wait(20)
    assert (outcome.limit, outcome.signal) == ("stopped", signal.SIGKILL)
    assert outcome.wall_seconds < 10


def test_the_reader_sees_the_end_when_the_program_closes_its_output() -> None:
    with door.start(PROFILE, ["sh", "-c", "exec >&-; sleep 60"]) as running:
        began = time.monotonic()
        assert running.stdout.read() == b""
        assert time.monotonic() - began < 20


def test_a_run_outlives_the_thread_that_started_it() -> None:
    """The kernel binds bubblewrap's life to a thread; it must be ours and not the caller's."""
    found: list[sandbox.Running] = []
    starter = threading.Thread(
        target=lambda: found.append(door.start(PROFILE, ["sh", "-c", "sleep 1; echo there"]))
    )
    starter.start()
    starter.join()
    with found[0] as running:
        assert running.stdout.read() == b"there\n"
        assert running.wait(20).ok


def test_many_runs_at_once_have_users_of_their_own_and_do_not_starve_each_other() -> None:
    code = FORKING
    runs = [door.start(PROFILE, [this_host().python, "-I", "-S", "-c", code]) for _ in range(3)]
    users = {running.stdout.readline() for running in runs}
    for running in runs:
        running.stdin.close()
        assert running.wait(20).ok
        running.stdout.close()
    assert len(users) == (3 if os.geteuid() == 0 else 1)


def test_the_level_is_stated_and_too_low_a_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = protection()
    assert door.run(PROFILE, ["true"]).level == found.level >= 3
    low = replace(found, level=2, walls=(sandbox.WallState("sandbox", "missing", "bubblewrap_missing"),))
    monkeypatch.setattr("dure.engines.sandbox.protecting.protection", lambda: low)
    with pytest.raises(UnprotectedError, match="level 2; missing: sandbox"):
        door.run(PROFILE, ["true"], least_level=0)
    monkeypatch.setattr("dure.engines.sandbox.protecting.protection", lambda: replace(found, level=3))
    with pytest.raises(UnprotectedError):
        door.run(PROFILE, ["true"], least_level=4)


def test_an_output_folder_needs_a_place_and_a_command_a_word(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="place"):
        door.run(replace(PROFILE, output=Output()), ["true"])
    with pytest.raises(ValueError, match="place"):
        door.run(PROFILE, ["true"], into=tmp_path / "out")
    with pytest.raises(ValueError, match="word"):
        door.run(PROFILE, [])


def test_the_relay_is_the_only_way_out(runner: Runner, public: Path) -> None:
    folder = public / f"relay-{time.monotonic_ns()}"
    folder.mkdir()
    folder.chmod(0o777)
    code = "import socket; s = socket.socket(socket.AF_UNIX); s.connect('/run/relay/lab.sock'); s.send(b'hello'); print(s.recv(9))"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "lab.sock"))
        (folder / "lab.sock").chmod(0o777)
        server.listen()
        server.settimeout(20)
        answering = threading.Thread(target=answer_once, args=(server,))
        answering.start()
        outcome = runner.attack(code, replace(PROFILE, relay=folder))
        answering.join()
    assert outcome.stdout == b"b'HELLO'\n"
    assert b"No such file" in runner.attack(code, PROFILE).stderr


def answer_once(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.send(connection.recv(100).upper())


def test_processes_of_one_run_may_use_tcp_among_themselves_where_agreed(runner: Runner) -> None:
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(s.getsockname()); print('ok')"
    assert runner.attack(code, replace(PROFILE, loopback=True)).stdout == b"ok\n"
    assert b"Permission denied" in runner.attack(code, PROFILE).stderr


def test_a_device_is_there_only_where_agreed(runner: Runner) -> None:
    usual = {"null", "zero", "full", "random", "urandom", "tty", "console", "ptmx"}
    found = sorted(p for p in Path("/dev").iterdir() if p.is_char_device() and p.name not in usual)
    if not found:
        pytest.skip("this machine has only the usual devices")
    device = str(found[0])
    asked = replace(PROFILE, devices=(device,))
    assert runner.run(asked, ["test", "-c", device]).ok
    assert not runner.run(PROFILE, ["test", "-c", device]).ok


def test_a_writable_mount_can_be_written_and_another_cannot(runner: Runner, public: Path) -> None:
    folder = public / f"work-{time.monotonic_ns()}"
    folder.mkdir()
    folder.chmod(0o777)
    written = replace(PROFILE, mounts=(Mount(folder, "/work", writable=True),))
    assert runner.run(written, ["sh", "-c", "echo here > /work/x"]).ok
    assert (folder / "x").read_text() == "here\n"
    read = replace(PROFILE, mounts=(Mount(folder, "/work"),))
    assert b"Read-only" in runner.run(read, ["sh", "-c", "echo there > /work/x"]).stderr
    assert (folder / "x").read_text() == "here\n"


SCIENCE = """
import multiprocessing, threading
import numpy, polars
frame = polars.DataFrame({"k": ["a", "b"] * 50_000, "v": numpy.arange(100_000)})
frame.write_parquet("x.parquet")
found = polars.scan_parquet("x.parquet").group_by("k").agg(polars.col("v").sum()).sort("k").collect()
print(found["v"].to_list(), float((numpy.ones((300, 300)) @ numpy.ones((300, 300))).sum()), flush=True)
def square(number): return number * number
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(square, [1, 2, 3]))
threads = [threading.Thread(target=square, args=(1,)) for _ in range(5)]
[t.start() for t in threads]; [t.join() for t in threads]
print("threads", file=open("/dev/stderr", "w"))
"""


@pytest.mark.parametrize("away", [(), ("cgroup",)])
def test_the_walls_do_not_hinder_honest_work(this_process: Runner, away: tuple[Wall, ...]) -> None:
    packages = Path(np.__file__).parents[1]
    profile = replace(
        PROFILE,
        mounts=(Mount(packages, "/packages"),),
        environment={"PYTHONPATH": "/packages"},
        memory_bytes=1024 * MIB,
        temporary_bytes=32 * MIB,
    )
    outcome = this_process.run(
        profile, [this_process.python, "-W", "ignore", "-c", SCIENCE], behind=ALL - set(away)
    )
    assert outcome.stdout == b"[2499950000, 2500000000] 27000000.0\n[1, 4, 9]\n", outcome.stderr
    assert outcome.stderr == b"threads\n"


def test_setuid_programs_give_no_rights(runner: Runner) -> None:
    outcome = runner.run(PROFILE, ["sh", "-c", "grep -E 'NoNewPrivs|CapEff|CapPrm|CapAmb' /proc/self/status"])
    assert outcome.stdout.split() == [
        *(b"CapPrm:", b"0000000000000000", b"CapEff:", b"0000000000000000"),
        *(b"CapAmb:", b"0000000000000000", b"NoNewPrivs:", b"1"),
    ]


def test_nothing_stays_open_here_whether_it_worked_or_not() -> None:
    def opened() -> set[str]:
        return {path.name for path in Path("/proc/self/fd").iterdir()}

    door.run(PROFILE, ["true"])
    settle()
    before = len(opened())
    for _ in range(3):
        door.run(PROFILE, ["true"], stdin=b"x")
        with pytest.raises(LaunchError):
            door.run(replace(PROFILE, workdir="/nowhere"), ["true"])
        with pytest.raises(LaunchError):
            door.run(replace(PROFILE, mounts=(Mount(Path("/no/such"), "/x"),)), ["true"])
        with door.start(PROFILE, ["sleep", "9"]):
            pass
    settle()
    assert len(opened()) == before


def settle() -> None:
    """An outcome is there before the last cleaning up is done."""
    for thread in threading.enumerate():
        if thread.name == "sandbox":
            thread.join(10)
