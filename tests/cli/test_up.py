"""`dure up` with real processes: what is killed comes back, what is stopped is gone, what is wrong is named."""

import json
import os
import signal
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from dure.cli.installation import is_alive
from dure.cli.up import free_port
from tests.cli.serving import dure, serving
from tests.cli.waiting import until

pytestmark = pytest.mark.slow


def test_sigterm_stops_everything_within_ten_seconds(installed: Path) -> None:
    with serving(installed) as served:
        below = served.descendants()
        assert len(below) >= 5
        started = time.monotonic()
        assert served.end() == 0
        assert time.monotonic() - started < 10
    assert not [line for pid, line in below.items() if is_alive(pid)]
    assert "by force" not in served.text
    assert "stopped" in served.text
    assert not (installed / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize("pattern", ["granian", r"dure\.cli worker", r"bin/postgres"])
def test_a_killed_child_is_started_again(installed: Path, pattern: str) -> None:
    with serving(installed) as served:
        victim = served.child(pattern)
        os.kill(victim, signal.SIGKILL)
        until(lambda: "runs again" in served.text, within_s=15)
        until(served.answers, within_s=15)
        assert served.child(pattern) != victim
        assert "was killed by SIGKILL; starts again in 0.2 s" in served.text


def test_a_killed_web_process_below_the_server_is_replaced(installed: Path) -> None:
    with serving(installed) as served:
        server = served.child("granian")
        from tests.cli.serving import descendants_of  # noqa: PLC0415 - used here only

        workers = [
            pid
            for pid, line in descendants_of(server).items()
            if "multiprocessing" in line or "granian" in line
        ]
        os.kill(workers[-1], signal.SIGKILL)
        until(lambda: not is_alive(workers[-1]), within_s=5)
        until(served.answers, within_s=15)
        assert served.child("granian") > 0


def test_a_killed_supervisor_takes_all_with_it_and_the_next_start_succeeds(installed: Path) -> None:
    with serving(installed) as served:
        below = served.descendants()
        served.process.kill()
        served.process.wait()
        until(lambda: not [pid for pid in below if is_alive(pid)], within_s=5)
    with serving(installed, port=served.port) as again:
        assert again.answers()


def test_the_next_start_may_come_at_once(installed: Path) -> None:
    with serving(installed) as served:
        served.process.kill()
        served.process.wait()
        with serving(installed, port=served.port) as again:
            assert again.answers()


def test_a_killed_guard_is_started_again(installed: Path) -> None:
    with serving(installed) as served:
        os.kill(served.child("guard.py"), signal.SIGKILL)
        until(lambda: "guard ended" in served.text, within_s=5)
        below = served.descendants()
        served.process.kill()
        served.process.wait()
        until(lambda: not [pid for pid in below if is_alive(pid)], within_s=5)


def test_two_on_one_folder_are_refused(installed: Path) -> None:
    with serving(installed) as served:
        second = dure("up", "--data", str(installed), "--port", str(free_port()))
        assert second.returncode == 1
        assert f"in use by process {served.process.pid}" in second.stdout
        assert served.answers()


def test_a_taken_port_is_named_and_nothing_is_started(installed: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = dure("up", "--data", str(installed), "--port", str(port))
    assert refused.returncode == 1
    assert f"port {port} on 127.0.0.1 cannot be used" in refused.stdout
    assert not (installed / "postgres" / "postmaster.pid").exists()


def test_a_stale_pid_file_does_not_stop_the_start(installed: Path) -> None:
    (installed / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{installed}\n1\n5432\n")
    (installed / "lock").write_text("1\n")
    with serving(installed) as served:
        assert served.answers()


def test_parent_folders_keep_their_modes(prepared: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", str(prepared), str(private / "data")], check=True)
    before = [stat.S_IMODE(parent.stat().st_mode) for parent in (private, *private.parents)]
    with serving(private / "data") as served:
        assert served.answers()
    assert [stat.S_IMODE(parent.stat().st_mode) for parent in (private, *private.parents)] == before


def test_state_names_the_processes_and_the_key_is_closed_to_others(installed: Path) -> None:
    with serving(installed) as served:
        state = json.loads((installed / "state.json").read_text())
        assert state["url"] == served.url
        assert {"database", "web", "worker"} <= set(state["processes"])
    assert stat.S_IMODE((installed / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(installed.stat().st_mode) == 0o700


def test_a_given_database_is_used_and_none_is_started(tmp_path: Path) -> None:
    from dure.cli.postgres import start_ephemeral  # noqa: PLC0415 - this test's own server

    with start_ephemeral(tmp_path / "pg") as url, serving(tmp_path / "data", DATABASE_URL=url) as served:
        assert served.answers()
        assert not (tmp_path / "data" / "postgres").exists()


def test_public_use_is_refused_with_every_fault_at_once(tmp_path: Path) -> None:
    refused = dure(
        "up",
        "--data",
        str(tmp_path / "data"),
        "--host",
        "0.0.0.0",  # noqa: S104 - refused, which is the test
        "--port",
        str(free_port()),
        DURE_PUBLIC_URL="http://dure.example",
        DURE_SECRET_KEY="short",
        DURE_DEBUG="1",
    )
    assert refused.returncode == 1
    for name in ("DURE_PUBLIC_URL", "DURE_SECRET_KEY", "DURE_DEBUG", "DURE_MAIL_URL", "DURE_MAIL_FROM"):
        assert name in refused.stdout
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 95)
    refused = dure("up", "--data", str(folder), "--port", str(free_port()))
    assert refused.returncode == 1
    assert not folder.exists()
    assert "choose a shorter one with --data" in refused.stdout


def test_a_data_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    refused = dure("up", "--data", str(tmp_path / "data"), "--port", str(free_port()))
    assert refused.returncode == 1
    assert f"the data folder {tmp_path / 'data'} cannot be used" in refused.stdout
    assert (tmp_path / "data").read_text() == "mine"


def test_check_walks_and_leaves_nothing() -> None:
    # pytest's own folder is too deep for a database socket when tests run side by side.
    with tempfile.TemporaryDirectory(prefix="dc") as folder:
        done = dure("up", "--check", TMPDIR=folder)
        assert done.returncode == 0, done.stdout
        assert "front page answers" in done.stdout
        for learnt in ("courses that come along are open", "answers a question", "judge answers for a lab"):
            assert learnt in done.stdout
        assert "check passed" in done.stdout
        assert list(Path(folder).iterdir()) == []
