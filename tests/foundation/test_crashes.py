"""Processes killed with SIGKILL: what was promised still happens, once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from dure.foundation import events, tasks
from dure.foundation.models import Delivery
from tests.cli.waiting import until
from tests.foundation import crashing

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_other_jobs() -> Iterator[None]:
    """Django empties its own tables between tests; these are procrastinate's."""
    _forget_jobs()
    yield
    _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers restart identity cascade")


def spawned(part: str, file: Path) -> "subprocess.Popen[bytes]":
    """A process on this test's database."""
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    words = [sys.executable, "-m", "tests.foundation.crashing", part, str(file)]
    env = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(["src", "."])}
    return subprocess.Popen(words, env=env, cwd=Path(__file__).parents[2], start_new_session=True)


@contextmanager
def worker(file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    process = spawned("worker", file)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_an_event_committed_by_a_process_that_died_is_delivered_by_the_minute_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    said.touch()
    assert spawned("outbox", said).wait(60) == -signal.SIGKILL
    assert (Delivery.objects.filter(done_at=None).count(), said.read_text()) == (1, "")
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe(crashing.Fell, crashing.hear)
    for _ in range(2):
        tasks.deliver_events(timestamp=0)
    assert said.read_text() == "heard\n"


def jobs() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("select id, status from procrastinate_jobs where task_name = 'tests.sleep'")
        return dict(cursor.fetchall())


def test_the_task_of_a_killed_worker_is_finished_after_the_rescue(tmp_path: Path) -> None:
    said, rescue = tmp_path / "said", cast("Any", tasks.rescue_stalled_jobs)
    job = crashing.sleep.configure(queueing_lock="sleep").defer(file=str(said), seconds=60)
    with worker(said) as first:
        until(lambda: said.exists() and "started" in said.read_text(), within_s=60)
        first.kill()
        first.wait()
    assert jobs() == {job: "doing"}
    time.sleep(crashing.SILENCE + 0.5)
    with worker(tmp_path / "second"):
        with suppress(AlreadyEnqueued):  # when the minute's own rescue waits already
            rescue.defer(timestamp=0)
        until(lambda: jobs() == {job: "succeeded"}, within_s=60)
    assert said.read_text().split() == ["started", "started", "finished"]


def test_a_killed_task_whose_work_is_queued_again_stands_in_nobodys_way(tmp_path: Path) -> None:
    """Every periodic task meets this: its next round is queued before the rescue comes."""
    files = [tmp_path / "locked", tmp_path / "plain"]
    locked = crashing.sleep.configure(queueing_lock="sleep")
    for file in files:
        file.touch()
    killed = locked.defer(file=str(files[0]), seconds=60)
    other = crashing.sleep.defer(file=str(files[1]), seconds=60)
    with worker(files[0]) as first:
        until(lambda: all(file.read_text() for file in files), within_s=60)
        first.kill()
        first.wait()
    again = locked.defer(file=str(files[0]), seconds=60)
    time.sleep(crashing.SILENCE + 0.5)
    assert spawned("rescue", files[0]).wait(60) == 0
    assert jobs() == {killed: "aborted", again: "todo", other: "todo"}


def test_a_task_that_kills_its_worker_for_ever_is_given_up(tmp_path: Path) -> None:
    said = tmp_path / "said"
    job = crashing.sleep.defer(file=str(said), seconds=60)
    with worker(said) as first:
        until(lambda: said.exists() and "started" in said.read_text(), within_s=60)
        first.kill()
        first.wait()
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set attempts = %s where id = %s", [tasks.RESCUE_LIMIT, job])
    time.sleep(crashing.SILENCE + 0.5)
    assert spawned("rescue", said).wait(60) == 0
    assert jobs() == {job: "failed"}
