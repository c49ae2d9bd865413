"""Reads startups from the rows of a table: either all are right, or every fault of every row is told. Reading changes nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation

from dure.alliance.models import Field, ScoutedStartup
from dure.alliance.models.scouting import Reach, Stage
from dure.alliance.scouting import noting
from dure.engines.faults import Fault

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name_ko": ("nameko", "이름", "국문이름"),
    "name_en": ("nameen", "영문이름"),
    "country": ("country", "국가"),
    "region": ("region", "지역"),
    "fields": ("fields", "분야"),
    "stage": ("stage", "단계"),
    "founded": ("founded", "설립연도"),
    "site": ("site", "누리집"),
    "about_ko": ("aboutko", "소개"),
    "about_en": ("abouten", "영문소개"),
}
"""Each column with its headings in both languages, without spaces and dashes."""
NEEDED: Final = ("country", "fields", "stage")
TEXTS: Final = ("name_ko", "name_en", "region", "site", "about_ko", "about_en")
Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """Startups of rows without fault by the lines of their rows, and all faults."""

    found: Mapping[int, Given]
    faults: tuple[Fault, ...]


def read(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Reading:
    """Startups from rows, each with its line in the file."""
    columns = [_column(heading) for heading in headings]
    faults = list(_wrong_headings(headings, columns))
    if faults:
        return Reading({}, tuple(faults))
    found: dict[int, Given] = {}
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        given, wrong = _row(line, dict(zip(columns, cells, strict=True)))
        first = seen.setdefault(key_of(given), line)
        if first != line:
            wrong.append(Fault("scouting_row_twice", {"line": first}, row=line, column="name_ko"))
        faults += wrong
        if not wrong:
            found[line] = given
    return Reading(found, tuple(faults))


def key_of(given: Mapping[str, Any]) -> tuple[str, str, str]:
    """By what a side writes a startup down once."""
    return given["country"], given["name_ko"].lower(), given["name_en"].lower()


def _column(heading: str) -> str:
    plain = re.sub(r"[\s_-]+", "", heading).casefold()
    return next((name for name, words in COLUMNS.items() if plain in words), "")


def _wrong_headings(headings: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    for heading, column in zip(headings, columns, strict=True):
        if not column:
            yield Fault("scouting_heading_unknown", {"value": heading[:60]}, row=1, column=heading[:60])
        elif columns.count(column) > 1:
            yield Fault("scouting_heading_twice", row=1, column=heading[:60])
    for name in NEEDED:
        if name not in columns:
            yield Fault("scouting_heading_missing", {"value": name}, row=1)


def _row(line: int, cells: Mapping[str, str]) -> tuple[Given, list[Fault]]:
    """What the row says, and all that is wrong with it."""
    given: Given = {name: cells.get(name, "").strip() for name in TEXTS}
    given["country"] = cells["country"].strip().upper()
    given["fields"] = [_named(Field, one) for one in re.split(r"[,;/]", cells["fields"]) if one.strip()]
    given["stage"] = _named(Stage, cells["stage"])
    given["reach"] = Reach.OWN
    year = cells.get("founded", "").strip()
    given["founded"] = int(year) if year.isdecimal() and len(year) <= 4 else None
    faults = [_at(fault, line) for fault in noting.check(given)]
    if year and given["founded"] is None:
        faults.append(Fault("scouted_founded", row=line, column="founded"))
    return given, [*faults, *_too_long(given, line)]


def _named(choices: Any, word: str) -> str:
    """A choice by its key or by its label in either language; the word itself where it is none."""
    plain = word.strip().casefold()
    for code in ("ko", "en"):
        with translation.override(code):
            for one in choices:
                if plain in (one.value, str(one.label).casefold()):
                    return str(one.value)
    return word.strip()[:60]


def _at(fault: Fault, line: int) -> Fault:
    return Fault(fault.code, fault.params, row=line, column=fault.place)


def _too_long(given: Given, line: int) -> Iterator[Fault]:
    for name in TEXTS:
        field: Any = ScoutedStartup._meta.get_field(name)  # noqa: SLF001 - Django's documented name
        limit: int = field.max_length
        if len(given[name]) > limit:
            yield Fault("scouted_too_long", {"limit": limit}, row=line, column=name)
