"""A worker's heartbeat: a thread that keeps its leases its own while it is busy."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

from dure.foundation import leases
from dure.foundation.away import AWAY

log = logging.getLogger(__name__)
BEAT_SECONDS: Final = 5.0


@contextmanager
def beating(worker: str) -> Iterator[None]:
    """Extend everything `worker` holds, every few seconds as long as the context lasts. A database that is away is waited for."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(worker, done), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(worker: str, done: threading.Event) -> None:
    while not done.wait(BEAT_SECONDS):
        try:
            leases.beat(worker=worker)
        except AWAY:
            log.warning("heartbeat: the database is away")
            connection.close()
    connection.close()
