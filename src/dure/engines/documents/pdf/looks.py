"""Our font and the styles of a printed page, so that Korean and English read the same on every machine."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT: Final = "DureSans"
BOLD: Final = "DureSans-Bold"
FOLDER: Final = Path(__file__).parents[1] / "fonts"
PAGE: Final = A4
SIDE, TOP, BOTTOM = 22 * mm, 25 * mm, 24 * mm
WIDTH: Final = PAGE[0] - 2 * SIDE
HEIGHT: Final = PAGE[1] - TOP - BOTTOM
INK, GREY, LINE, SUNK, ACCENT = "#1a2420", "#57635d", "#c9cfcb", "#f1f3f1", "#17694a"
SIDES: Final = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT}
CELL: Final = 8.5
"""The size of letters in tables."""


@cache
def register_fonts() -> None:
    """Known to reportlab once for the whole process; slanted letters are none in Korean, so they are upright."""
    pdfmetrics.registerFont(TTFont(FONT, str(FOLDER / "dure-sans.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(FOLDER / "dure-sans-bold.ttf")))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    """Words stay whole where they can: that reads better in Korean too than a break after any syllable."""
    given = {"fontName": FONT, "fontSize": size, "leading": 1.55 * size, "textColor": INK, **more}
    return ParagraphStyle(
        name, bulletFontName=FONT, bulletFontSize=size, allowWidows=0, allowOrphans=0, **given
    )


STYLES: Final = {
    style.name: style
    for style in (
        _style("title", 19, fontName=BOLD, leading=26, spaceAfter=5),
        _style("subtitle", 9.5, textColor=GREY, spaceAfter=2),
        _style("heading1", 13.5, fontName=BOLD, leading=19, spaceBefore=16, spaceAfter=6),
        _style("heading2", 11.5, fontName=BOLD, leading=17, spaceBefore=12, spaceAfter=5),
        _style("heading3", 10, fontName=BOLD, leading=15, spaceBefore=9, spaceAfter=4),
        _style("words", 10, spaceAfter=6),
        _style("point", 10, leftIndent=16, bulletIndent=2, spaceAfter=3),
        _style("article", 10.5, fontName=BOLD, leading=16, spaceBefore=10, spaceAfter=4),
        _style("paragraph", 10, leftIndent=20, bulletIndent=2, spaceAfter=4),
        _style("item", 10, leftIndent=38, bulletIndent=20, spaceAfter=3),
        _style("note", 8.5, textColor=GREY, leftIndent=8, rightIndent=8, backColor=SUNK, borderPadding=(6, 8, 7, 8),
               spaceBefore=10, spaceAfter=14),
        _style("caption", 9, fontName=BOLD, spaceBefore=8, spaceAfter=4),
        *(_style(f"cell-{side}", CELL, leading=12.5, alignment=way) for side, way in SIDES.items()),
        *(_style(f"strong-{side}", CELL, leading=12.5, alignment=way, fontName=BOLD) for side, way in SIDES.items()),
        _style("party", 10.5, fontName=BOLD, leading=15),
        _style("label", 8.5, leading=12.5, textColor=GREY),
    )
}  # fmt: skip
