"""One runner for one cluster: two would each take the other's jobs for strays."""

from typing import Any

from django.db import connection


class Alone:
    """A lock of the database's that lasts as long as this process's connection, so that a killed runner's is free at once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._on: Any = None

    def is_mine(self) -> bool:
        """Whether this process has it, or gets it now."""
        connection.ensure_connection()
        if connection.connection is not self._on:
            self._on = connection.connection if self._asks("pg_try_advisory_lock") else None
        return self._on is not None

    def give_up(self) -> None:
        """Leave it to another."""
        if self._on is not None and connection.connection is self._on:
            self._asks("pg_advisory_unlock")
        self._on = None

    def _asks(self, function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"select {function}(hashtext('farm.slurm'), hashtext(%s))", [self._name])
            (answer,) = cursor.fetchone()
        return bool(answer)
