"""Queries whose SQL is written once per process: building and compiling them with the ORM costs many times what they cost to run.

The condition is still written with the ORM, once, for a stand-in person at a stand-in moment. For a real person only the parameters
are put in their place. The SQL of a stand-in can never hold somebody's own id or day: at worst a query
finds nothing, never what belongs to somebody else.
"""

import re
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from itertools import count as count_up
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Count, Model, QuerySet, Value
from django.db.models.base import ModelState
from django.utils import timezone
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.numeric import Int8Dumper

from dure.foundation import clock
from dure.foundation.access import STRANGER

PK: Final = 9_007_199_254_740_881
WORD: Final = "\ue000stand-in"
NUMBER: Final = 9_007_199_254_740_847
OTHER: Final = 9_007_199_254_740_761
THIRD: Final = 9_007_199_254_740_739
START: Final = 9_007_199_254_740_727
SINCE: Final = datetime(1904, 3, 1, tzinfo=UTC)
MOMENT: Final = datetime(1904, 2, 29, 12, 34, 56, 789, tzinfo=UTC)
DAY: Final = timezone.localtime(MOMENT, timezone.get_default_timezone()).date()
MOMENTS: Final = frozenset((MOMENT, SINCE, DAY))
STAND_INS: Final = frozenset((PK, WORD, NUMBER, OTHER, THIRD, START, *MOMENTS))
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})
M = TypeVar("M", bound=Model)
Build = Callable[[Any], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person that nobody is, with the roles of a real one: conditions may depend on roles, which are part of the key."""

    roles: tuple[str, ...]
    pk: int = PK
    is_authenticated: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A query's text and its parameters, and the places among these where a stand-in stands.

    `sql` has %s for a parameter, as Django's cursor wants it; `numbered` has $1, as the database wants it.
    """

    sql: str
    numbered: str
    params: tuple[Any, ...]
    places: tuple[int, ...]

    def placed(self, person: Any, put: Mapping[Any, Any]) -> list[Any]:
        """The parameters with what is true of this person now in the place of each stand-in."""
        params = list(self.params)
        for at in self.places:
            stands = params[at]
            params[at] = put[stands] if stands in put else _truth(stands, person)
        return params


_written: dict[Hashable, Written | None] = {}


def rows(
    name: str, build: Build, person: Any, *shape: Hashable, put: Mapping[Any, Any] = NOTHING
) -> list[tuple[Any, ...]]:
    """The rows of `build(person)`, a `values_list` queryset, as the database gives them.

    `build` may use of the person only `pk`, `roles` and `is_authenticated`, of the clock only now and today, and may run no query.
    Where it has WORD, NUMBER, OTHER, THIRD or SINCE, what `put` has for these is put. Whatever else changes the query (a limit, a
    view) goes into `shape`. Raises TypeError for any other day or time (an hour ago, say): it would stand still.
    """
    roles = tuple(sorted(person.roles)) if person.is_authenticated else None
    key = (name, roles, shape)
    if key not in _written:
        _written[key] = _write(build, STRANGER if roles is None else StandIn(roles))
    written = _written[key]
    if written is None:
        return []
    return _fetched(written, written.placed(person, put))


class _Kept(threading.local):
    """This thread's cursor and the connection it belongs to. A new cursor looks up anew how each type of column is read."""

    connection: Any = None
    cursor: Any = None


_kept = _Kept()


def _fetched(written: Written, params: list[Any]) -> list[tuple[Any, ...]]:
    """What `connection.cursor()` and `fetchall` give, with the cursor kept for the next query."""
    here = connections[DEFAULT_DB_ALIAS]  # looked up once: each use of django.db.connection does it anew
    here.close_if_health_check_failed()
    here.ensure_connection()
    if _kept.connection is not here.connection:
        _kept.connection, _kept.cursor = here.connection, _new_cursor(here.connection)
    # Of a prepared statement no text is left to log, so whoever looks at the queries has them through Django's own cursor.
    cursor = here.cursor() if here.queries_logged else here.make_cursor(_kept.cursor)
    cursor.execute(written.sql if here.queries_logged else written.numbered, params)
    return list(cursor.fetchall())


def _new_cursor(to: Any) -> Any:
    """A cursor whose statements the database parses and plans once per connection.

    Django's own cursor puts the parameters into the text, which is sent, parsed and planned anew each time. A pooler in
    between must keep a client's connection for as long as the client does.
    """
    to.prepare_threshold = 0
    cursor = psycopg.RawCursor(to)
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)  # in C, where Django's own is in Python
    cursor.adapters.register_dumper(int, Int8Dumper)  # one plan for small and large numbers
    return cursor


def _write(build: Build, person: Any) -> Written | None:
    """SQL and parameters for the stand-in; None for a condition that nothing can meet."""
    with clock.at(MOMENT):
        try:
            sql, params = build(person).query.get_compiler(connection.alias).as_sql()
        except EmptyResultSet:
            return None
    for param in params:
        if isinstance(param, date) and param not in MOMENTS:
            raise TypeError(f"{param} was derived from the moment and cannot be put in its place")
    sql, params = _with_start(sql, tuple(params))
    places = (
        at for at, param in enumerate(params) if isinstance(param, int | date | str) and param in STAND_INS
    )
    return Written(sql, _numbered(sql), params, tuple(places))


def _numbered(sql: str) -> str:
    """$1, $2, … for each %s, and % for %%."""
    at = count_up(1)
    return re.sub("%[s%]", lambda found: f"${next(at)}" if found[0] == "%s" else "%", sql)


def _with_start(sql: str, params: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """A slice that begins at START begins where `put` says; Django writes it into the text, not among the parameters."""
    text = sql.removesuffix(f" OFFSET {START}")
    return (f"{text} OFFSET %s", (*params, START)) if text != sql else (sql, params)


def _truth(stands: Any, person: Any) -> Any:
    """What a stand-in stands for; one that nothing was given for stays, and finds nothing."""
    if stands == PK:
        return person.pk
    if stands == MOMENT:
        return clock.now()
    return clock.today() if stands == DAY else stands


def count(name: str, build: Build, person: Any, *shape: Hashable, put: Mapping[Any, Any] = NOTHING) -> int:
    """How many rows `build(person)` has."""

    def one_row(someone: Any) -> "QuerySet[Any, Any]":
        whole = build(someone).order_by().annotate(whole=Value(1)).values("whole")
        counted: QuerySet[Any, Any] = whole.annotate(n=Count("pk")).values_list("n")
        return counted

    found = rows(f"{name}#", one_row, person, *shape, put=put)
    return int(found[0][0]) if found else 0


def objects(
    name: str,
    build: Build,
    person: Any,
    model: type[M],
    *shape: Hashable,
    related: Sequence[str] = (),
    only: Mapping[str, tuple[str, ...]] = NOTHING,
    also: Sequence[str] = (),
    put: Mapping[Any, Any] = NOTHING,
) -> list[M]:
    """The objects of `build(person)`, a queryset of `model`, with the rows they point to and the annotations named in `also`.

    `related` are paths as for `select_related`, outer ones first. `only` names the fields to read of a path where not all are
    needed; as with the queryset method, another one is read when it is asked for.
    """
    parts = _parts(model, tuple(related), tuple(sorted(only.items())))

    def columns(someone: Any) -> "QuerySet[Any, Any]":
        names = [f"{part.path}__{name}".removeprefix("__") for part in parts for name in part.names]
        return build(someone).values_list(*names, *also)

    return [_object(row, parts, also) for row in rows(name, columns, person, *shape, put=put)]


def of(
    name: str,
    build: Callable[[], "QuerySet[M]"],
    model: type[M],
    key: Any,
    *,
    related: Sequence[str] = (),
    only: Mapping[str, tuple[str, ...]] = NOTHING,
) -> list[M]:
    """The objects of `build()`, a queryset that depends on nobody and has NUMBER where `key` is put."""
    return objects(
        name, lambda _someone: build(), STRANGER, model, related=related, only=only, put={NUMBER: key}
    )


def hold(obj: Model, name: str, rows: Sequence[Model]) -> None:
    """Put rows where `prefetch_related` would have put them."""
    held: Any = getattr(obj, name).all()
    held._result_cache, held._prefetch_done = list(rows), True  # noqa: SLF001 - Django offers no other way in
    kept = obj.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[name] = held


@dataclass(frozen=True, slots=True)
class Part:
    """Where the values of one object stand in a row, and which of them the database does not give as Python has them."""

    path: str
    model: type[Model]
    names: tuple[str, ...]
    key: int
    first: int
    converters: tuple[tuple[int, Callable[..., Any]], ...]

    def made(self, row: tuple[Any, ...]) -> Any:
        """The object; None where an outer join found nothing."""
        values = list(row[self.first : self.first + len(self.names)])
        if values[self.key] is None:
            return None
        for at, convert in self.converters:
            values[at] = convert(values[at], None, connection)
        return self._object(values)

    def _object(self, values: list[Any]) -> Any:
        """What `Model.from_db` makes, without its walk over every field: none of ours listens to pre_init or post_init.

        A field that was not read is read when it is asked for, as Django does it for any that is missing here.
        """
        made = self.model.__new__(self.model)
        made.__dict__.update(zip(self.names, values, strict=True))
        made._state = ModelState()  # noqa: SLF001 - Django's documented name
        made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - same
        return made


@cache
def _parts(
    model: type[Model], related: tuple[str, ...], only: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[Part, ...]:
    """The object itself and those it points to, in the order of their columns."""
    parts: list[Part] = []
    for path in ("", *related):
        first = sum(len(part.names) for part in parts)
        parts.append(_part(path, _target(model, path), first, dict(only).get(path)))
    return tuple(parts)


def _part(path: str, model: type[Model], first: int, only: tuple[str, ...] | None) -> Part:
    meta = _meta(model)
    wanted = {meta.pk.attname, *(only or (field.attname for field in meta.concrete_fields))}
    fields = [field for field in meta.concrete_fields if field.attname in wanted]
    names = tuple(field.attname for field in fields)
    converters = ((at, getattr(field, "from_db_value", None)) for at, field in enumerate(fields))
    known = tuple((at, convert) for at, convert in converters if convert)
    return Part(path, model, names, names.index(meta.pk.attname), first, known)


def _meta(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django's documented name


def _target(model: type[Model], path: str) -> type[Model]:
    for step in filter(None, path.split("__")):
        model = _meta(model).get_field(step).related_model
    return model


def _object(row: tuple[Any, ...], parts: Sequence[Part], also: Sequence[str]) -> Any:
    """The first object of a row, holding the others where `select_related` puts them."""
    made: dict[str, Any] = {}
    for part in parts:
        made[part.path] = part.made(row)
        if part.path:
            _hold(made, part.path)
    for name, value in zip(also, row[len(row) - len(also) :], strict=True):
        setattr(made[""], name, value)
    return made[""]


def _hold(made: dict[str, Any], path: str) -> None:
    owner, _between, step = path.rpartition("__")
    if made[owner] is None:
        return
    field = _meta(type(made[owner])).get_field(step)
    field.set_cached_value(made[owner], made[path])
    if made[path] is not None and field.one_to_one:
        field.remote_field.set_cached_value(made[path], made[owner])


@dataclass(frozen=True, slots=True)
class Listing(Generic[M]):
    """The objects of `build(person)` for a paginator: counted, and read a slice at a time."""

    name: str
    build: Build
    person: Any
    model: type[M]
    shape: tuple[Hashable, ...] = ()
    related: Sequence[str] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    put: Mapping[Any, Any] = field(default_factory=dict)

    def count(self) -> int:
        return count(self.name, self.build, self.person, *self.shape, put=self.put)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[M]:
        size = part.stop - part.start

        def sliced(someone: Any) -> "QuerySet[Any, Any]":
            return self.build(someone)[START : START + size]

        put = {**self.put, START: part.start}
        shape = (*self.shape, size)
        return objects(
            self.name, sliced, self.person, self.model, *shape, related=self.related, only=self.only, put=put
        )
