"""Tables on paper: columns as wide as what stands in them, named again on each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from dure.engines.documents import values
from dure.engines.documents.pdf.looks import BOLD, CELL, FONT, HEIGHT, INK, LINE, STYLES, SUNK, WIDTH
from dure.engines.documents.saying import cell_in_words, lines_of

PADDING, ABOVE, BELOW = 5, 3.5, 4.5
LEADING: Final = STYLES["cell-left"].leading
LEAST_PART: Final = 40
"""Of a row that is cut, so much stands on each page at least."""
FRAME: Final = 6
"""What reportlab keeps free within the margins."""
MOST_SHARE: Final = 0.6
SIDES: Final = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}


def table_of(table: values.Table) -> "LongTable":
    """The table as it flows over the pages."""
    said = [[cell_in_words(*pair) for pair in zip(row, table.columns, strict=True)] for row in table.rows]
    names = [column.name for column in table.columns]
    wide = widths([names, *said], WIDTH)
    last = len(said) - 1 if table.total else None
    head = _row(names, table.columns, wide, strong=True)
    rows = [_row(row, table.columns, wide, strong=at == last) for at, row in enumerate(said)]
    sides = [("ALIGN", (at, 0), (at, -1), SIDES[column.side]) for at, column in enumerate(table.columns)]
    return LongTable(_Rows(head, rows, [_height(row, wide) for row in rows]), wide, sides, total=table.total)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The names of the columns, rows, and how high each of these is."""

    head: list[Any]
    rows: list[list[Any]]
    heights: list[float]


class LongTable(Flowable):
    """A table that lays each row out once: reportlab's own lays out all that are left again for each page."""

    def __init__(self, rows: _Rows, wide: list[float], sides: list[Any], *, total: bool) -> None:
        super().__init__()
        self._rows, self._wide, self._sides, self._total = rows, wide, sides, total
        self._head = _height(rows.head, wide)
        self.spaceAfter = 10

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As wide as the page's text, as high as all its rows."""
        self.width, self.height = WIDTH, self._head + sum(self._rows.heights)
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Any]:
        """What fits here, and the rest; a row that no page could hold is cut."""
        fitting = self._fitting(height)
        if fitting:
            return [self._first(fitting), self._rest(fitting)]
        if self._head + self._rows.heights[0] > HEIGHT - 2 * FRAME:
            return [self._cut(), *([self._rest(1)] if len(self._rows.rows) > 1 else [])]
        return []

    def draw(self) -> None:
        """All of it."""
        made = self._first(len(self._rows.rows))
        made.wrapOn(self.canv, self.width, self.height)
        made.drawOn(self.canv, 0, 0)

    def _fitting(self, height: float) -> int:
        sums = accumulate(self._rows.heights, initial=self._head)
        return max(sum(1 for one in sums if one <= height) - 1, 0)

    def _first(self, count: int) -> Table:
        rows, heights = self._rows.rows[:count], self._rows.heights[:count]
        ends = self._total and count == len(self._rows.rows)
        made = Table([self._rows.head, *rows], colWidths=self._wide, rowHeights=[self._head, *heights])
        made.setStyle(TableStyle([*_look(), *self._sides, *(TOTAL if ends and rows else ())]))
        return made

    def _cut(self) -> Table:
        made = Table(
            [self._rows.head, self._rows.rows[0]], colWidths=self._wide, repeatRows=1, splitInRow=LEAST_PART
        )
        made.setStyle(TableStyle([*_look(), *self._sides]))
        return made

    def _rest(self, start: int) -> "LongTable":
        rows = _Rows(self._rows.head, self._rows.rows[start:], self._rows.heights[start:])
        return LongTable(rows, self._wide, self._sides, total=self._total)


def _height(row: Sequence[Any], wide: Sequence[float]) -> float:
    """A row is as high as its highest cell."""
    return (
        max(_cell_height(cell, width - 2 * PADDING) for cell, width in zip(row, wide, strict=True))
        + ABOVE
        + BELOW
    )


def _cell_height(cell: Any, width: float) -> float:
    return LEADING if isinstance(cell, str) else float(cell.wrap(width, HEIGHT)[1])


def _row(
    row: Sequence[str], columns: Sequence[values.Column], wide: Sequence[float], *, strong: bool
) -> list[Any]:
    """What fits in one line stays a plain text: laying out a paragraph takes fifty times as long."""
    font, kind = (BOLD, "strong") if strong else (FONT, "cell")
    return [
        cell if _fits(cell, font, width) else Paragraph(broken(cell), STYLES[f"{kind}-{column.side}"])
        for cell, column, width in zip(row, columns, wide, strict=True)
    ]


def _fits(cell: str, font: str, width: float) -> bool:
    return not set(cell) & {"\n", "\r", "\t"} and _length(cell, font) <= width - 2 * PADDING


def broken(text: str) -> str:
    """A text for reportlab's paragraphs, with its own line breaks."""
    return "<br/>".join(escape(line) for line in lines_of(text))


def _look() -> list[Any]:
    everything = ((0, 0), (-1, -1))
    return [
        ("FONT", *everything, FONT, CELL, LEADING),
        ("FONT", (0, 0), (-1, 0), BOLD, CELL, LEADING),
        ("TEXTCOLOR", *everything, INK),
        ("BACKGROUND", (0, 0), (-1, 0), SUNK),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", *everything, 0.4, LINE),
        ("VALIGN", *everything, "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("LEFTPADDING", *everything, PADDING),
        ("RIGHTPADDING", *everything, PADDING),
        ("TOPPADDING", *everything, ABOVE),
        ("BOTTOMPADDING", *everything, BELOW),
    ]


TOTAL: Final = (("FONT", (0, -1), (-1, -1), BOLD, CELL, LEADING), ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK))


def widths(rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """What each column gets of the room: its longest word at least, and of the rest what its longest text asks for."""
    columns = list(zip(*rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) + 2 * PADDING for column in columns]
    most = [max(_breadth(cell) for cell in column) + 2 * PADDING for column in columns]
    least = [min(one, room * MOST_SHARE) for one in least]
    most = [max(low, min(high, room * MOST_SHARE)) for low, high in zip(least, most, strict=True)]
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    if sum(most) <= room:
        return [one * room / sum(most) for one in most]
    spare = (room - sum(least)) / (sum(most) - sum(least))
    return [low + spare * (high - low) for low, high in zip(least, most, strict=True)]


def _breadth(text: str) -> float:
    return max(_length(line, BOLD) for line in lines_of(text))


def _longest_word(text: str) -> float:
    return max((_length(word, BOLD) for word in text.split()), default=0.0)


@lru_cache(maxsize=20_000)
def _length(text: str, font: str) -> float:
    """The same words stand in a table again and again, and reportlab measures each letter in Python."""
    return stringWidth(text, font, CELL)
