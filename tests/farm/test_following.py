"""Whoever follows a job from a terminal does not notice that its runner was killed: it ends as the program does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from dure.farm.models import Job
from dure.people.models import Person
from tests.cli.serving import descendants_of
from tests.cli.submitter import token_of
from tests.cli.waiting import until
from tests.farm.asked import PYTHON, member_of
from tests.farm.test_crashes import runner_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
BARE = ["--packages", "none", "--memory", "256M", "--time", "1m"]


@contextmanager
def following(url: str, someone: Person, folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """`dure run` as a process of its own, talking to a real server."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DURE_SERVER": url,
        "DURE_TOKEN": token_of(someone),
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "dure.cli", "run", *BARE, "--", *words],
        env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_runner_killed_in_the_middle_changes_nothing_for_who_follows(
    live_server: LiveServer, tmp_path: Path
) -> None:
    """The job is put back when its lease runs out, runs once more, and the follower ends as the program does."""
    someone = member_of()
    (tmp_path / "main.py").write_text(
        "import time; print('begun', flush=True); time.sleep(8); print('ended')"
    )
    with following(live_server.url, someone, tmp_path, PYTHON, "main.py") as process:
        with runner_process() as runner:
            until(lambda: Job.objects.filter(state="running").exists(), within_s=60)
            until(lambda: bool(_programs(runner)), within_s=60)
            os.kill(runner.pid, signal.SIGKILL)
            runner.wait()
        with runner_process():
            out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert out.endswith("ended\n")
    job = Job.objects.get()
    assert [(run.excused, run.exit_code) for run in job.runs.order_by("attempt")] == [
        (True, None),
        (False, 0),
    ]


def _programs(runner: "subprocess.Popen[bytes]") -> list[int]:
    return [pid for pid, line in descendants_of(runner.pid).items() if "main.py" in line]
