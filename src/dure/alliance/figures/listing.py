"""The rows behind a figure: what a number was counted from, as far as the reader may know it. People are never named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dure.alliance.figures import counting, rules, words
from dure.alliance.figures.table import Figure
from dure.foundation import i18n
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was counted. `title` is empty where people are counted; `organisation` where it is not to be named."""

    day: date
    organisation: str
    field: str
    amount: Decimal
    unit: str
    title: str
    url: str


def shown(person: Any, figure: Figure, year: int, found: Iterable[Any]) -> list[Row]:
    """One page of `figure.listed` as the reader sees it; two queries."""
    rows = list(found)
    named = rules.names_organisations(person, figure)
    names = _names(row["row_organisation"] for row in rows) if named else {}
    small = set() if named else _small_fields(figure, year)
    return [_row(figure, row, names, lambda key: key in small) for row in rows]


def _row(figure: Figure, row: Any, names: dict[int, str], is_small: Callable[[str], bool]) -> Row:
    key = row["row_field"] or words.UNKNOWN
    said = str(words.OTHERS[key]) if key in words.OTHERS else figure.field_words(key)
    day: date = row["row_day"]
    return Row(
        day=day.replace(day=1) if figure.counts_people else day,
        organisation=names.get(row["row_organisation"], ""),
        field="" if is_small(key) else said,
        amount=row["row_amount"],
        unit=figure.units(row["row_unit"]) if row["row_unit"] else "",
        title=i18n.either(row["row_ko"], row["row_en"]),
        url=figure.url % row["row_ref"] if figure.url else "",
    )


def _names(pks: Iterable[int | None]) -> dict[int, str]:
    rows = people.Organisation.objects.filter(pk__in={pk for pk in pks if pk is not None})
    return {one.pk: one.name for one in rows.order_by("pk")}


def _small_fields(figure: Figure, year: int) -> set[str]:
    """Fields with so few people that a row must not say it."""
    sums: dict[tuple[str, str], Decimal] = {}
    for _code, _year, _home, field, unit, amount in figure.summed(year):
        place = (unit, field or words.UNKNOWN)
        sums[place] = sums.get(place, Decimal(0)) + amount
    return {field for _unit, field in counting.too_small(sums)}


def firms(year: int) -> Any:
    """The small firms that were helped in the year."""
    return people.Organisation.objects.filter(pk__in=counting.helped_firms(year)).order_by("name_ko", "pk")
