"""Queries whose SQL is written once per process: building and compiling them with the ORM costs many times what they cost to run.

The condition is still written with the ORM, once, for a stand-in person at a stand-in moment. For a real person only the parameters
are put in their place. The SQL of a stand-in can never hold somebody's own id or day: at worst a query
finds nothing, never what belongs to somebody else.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from dure.foundation import clock
from dure.foundation.access import STRANGER

PK: Final = 9_007_199_254_740_881
MOMENT: Final = datetime(1904, 2, 29, 12, 34, 56, 789, tzinfo=UTC)
Build = Callable[[Any], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person that nobody is, with the roles of a real one: conditions may depend on roles, which are part of the key."""

    roles: tuple[str, ...]
    pk: int = PK
    is_authenticated: bool = True


_written: dict[Hashable, tuple[str, tuple[Any, ...]] | None] = {}


def rows(name: str, build: Build, person: Any, *shape: Hashable) -> list[tuple[Any, ...]]:
    """The rows of `build(person)`, a `values_list` queryset, as the database gives them.

    `build` may use of the person only `pk`, `roles` and `is_authenticated`, of the clock only now and today, and may run no query.
    Whatever else changes the query (a limit, a view) goes into `shape`. Raises TypeError for a day or time that is
    neither (an hour ago, say): it would stand still.
    """
    roles = tuple(sorted(person.roles)) if person.is_authenticated else None
    key = (name, roles, shape)
    if key not in _written:
        _written[key] = _write(build, STRANGER if roles is None else StandIn(roles))
    written = _written[key]
    if written is None:
        return []
    sql, params = written
    with connection.cursor() as cursor:
        cursor.execute(sql, _placed(params, person))
        return list(cursor.fetchall())


def _write(build: Build, person: Any) -> tuple[str, tuple[Any, ...]] | None:
    """SQL and parameters for the stand-in; None for a condition that nothing can meet."""
    with clock.at(MOMENT):
        try:
            sql, params = build(person).query.get_compiler(connection.alias).as_sql()
        except EmptyResultSet:
            return None
    for param in params:
        if isinstance(param, date) and param not in _moments():
            raise TypeError(f"{param} was derived from the moment and cannot be put in its place")
    return sql, tuple(params)


def _moments() -> tuple[date, ...]:
    with clock.at(MOMENT):
        return MOMENT, clock.today()


def _placed(params: tuple[Any, ...], person: Any) -> tuple[Any, ...]:
    moment, today = _moments()
    known: dict[Any, Any] = {moment: clock.now(), today: clock.today(), PK: person.pk}
    return tuple(known.get(param, param) if isinstance(param, int | date) else param for param in params)
