"""Queries whose SQL is written once per process: building and compiling them with the ORM costs many times what they cost to run.

The condition is still written with the ORM, once, for a stand-in person at a stand-in moment. For a real person only the parameters
are put in their place. The SQL of a stand-in can never hold somebody's own id or day: at worst a query
finds nothing, never what belongs to somebody else.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Model, QuerySet, Value

from dure.foundation import clock
from dure.foundation.access import STRANGER

PK: Final = 9_007_199_254_740_881
WORD: Final = "\ue000stand-in"
NUMBER: Final = 9_007_199_254_740_847
OTHER: Final = 9_007_199_254_740_761
START: Final = 9_007_199_254_740_727
SINCE: Final = datetime(1904, 3, 1, tzinfo=UTC)
MOMENT: Final = datetime(1904, 2, 29, 12, 34, 56, 789, tzinfo=UTC)
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})
M = TypeVar("M", bound=Model)
Build = Callable[[Any], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person that nobody is, with the roles of a real one: conditions may depend on roles, which are part of the key."""

    roles: tuple[str, ...]
    pk: int = PK
    is_authenticated: bool = True


_written: dict[Hashable, tuple[str, tuple[Any, ...]] | None] = {}


def rows(
    name: str, build: Build, person: Any, *shape: Hashable, put: Mapping[Any, Any] = NOTHING
) -> list[tuple[Any, ...]]:
    """The rows of `build(person)`, a `values_list` queryset, as the database gives them.

    `build` may use of the person only `pk`, `roles` and `is_authenticated`, of the clock only now and today, and may run no query.
    Where it has WORD, NUMBER, OTHER or SINCE, what `put` has for these is put. Whatever else changes the query (a limit, a view)
    goes into `shape`. Raises TypeError for any other day or time (an hour ago, say): it would stand still.
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
        cursor.execute(sql, _placed(params, person, put))
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
    return _with_start(sql, tuple(params))


def _with_start(sql: str, params: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """A slice that begins at START begins where `put` says; Django writes it into the text, not among the parameters."""
    text = sql.removesuffix(f" OFFSET {START}")
    return (f"{text} OFFSET %s", (*params, START)) if text != sql else (sql, params)


def count(name: str, build: Build, person: Any, *shape: Hashable, put: Mapping[Any, Any] = NOTHING) -> int:
    """How many rows `build(person)` has."""

    def one_row(someone: Any) -> "QuerySet[Any, Any]":
        whole = build(someone).order_by().annotate(whole=Value(1)).values("whole")
        counted: QuerySet[Any, Any] = whole.annotate(n=Count("pk")).values_list("n")
        return counted

    found = rows(f"{name}#", one_row, person, *shape, put=put)
    return int(found[0][0]) if found else 0


def _moments() -> tuple[date, ...]:
    with clock.at(MOMENT):
        return MOMENT, SINCE, clock.today()


def _placed(params: tuple[Any, ...], person: Any, put: Mapping[Any, Any]) -> tuple[Any, ...]:
    moment, _since, today = _moments()
    known: dict[Any, Any] = {moment: clock.now(), today: clock.today(), PK: person.pk, **put}
    return tuple(
        known.get(param, param) if isinstance(param, int | date | str) else param for param in params
    )


def objects(
    name: str,
    build: Build,
    person: Any,
    model: type[M],
    *shape: Hashable,
    related: Sequence[str] = (),
    also: Sequence[str] = (),
    put: Mapping[Any, Any] = NOTHING,
) -> list[M]:
    """The objects of `build(person)`, a queryset of `model`, with the rows they point to and the annotations named in `also`.

    `related` are paths as for `select_related`, outer ones first.
    """
    parts = [(path, _meta(_target(model, path))) for path in ("", *related)]

    def columns(someone: Any) -> "QuerySet[Any, Any]":
        names = [
            f"{path}__{f.attname}".removeprefix("__") for path, meta in parts for f in meta.concrete_fields
        ]
        return build(someone).values_list(*names, *also)

    return [_object(row, parts, also) for row in rows(name, columns, person, *shape, put=put)]


def _meta(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django's documented name


def _target(model: type[Model], path: str) -> type[Model]:
    for step in filter(None, path.split("__")):
        model = _meta(model).get_field(step).related_model
    return model


def _object(row: tuple[Any, ...], parts: Sequence[tuple[str, Any]], also: Sequence[str]) -> Any:
    """The first object of a row, holding the others where `select_related` puts them."""
    made: dict[str, Any] = {}
    values = iter(row)
    for path, meta in parts:
        made[path] = _one(meta, [_read(field, next(values)) for field in meta.concrete_fields])
        if path:
            _hold(made, path)
    for name in also:
        setattr(made[""], name, next(values))
    return made[""]


def _one(meta: Any, values: list[Any]) -> Any:
    """An object of these values; None where an outer join found nothing."""
    names = [field.attname for field in meta.concrete_fields]
    if values[names.index(meta.pk.attname)] is None:
        return None
    return meta.model.from_db(connection.alias, names, values)


def _read(field: Any, value: Any) -> Any:
    convert = getattr(field, "from_db_value", None)
    return convert(value, None, connection) if convert else value


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
        return objects(self.name, sliced, self.person, self.model, *shape, related=self.related, put=put)
