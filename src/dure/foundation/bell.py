"""Waking a worker: PostgreSQL's own notification, so that a run does not wait for the next poll."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

from dure.foundation.away import AWAY

log = logging.getLogger(__name__)
ASKED_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Bell:
    """A channel of the database. Whoever rings needs not know who listens."""

    channel: str

    def ring(self, words: str = "") -> None:
        """Tell waiting workers to look; inside a transaction they hear it when that is committed."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_notify(%s, %s)", [self.channel, words])
        except AWAY:
            if connection.in_atomic_block:
                raise
            log.warning("the bell could not ring; workers look into the queue every few seconds anyway")


class Listener:
    """One worker's ear: hears from before its look at the queue, so that no ring falls between the look and the wait."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._on: Any = None

    def listen(self) -> None:
        """Listen on the present connection, once."""
        connection.ensure_connection()
        if connection.connection is not self._on:
            with connection.cursor() as cursor:
                cursor.execute(f"listen {self._bell.channel}")
            self._on = connection.connection

    def wait(self, seconds: float, *, unless: Callable[[], bool]) -> None:
        """Sleep until the bell rings, at most so long; `unless` is asked several times a second, so that a stop is heard too."""
        raw, until = connection.connection, time.monotonic() + seconds
        try:
            while not unless() and (left := until - time.monotonic()) > 0:
                for _note in raw.notifies(timeout=min(left, ASKED_SECONDS), stop_after=1):
                    return
        except psycopg.Error:
            log.warning("the database went away while waiting")
            connection.close()
