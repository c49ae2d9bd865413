"""The table of figures: each concept puts in what it counts, with its definition and the rows that are counted.

A figure is a number of rows, or the sum of an amount over them: the page counts the very rows that its list shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import BigIntegerField, CharField, DateField, DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from dure.foundation.access import Role, has_role

Rows = Callable[[date, date], "QuerySet[Any, Any]"]
Seen = Callable[[Any, Any], "QuerySet[Any, Any]"]
Words = str | Promise
AMOUNT: Final = DecimalField(max_digits=24, decimal_places=4)
ONE: Final = Value(Decimal(1))
NOTHING: Final = Value("")
NOBODY: Final = Value(None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a year.

    `rows` gives what is counted between two days, `organisation` (a pk), `field`, `unit`, `amount` and `day` name an expression
    each. `fields` has the words of fields. `seen` gives those rows of a manager that a person may read;
    without it rows are people, who are never named. `title_ko`, `title_en`, `ref` and `url` lead to a row's page. `helps`: a small
    firm that stands in it was helped.
    """

    code: str
    order: int
    label: Words
    definition: Words
    rows: Rows
    day: Any
    organisation: Any = NOBODY
    field: Any = NOTHING
    fields: Mapping[str, Words] | None = None
    unit: Any = NOTHING
    units: Callable[[str], str] = str
    amount: Any = ONE
    seen: Seen | None = None
    title_ko: Any = NOTHING
    title_en: Any = NOTHING
    ref: Any = NOTHING
    url: str = ""
    helps: bool = False

    @property
    def counts_people(self) -> bool:
        return self.seen is None

    def summed(self, year: int) -> "QuerySet[Any, Any]":
        """Code, year, organisation, field and unit with the sum: the shape in which all figures are asked for at once."""
        rows = self.rows(date(year, 1, 1), date(year, 12, 31)).order_by()
        shaped = rows.values_list(
            Cast(Value(self.code), CharField()),
            Cast(Value(year), BigIntegerField()),
            Cast(self.organisation, BigIntegerField()),
            Cast(self.field, CharField()),
            Cast(self.unit, CharField()),
        )
        found: QuerySet[Any, Any] = shaped.annotate(total=Sum(Cast(self.amount, AMOUNT)))
        return found

    def listed(self, person: Any, year: int) -> "QuerySet[Any, Any]":
        """The rows themselves that this person may read, the latest first, each as a dict."""
        rows = self.rows(date(year, 1, 1), date(year, 12, 31)).order_by()
        if self.seen is not None:
            model: Any = rows.model
            seen = self.seen(person, model._default_manager).order_by().values("pk")  # noqa: SLF001 - Django's documented name
            rows = rows.filter(pk__in=seen)
        found: QuerySet[Any, Any] = rows.values(
            row_day=Cast(self.day, DateField()),
            row_organisation=Cast(self.organisation, BigIntegerField()),
            row_field=Cast(self.field, CharField()),
            row_unit=Cast(self.unit, CharField()),
            row_amount=Cast(self.amount, AMOUNT),
            row_ko=Cast(self.title_ko, CharField()),
            row_en=Cast(self.title_en, CharField()),
            row_ref=Cast(self.ref, CharField()),
        ).order_by("-row_day", F("pk").desc())
        return found

    def field_words(self, key: str) -> str:
        return str((self.fields or {}).get(key, key))


_figures: dict[str, Figure] = {}


def declare(figure: Figure) -> None:
    """Called by each concept when the app is ready."""
    _figures[figure.code] = figure


def figures() -> list[Figure]:
    """All of them in their order."""
    return sorted(_figures.values(), key=lambda one: (one.order, one.code))


def find(code: str) -> Figure | None:
    return _figures.get(code)


def visible(person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Rows that their own concept shows to this person."""
    found: QuerySet[Any, Any] = rows.visible_to(person)
    return found


def everybody(_person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Rows that anybody may know of."""
    found: QuerySet[Any, Any] = rows.all()
    return found


def readers(person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Rows that hold no more than what all readers of the figures may know: secretariat, auditors and funders."""
    reads = has_role(person, Role.SECRETARIAT, Role.AUDITOR, Role.FUNDER)
    found: QuerySet[Any, Any] = rows.all() if reads else rows.none()
    return found
