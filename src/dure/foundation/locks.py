"""One at a time, where no row stands for what must not be done twice at once."""

from django.db import connection


def one_at_a_time(*what: object) -> None:
    """Wait until nobody else is at this, and keep it for oneself until the transaction ends. Only inside a transaction."""
    with connection.cursor() as cursor:
        named = ":".join(map(str, what))
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [named])
