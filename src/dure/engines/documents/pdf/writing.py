"""A document as PDF: A4, its title over every page after the first, and on each which of how many pages it is.

The same document gives the same bytes with the same version of the software: no time and no random name stands in a file.
"""

import io
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import SimpleDocTemplate

from dure.engines.documents.checking import check
from dure.engines.documents.html import to_html
from dure.engines.documents.pdf import looks
from dure.engines.documents.pdf.flowing import flowing
from dure.engines.documents.pdf.tables import FRAME
from dure.engines.documents.saying import lines_of
from dure.engines.documents.values import Document

SMALL: Final = 8


def write(document: Document) -> bytes:
    """Laid out twice: how many pages there are is known only after the first time. Raises Faulty with every fault."""
    check(document)
    looks.register_fonts()
    pages, _ = _laid_out(document, 0)
    return _laid_out(document, pages)[1]


def without_shape(document: Document) -> str:
    """The letters of the document that our font cannot draw; what the page says holds them all."""
    looks.register_fonts()
    font: Any = pdfmetrics.getFont(looks.FONT)
    known = font.face.charToGlyph
    return "".join(
        sorted(letter for letter in set(to_html(document)) if ord(letter) not in known and letter.strip())
    )


def _laid_out(document: Document, pages: int) -> tuple[int, bytes]:
    """How many pages it has, and the file; the first time nobody knows how many there will be."""
    out = io.BytesIO()
    layout = SimpleDocTemplate(out, **_options(document))

    def frame(canvas: Any, _: Any) -> None:
        _frame(canvas, document, pages)

    layout.build(list(flowing(document)), onFirstPage=frame, onLaterPages=frame)
    return layout.page, out.getvalue()


def _options(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "author": document.author,
        "lang": document.language,
        "invariant": 1,
        "pagesize": looks.PAGE,
        "leftMargin": looks.SIDE - FRAME,
        "rightMargin": looks.SIDE - FRAME,
        "topMargin": looks.TOP,
        "bottomMargin": looks.BOTTOM,
    }


def _frame(canvas: Any, document: Document, pages: int) -> None:
    canvas.saveState()
    canvas.setFont(looks.FONT, SMALL)
    canvas.setFillColor(looks.GREY)
    canvas.drawCentredString(looks.PAGE[0] / 2, looks.BOTTOM / 2, f"{canvas.getPageNumber()} / {pages}")
    if canvas.getPageNumber() > 1:
        _head(canvas, document)
    canvas.restoreState()


def _head(canvas: Any, document: Document) -> None:
    height = looks.PAGE[1] - looks.TOP / 2
    title = " ".join(lines_of(document.title))
    canvas.drawString(looks.SIDE, height, _shortened(title, looks.WIDTH))
    canvas.setStrokeColor(looks.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(looks.SIDE, height - 6, looks.SIDE + looks.WIDTH, height - 6)


def _shortened(text: str, room: float) -> str:
    while stringWidth(text, looks.FONT, SMALL) > room:
        text = text[:-2].rstrip() + "…"
    return text
