"""Waking the scorer: PostgreSQL's own notification, so that a result does not wait for the next poll."""

import logging

from django.db import InterfaceError, OperationalError, connection, transaction

log = logging.getLogger(__name__)
CHANNEL = "dure_scorer"


def ring(kind: str) -> None:
    """Tell waiting scorers, once the present transaction is committed, that a run of this kind is in the queue."""
    transaction.on_commit(lambda: _notify(kind))


def _notify(kind: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, kind])
    except (OperationalError, InterfaceError):
        log.warning("the bell could not ring; scorers look into the queue every few seconds anyway")
