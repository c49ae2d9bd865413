"""Puts the database back after a test that committed, in milliseconds instead of Django's flush of every table.

A flush truncates some three hundred tables and seeds the catalogues anew, which costs each of these tests a second.
Here only tables that hold rows are emptied, and what the migrations had put there comes back from a copy.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

COPY = "as_migrated"
flush: Callable[[Any], None] = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # no public hook


def remember() -> None:
    """Copies every table with rows, as the migrations left it, into a schema of its own. Called once for a database."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPY} CASCADE; CREATE SCHEMA {COPY}")
        for table in _with_rows(cursor):
            cursor.execute(f'CREATE TABLE {COPY}."{table}" AS TABLE public."{table}"')


def put_back(case: Any) -> None:
    """What a test left is taken away without asking triggers and references: all of it goes.

    Only a superuser may do so; with a server of one's own where one is not, Django's flush does the work.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if cursor.fetchone() != (True,):
            flush(case)
            return
        statements = [f'DELETE FROM public."{table}"' for table in _with_rows(cursor)]  # noqa: S608 - names of our own tables
        statements += [_restored(table, columns) for table, columns in _copied(cursor)]
        cursor.execute(
            ";\n".join(["BEGIN; SET LOCAL session_replication_role = replica", *statements, "COMMIT"])
        )


def _restored(table: str, columns: str) -> str:
    return f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM {COPY}."{table}"'  # noqa: S608 - same


def _with_rows(cursor: Any) -> list[str]:
    """Tables that hold a row, asked for in one statement."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    names = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
    parts = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM public.\"{name}\")" for name in names]  # noqa: S608 - same
    cursor.execute(" UNION ALL ".join(parts))
    return [name for (name,) in cursor.fetchall()]


def _copied(cursor: Any) -> list[tuple[str, str]]:
    """Each table that has a copy, with the columns that can be written."""
    cursor.execute(
        """SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ')
             FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name
            WHERE c.table_schema = 'public' AND t.schemaname = %s AND c.is_generated = 'NEVER'
            GROUP BY c.table_name ORDER BY c.table_name""",
        [COPY],
    )
    return list(cursor.fetchall())
