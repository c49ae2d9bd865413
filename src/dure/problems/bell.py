"""Waking the scorer: PostgreSQL's own notification, so that a result does not wait for the next poll."""

from django.db import connection, transaction

CHANNEL = "dure_scorer"


def ring(kind: str) -> None:
    """Tell waiting scorers, once the present transaction is committed, that a run of this kind is in the queue."""
    transaction.on_commit(lambda: _notify(kind))


def _notify(kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, kind])
