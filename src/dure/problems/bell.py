"""Waking the scorer: PostgreSQL's own notification, so that a result does not wait for the next poll."""

import logging

from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)
CHANNEL = "dure_scorer"


def ring(kind: str) -> None:
    """Tell waiting scorers that a run of this kind is in the queue; inside a transaction they hear it when that is committed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, kind])
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        log.warning("the bell could not ring; scorers look into the queue every few seconds anyway")
