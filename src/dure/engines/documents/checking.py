"""What is wrong with a document before it is written: every fault at once, each with its place."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any, Final

from dure.engines.documents.values import (
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Listing,
    Note,
    Paragraph,
    Prose,
    SignatureSlots,
    Table,
    spans_of,
)
from dure.engines.faults import Fault, Faulty

MOST_BLOCKS: Final = 5_000
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 16
MOST_ITEMS: Final = 500
LINE: Final = 500
"""The longest text that stands in one line or so: titles, headings, captions, names."""
NAME: Final = 80
"""The longest name of a column, so that sixteen of them stand on a page."""
TEXT: Final = 20_000
CELL: Final = 4_000
DIGITS: Final = 6
LINK: Final = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)
"""Anything else could run in a reader's browser, or hide where it leads."""
SEEN_AS_NOTHING: Final = frozenset("\n\r\t")
TURNING: Final = frozenset({*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF})
"""Marks that turn the direction of text could make a signed sentence look like another; the last two are no characters."""


def check(document: Document) -> None:
    """Raise Faulty with every fault of the document."""
    found = faults_of(document)
    if found:
        raise Faulty(found)


def faults_of(document: Document) -> list[Fault]:
    """Every fault of the document, in reading order."""
    return list(_of_document(document))


def _of_document(document: Document) -> Iterator[Fault]:
    if document.language not in {"ko", "en"}:
        yield Fault("document_language", place="language")
    yield from _line(document.title, "title")
    for name in ("subtitle", "author"):
        yield from _line(getattr(document, name), name, needed=False)
    yield from _count(document.blocks, MOST_BLOCKS, "blocks")
    for at, block in enumerate(document.blocks[:MOST_BLOCKS]):
        yield from _of_block(block, f"blocks[{at}]")
    yield from _of_numbers(document)


@singledispatch
def _of_block(_block: Block, _place: str) -> Iterator[Fault]:
    """A page break has nothing that could be wrong."""
    return iter(())


@_of_block.register
def _(block: Heading, place: str) -> Iterator[Fault]:
    yield from _line(block.text, f"{place}.text")
    if block.level not in {1, 2, 3}:
        yield Fault("document_heading_level", place=f"{place}.level")


@_of_block.register(Paragraph)
@_of_block.register(Note)
def _(block: Paragraph | Note, place: str) -> Iterator[Fault]:
    yield from _prose(block.prose, f"{place}.prose")


@_of_block.register
def _(block: Listing, place: str) -> Iterator[Fault]:
    yield from _proses(block.items, f"{place}.items")


@_of_block.register
def _of_pairs(block: KeyValues, place: str) -> Iterator[Fault]:
    yield from _count(block.pairs, MOST_ITEMS, f"{place}.pairs")
    for at, (key, value) in enumerate(block.pairs[:MOST_ITEMS]):
        yield from _line(key, f"{place}.pairs[{at}]")
        yield from _prose(value, f"{place}.pairs[{at}]", needed=False)


@_of_block.register
def _of_table(table: Table, place: str) -> Iterator[Fault]:
    yield from _line(table.caption, f"{place}.caption", needed=False)
    yield from _count(table.columns, MOST_COLUMNS, f"{place}.columns")
    for at, column in enumerate(table.columns):
        yield from _text(column.name, f"{place}.columns[{at}]", NAME)
        yield from _digits(column.digits, f"{place}.columns[{at}]")
    if len(table.rows) > MOST_ROWS:
        yield Fault("document_too_much", {"limit": MOST_ROWS}, place=f"{place}.rows")
    for at, row in enumerate(table.rows[:MOST_ROWS]):
        yield from _of_row(row, table.columns, f"{place}.rows[{at}]")


def _of_row(row: Sequence[Cell], columns: Sequence[Column], place: str) -> Iterator[Fault]:
    if len(row) != len(columns):
        yield Fault("document_row_width", {"found": len(row), "expected": len(columns)}, place=place)
    for column, cell in zip(columns, row, strict=False):
        if isinstance(cell, str):
            yield from _text(cell, f"{place}.{column.name}", CELL, needed=False)
        elif cell is not None and not isinstance(cell, date):
            yield from _number(cell, f"{place}.{column.name}")


@_of_block.register
def _of_clause(clause: Clause, place: str) -> Iterator[Fault]:
    yield from _line(clause.title, f"{place}.title")
    if clause.number < 1 or clause.branch < 0 or clause.branch == 1:
        yield Fault("document_article_number", place=f"{place}.number")
    yield from _count(clause.paragraphs, MOST_ITEMS, f"{place}.paragraphs")
    for at, paragraph in enumerate(clause.paragraphs[:MOST_ITEMS]):
        inside = f"{place}.paragraphs[{at}]"
        yield from _prose(paragraph.prose, inside)
        if paragraph.items:
            yield from _proses(paragraph.items, f"{inside}.items")


@_of_block.register
def _of_slots(block: SignatureSlots, place: str) -> Iterator[Fault]:
    yield from _count(block.parties, MOST_ITEMS, f"{place}.parties")
    for at, party in enumerate(block.parties[:MOST_ITEMS]):
        inside = f"{place}.parties[{at}]"
        yield from _line(party.party, f"{inside}.party")
        for name in ("name", "role", "note"):
            yield from _line(getattr(party, name), f"{inside}.{name}", needed=False)


@_of_block.register
def _of_figures(block: Figures, place: str) -> Iterator[Fault]:
    yield from _line(block.caption, f"{place}.caption")
    yield from _line(block.unit, f"{place}.unit", needed=False)
    yield from _digits(block.digits, place)
    yield from _count(block.bars, MOST_ITEMS, f"{place}.bars")
    for at, bar in enumerate(block.bars[:MOST_ITEMS]):
        yield from _line(bar.label, f"{place}.bars[{at}]")
        yield from _number(bar.value, f"{place}.bars[{at}]")
        if bar.value < 0:
            yield Fault("document_bar_negative", place=f"{place}.bars[{at}]")


def _of_numbers(document: Document) -> Iterator[Fault]:
    """Nobody could say which of two articles with one number is meant."""
    seen: set[tuple[int, int]] = set()
    for at, block in enumerate(document.blocks):
        if isinstance(block, Clause):
            if (block.number, block.branch) in seen:
                yield Fault("document_article_twice", place=f"blocks[{at}].number")
            seen.add((block.number, block.branch))


def _count(things: Sequence[Any], limit: int, place: str) -> Iterator[Fault]:
    if not things:
        yield Fault("document_empty", place=place)
    if len(things) > limit:
        yield Fault("document_too_much", {"limit": limit}, place=place)


def _digits(digits: int, place: str) -> Iterator[Fault]:
    if not 0 <= digits <= DIGITS:
        yield Fault("document_digits", {"limit": DIGITS}, place=place)


def _number(value: float | Decimal, place: str) -> Iterator[Fault]:
    if not math.isfinite(value):
        yield Fault("document_number", place=place)


def _proses(items: Sequence[Prose], place: str) -> Iterator[Fault]:
    yield from _count(items, MOST_ITEMS, place)
    for at, item in enumerate(items[:MOST_ITEMS]):
        yield from _prose(item, f"{place}[{at}]")


def _prose(prose: Prose, place: str, *, needed: bool = True) -> Iterator[Fault]:
    spans = list(spans_of(prose))
    yield from _text("".join(span.text for span in spans), place, TEXT, needed=needed)
    yield from _links((span.link for span in spans), place)


def _links(links: Iterable[str], place: str) -> Iterator[Fault]:
    for link in links:
        if link and (len(link) > LINE or not LINK.fullmatch(link)):
            yield Fault("document_link", place=place)


def _line(text: str, place: str, *, needed: bool = True) -> Iterator[Fault]:
    yield from _text(text, place, LINE, needed=needed)


def _text(text: str, place: str, limit: int, *, needed: bool = True) -> Iterator[Fault]:
    if needed and not text.strip():
        yield Fault("document_empty", place=place)
    if len(text) > limit:
        yield Fault("document_text_long", {"limit": limit}, place=place)
    letter = _unseen(text)
    if letter:
        yield Fault("document_text_control", {"code": f"U+{ord(letter):04X}"}, place=place)


def _unseen(text: str) -> str:
    """The first character that no file may carry: controls, lone surrogates, marks that turn the direction of text."""
    if text.isprintable():
        return ""
    return next((letter for letter in text if letter not in SEEN_AS_NOTHING and _is_unseen(letter)), "")


def without_unseen(text: str) -> str:
    """The text less what `check` refuses in it: for words of others in a document that must be made all the same."""
    return "".join(letter for letter in text if letter in SEEN_AS_NOTHING or not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} or ord(letter) in TURNING
