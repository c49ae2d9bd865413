"""A process that dies at the worst moment, for tests: `python -m tests.foundation.crashing outbox|worker|rescue FILE`.

It works on the database that DATABASE_URL names. What happened is written, a line each, to FILE, which survives the death.
"""

import asyncio
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django comes first
from procrastinate.contrib.django import app  # noqa: E402 - same

from dure.foundation import events, tasks  # noqa: E402 - same

SILENCE = 2


@dataclass(frozen=True, slots=True)
class Fell(events.Event):
    """Something fell, and wrote so to a file."""

    file: str


def hear(event: Fell) -> None:
    say(event.file, "heard")


def say(file: str, line: str) -> None:
    with Path(file).open("a") as out:
        out.write(f"{line}\n")


@app.task(name="tests.sleep")
def sleep(file: str, seconds: float) -> None:
    """Sleeps the first time only."""
    first = "started" not in Path(file).read_text()
    say(file, "started")
    if first:
        time.sleep(seconds)
    say(file, "finished")


def die_before_delivery(file: str) -> None:
    """Commit an event, and be killed before it is handed to anybody."""

    def die(_pk: int) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return False

    hear.__module__ = Fell.__module__ = "tests.foundation.crashing"  # what it is imported as, not __main__
    events.subscribe(Fell, hear)
    setattr(events, "deliver", die)  # noqa: B010 - a plain assignment is refused by the type checker
    with transaction.atomic():
        events.record(Fell(file))


def worker_connector() -> Any:
    """What `dure worker` uses: procrastinate's own connection instead of Django's."""
    connector: Any = app.connector
    return connector.get_worker_connector()


def work(file: str) -> None:
    """A real worker whose heart beats fast, so that the test need not wait half a minute for its silence."""
    Path(file).touch()
    with app.replace_connector(worker_connector()) as working:
        working.run_worker(
            concurrency=2,
            update_heartbeat_interval=0.2,
            stalled_worker_timeout=60,
            fetch_job_polling_interval=0.2,
        )


def rescue(_file: str) -> None:
    """The minute task, once, without a worker around it."""

    task: Any = tasks.rescue_stalled_jobs

    async def once() -> None:
        with app.replace_connector(worker_connector()) as working:
            async with working.open_async():
                await task.func(SimpleNamespace(app=working), 0)

    asyncio.run(once())


if __name__ == "__main__":
    tasks.SILENCE = SILENCE
    {"outbox": die_before_delivery, "worker": work, "rescue": rescue}[sys.argv[1]](sys.argv[2])
