"""Figures in one language: for the page, and as one document for HTML, PDF, HWPX and XLSX."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.alliance.figures import words
from dure.engines import documents
from dure.engines.documents import Block, Cell, Column, Heading, Note, Paragraph, Table

Language = Literal["ko", "en"]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS: Final = {
    "xlsx": (documents.to_xlsx, XLSX),
    "hwpx": (documents.to_hwpx, "application/hwp+zip"),
    "pdf": (documents.to_pdf, "application/pdf"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A total beside that of the year before."""

    unit: str
    now: Decimal
    before: Decimal

    @property
    def change(self) -> Decimal:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a breakdown; no amount where it is too small to be shown."""

    name: str
    unit: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its definition, its totals and its breakdowns by their headings."""

    code: str
    label: str
    definition: str
    amounts: tuple[Amount, ...]
    by: tuple[tuple[str, tuple[Group, ...]], ...]


def lines(content: Mapping[str, Any], language: str) -> list[Line]:
    """All figures in one language, as they stand in what was counted or published."""
    return [_line(one, language) for one in content["lines"]]


def _line(one: Mapping[str, Any], language: str) -> Line:
    units = {amount["unit"]: amount["words"][language] for amount in one["amounts"]}
    amounts = (
        Amount(amount["words"][language], Decimal(amount["now"]), Decimal(amount["before"]))
        for amount in one["amounts"]
    )
    by = (
        (str(heading), tuple(_cell(cell, language, units) for cell in one["by"].get(name, ())))
        for name, heading in words.DIMENSIONS.items()
    )
    kept = tuple((heading, cells) for heading, cells in by if cells)
    return Line(one["code"], one["label"][language], one["definition"][language], tuple(amounts), kept)


def _cell(cell: Mapping[str, Any], language: str, units: Mapping[str, str]) -> Group:
    amount = None if cell["amount"] is None else Decimal(cell["amount"])
    return Group(cell["words"][language], units.get(cell["unit"], cell["unit"]), amount)


def document_of(content: Mapping[str, Any], language: Language, *, sha256: str = "") -> documents.Document:
    """The figures as a document; with a hash those that were published."""
    with translation.override(language):
        return documents.Document(
            title=_("The alliance in figures, %(year)s") % {"year": content["year"]},
            language=language,
            subtitle=_("A year for ministry and funder"),
            blocks=tuple(_blocks(content, language, sha256)),
            dated=date.fromisoformat(content["made_on"]),
        )


def _blocks(content: Mapping[str, Any], language: str, sha256: str) -> Iterator[Block]:
    found = lines(content, language)
    if not content["is_over"]:
        yield Paragraph(
            _("The year is not over: these are the figures so far, beside those of the whole year before.")
        )
    for heading, is_sum in ((_("Counted"), False), (_("Added up"), True)):
        rows = tuple(_totals(found, is_sum=is_sum))
        if rows:
            yield Heading(heading)
            yield Table(_columns(content["year"], is_sum=is_sum), rows)
    for heading in map(str, words.DIMENSIONS.values()):
        for is_sum in (False, True):
            yield from _by(found, heading, is_sum=is_sum)
    yield Note(small_groups(content["minimum"]))
    yield Heading(_("What is counted"))
    yield Table(
        (Column(_("Figure")), Column(_("Definition"))),
        tuple((line.label, line.definition) for line in found),
    )
    if sha256:
        yield Note(_("Published figures; SHA-256 of their content: %(hash)s") % {"hash": sha256})


def small_groups(minimum: int) -> str:
    """What stands below every table of groups."""
    text = _(
        "A dash stands for a group of people that is not shown: it has fewer than %(minimum)s, "
        "or one that has could be computed from it."
    )
    return text % {"minimum": minimum}


def _number(name: str, *, is_sum: bool) -> Column:
    return Column(name, "decimal", digits=1) if is_sum else Column(name, "integer")


def _columns(year: int, *, is_sum: bool) -> tuple[Column, ...]:
    names = (str(year), str(year - 1), pgettext("between two years", "Change"))
    unit = (Column(_("Unit")),) if is_sum else ()
    return (Column(_("Figure")), *unit, *(_number(name, is_sum=is_sum) for name in names))


def _totals(found: list[Line], *, is_sum: bool) -> Iterator[tuple[Cell, ...]]:
    for line in found:
        for amount in line.amounts:
            if bool(amount.unit) == is_sum:
                numbers = (amount.now, amount.before, amount.change)
                unit = (amount.unit,) if is_sum else ()
                yield (line.label, *unit, *(_cell_of(number, is_sum=is_sum) for number in numbers))


def _by(found: list[Line], heading: str, *, is_sum: bool) -> Iterator[Block]:
    rows = tuple(_groups(found, heading, is_sum=is_sum))
    if not rows:
        return
    unit = (Column(_("Unit")),) if is_sum else ()
    number = _number(pgettext("how many", "Number"), is_sum=is_sum)
    said = _("Added up") if is_sum else _("Counted")
    yield Heading(f"{heading} · {said}")
    yield Table((Column(_("Figure")), Column(pgettext("of a breakdown", "Group")), *unit, number), rows)


def _groups(found: list[Line], heading: str, *, is_sum: bool) -> Iterator[tuple[Cell, ...]]:
    for line in found:
        for group in dict(line.by).get(heading, ()):
            if bool(group.unit) == is_sum:
                unit = (group.unit,) if is_sum else ()
                amount = "–" if group.amount is None else _cell_of(group.amount, is_sum=is_sum)
                yield (line.label, group.name, *unit, amount)


def _cell_of(number: Decimal, *, is_sum: bool) -> Cell:
    return number if is_sum else int(number)
