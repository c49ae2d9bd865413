"""A document as a value: blocks in order, with no word about how they look in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Language = Literal["ko", "en"]
Align = Literal["left", "centre", "right"]
Kind = Literal["text", "integer", "decimal", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is strong, or a link, or both. Text is only ever text: no mark in it means anything."""

    text: str
    strong: bool = False
    link: str = ""


Prose = str | tuple[str | Span, ...]
"""Running text: plain, or stretches one after the other."""


def spans_of(prose: Prose) -> Iterator[Span]:
    """The stretches of running text."""
    for part in (prose,) if isinstance(prose, str) else prose:
        yield Span(part) if isinstance(part, str) else part


def plain(prose: Prose) -> str:
    """Running text without its emphasis and links."""
    return "".join(span.text for span in spans_of(prose))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3 below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a line break in it stays one."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands aside, smaller than the text."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Listing:
    """Points one below the other, with numbers or without."""

    items: tuple[Prose, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. A percent is kept as a share of one; `align` follows the kind unless it is said."""

    name: str
    kind: Kind = "text"
    digits: int = 0
    align: Align | None = None

    @property
    def side(self) -> Align:
        """Where its cells stand."""
        return self.align or ("left" if self.kind in {"text", "date"} else "right")


Cell = str | int | float | Decimal | date | None
"""What a cell holds; words may stand in a column of numbers, such as those that say why a number is not shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, which are named again on each page; `total` says that the last row sums the others."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names with what they stand for."""

    pairs: tuple[tuple[str, Prose], ...]


@dataclass(frozen=True, slots=True)
class Subclause:
    """A paragraph of an article, with its numbered items where it has any."""

    prose: Prose
    items: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """An article of an agreement: 제1조(목적), Article 1 (Purpose). `branch` 2 makes it 제1조의2, Article 1-2.

    Its paragraphs are numbered where there are more than one.
    """

    number: int
    title: str
    paragraphs: tuple[Subclause, ...]
    branch: int = 0


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party, and anything to be said at the place of the signature."""

    party: str
    name: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignatureSlots:
    """A place to date and sign for each party."""

    parties: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a figure."""

    label: str
    value: int | float | Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures to compare, as bars from nought, with the unit they are in."""

    caption: str
    bars: tuple[Bar, ...]
    digits: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a page of its own; a page on a screen has no use for it."""


Block = (
    Heading | Paragraph | Note | Listing | Table | KeyValues | Clause | SignatureSlots | Figures | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language: the day it bears, whose it is, and a line below its title."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    dated: date | None = None
    subtitle: str = ""
    author: str = ""
