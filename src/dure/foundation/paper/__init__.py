"""Documents on paper: PDF with our own font, so that Korean and English read the same on every machine.

The same parts give the same bytes: no time and no random name stands in a file.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

FONT: Final = "DureSans"
_FILE: Final = Path(__file__).with_name("dure-sans.ttf")
_SIZES: Final = {"title": 18, "heading": 12.5, "words": 9.5, "small": 8}
_GREY: Final = "#667085"
_LINE: Final = "#d0d5dd"
_MARGIN: Final = 54
"""Three quarters of an inch, in points."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `style` is one of title, heading, words, small."""

    text: str
    style: str = "words"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose first row is its heading; `widths` are shares of the page's width."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


Part = Words | Grid


def pdf_bytes(title: str, parts: Iterable[Part], *, language: str) -> bytes:
    """An A4 document of these parts, with its title and language for whoever has it read out."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - half a second that only who prints pays
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415 - same

    _register_font()
    out = io.BytesIO()
    edges = {f"{side}Margin": _MARGIN for side in ("left", "right", "top", "bottom")}
    options: dict[str, Any] = {"title": title, "lang": language, "invariant": 1, "pagesize": A4, **edges}
    SimpleDocTemplate(out, **options).build(list(_flowing(parts, A4[0] - 2 * _MARGIN)))
    return out.getvalue()


@cache
def _register_font() -> None:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - same
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - same

    pdfmetrics.registerFont(TTFont(FONT, str(_FILE)))


def _flowing(parts: Iterable[Part], width: float) -> Iterable[Any]:
    for part in parts:
        yield _paragraph(part) if isinstance(part, Words) else _table(part, width)


def _paragraph(words: Words) -> Any:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - same
    from reportlab.platypus import Paragraph  # noqa: PLC0415 - same

    size = _SIZES[words.style]
    look: dict[str, Any] = {
        "fontName": FONT,
        "fontSize": size,
        "leading": 1.4 * size,
        "wordWrap": "CJK",
        "spaceBefore": size if words.style == "heading" else 0,
        "spaceAfter": size / 2.5,
        "textColor": _GREY if words.style == "small" else "black",
    }
    style = ParagraphStyle(words.style, **look)
    return Paragraph(escape(words.text), style)


def _table(grid: Grid, width: float) -> Any:
    from reportlab.platypus import Table, TableStyle  # noqa: PLC0415 - same

    cells = [[_paragraph(Words(cell, "small")) for cell in row] for row in grid.rows]
    shares = sum(grid.widths)
    made = Table(cells, colWidths=[width * share / shares for share in grid.widths], repeatRows=1)
    made.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    return made
