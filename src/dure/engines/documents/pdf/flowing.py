"""Each block of a document as what reportlab lets flow over the pages."""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import chain
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from dure.engines.documents import values, words
from dure.engines.documents.pdf import looks
from dure.engines.documents.pdf.looks import STYLES
from dure.engines.documents.pdf.tables import LEAST_PART, broken, table_of
from dure.engines.documents.saying import bar_in_words, share_of
from dure.engines.documents.values import Block, Document, Language, Prose, spans_of

ROOM: Final[dict[type, float]] = {values.Table: 110, values.Figures: 80, values.SignatureSlots: 170}
"""What a block needs to begin on a page, in points; a heading needs it besides its own."""
USUAL_ROOM: Final = 45
HEADING_ROOM: Final = 30
LONG: Final = 1_500
"""From so many characters on, what stands beside a name may be cut by the end of a page."""
BARS: Final = (0.32, 0.48, 0.2)
"""The shares of the width for label, bar and figure."""


class _Entry(Paragraph):
    """A heading that is also an entry of the outline which readers show beside the pages."""

    def __init__(self, text: str, style: str, key: str) -> None:
        super().__init__(broken(text), STYLES[style])
        self._said, self._key = text, key

    def draw(self) -> None:
        """On the page, and in the outline."""
        self.canv.bookmarkHorizontal(self._key, 0, self.height)
        self.canv.addOutlineEntry(self._said, self._key, 0)
        super().draw()


class _Rod(Flowable):
    """A bar of a figure."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = max(width, 0.6), 8.0

    def draw(self) -> None:
        """A filled rectangle."""
        self.canv.setFillColor(looks.ACCENT)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)


def flowing(document: Document) -> Iterator[Any]:
    """The whole document, its title first."""
    yield Paragraph(broken(document.title), STYLES["title"])
    day = words.date_in_words(document.dated, document.language) if document.dated else ""
    for line in (document.subtitle, " · ".join(text for text in (document.author, day) if text)):
        if line:
            yield Paragraph(broken(line), STYLES["subtitle"])
    yield Spacer(0, 10)
    for at, block in enumerate(document.blocks):
        yield from _in_place(document, at, block)


def _in_place(document: Document, at: int, block: Block) -> Iterator[Any]:
    """With what must not be torn from it: nobody should sign a page on which nothing else stands."""
    before, after = document.blocks[max(at - 1, 0)], document.blocks[min(at + 1, len(document.blocks) - 1)]
    if isinstance(block, values.Paragraph) and isinstance(after, values.SignatureSlots):
        return
    made = list(_block(block, document.language, f"at-{at}"))
    if isinstance(block, values.Heading | values.Table | values.Figures | values.Clause):
        yield CondPageBreak(_room(document.blocks[at:]))
    if isinstance(block, values.SignatureSlots):
        words_before = [_words(before.prose, "words")] if isinstance(before, values.Paragraph) else []
        made = [KeepTogether([*words_before, *made])]
    yield from made


def _room(blocks: Sequence[Block]) -> float:
    """Headings that follow each other stay with what they stand over."""
    room = 0.0
    for block in blocks:
        if not isinstance(block, values.Heading):
            return room + ROOM.get(type(block), USUAL_ROOM)
        room += HEADING_ROOM
    return room


@singledispatch
def _block(_: Block, _language: Language, _key: str) -> Iterator[Any]:
    """What else there is begins a page."""
    yield PageBreak()


@_block.register
def _(block: values.Heading, _language: Language, key: str) -> Iterator[Any]:
    yield _Entry(block.text, f"heading{block.level}", key)


@_block.register
def _(block: values.Paragraph, _language: Language, _key: str) -> Iterator[Any]:
    yield _words(block.prose, "words")


@_block.register
def _(block: values.Note, _language: Language, _key: str) -> Iterator[Any]:
    yield _words(block.prose, "note")


@_block.register
def _(block: values.Listing, _language: Language, _key: str) -> Iterator[Any]:
    for at, item in enumerate(block.items, start=1):
        yield _words(item, "point", words.list_mark(at, numbered=block.numbered))
    yield Spacer(0, 3)


@_block.register
def _(block: values.Table, _language: Language, _key: str) -> Iterator[Any]:
    if block.caption:
        yield Paragraph(broken(block.caption), STYLES["caption"])
    yield table_of(block)


@_block.register
def _(block: values.KeyValues, _language: Language, _key: str) -> Iterator[Any]:
    yield _facts(block)


@_block.register
def _(block: values.SignatureSlots, language: Language, _key: str) -> Iterator[Any]:
    yield Spacer(0, 6)
    yield _slots(block, language)


@_block.register
def _(block: values.Figures, _language: Language, _key: str) -> Iterator[Any]:
    yield Paragraph(broken(block.caption), STYLES["caption"])
    yield _figures(block)


def _words(prose: Prose, style: str, mark: str = "") -> Paragraph:
    return Paragraph("".join(_span(span) for span in spans_of(prose)), STYLES[style], bulletText=mark or None)


def _span(span: values.Span) -> str:
    said = broken(span.text)
    if span.strong:
        said = f"<b>{said}</b>"
    if span.link:
        said = f'<a href={quoteattr(span.link)} color="{looks.ACCENT}">{said}</a>'
    return said


@_block.register
def _clause(clause: values.Clause, language: Language, key: str) -> Iterator[Any]:
    yield _Entry(words.clause_head(clause, language), "article", key)
    for at, paragraph in enumerate(clause.paragraphs, start=1):
        mark = words.paragraph_mark(at, len(clause.paragraphs), language)
        yield _words(paragraph.prose, "paragraph" if mark else "words", mark)
        for number, item in enumerate(paragraph.items, start=1):
            yield _words(item, "item", words.item_mark(number, language))


def _facts(block: values.KeyValues) -> Table:
    rows = [
        [Paragraph(broken(key), STYLES["label"]), _words(value, "cell-left")] for key, value in block.pairs
    ]
    cut = any(len(values.plain(value)) > LONG for _, value in block.pairs)
    wide = [0.26 * looks.WIDTH, 0.74 * looks.WIDTH]
    made = Table(rows, colWidths=wide, spaceAfter=10, splitInRow=LEAST_PART if cut else 0)
    made.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, looks.LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    return made


def _figures(figures: values.Figures) -> Table:
    label, rod, figure = (share * looks.WIDTH for share in BARS)
    rows = [
        [
            Paragraph(broken(bar.label), STYLES["cell-left"]),
            _Rod(share_of(bar, figures) * (rod - 12)),
            Paragraph(escape(bar_in_words(bar, figures)), STYLES["cell-right"]),
        ]
        for bar in figures.bars
    ]
    made = Table(rows, colWidths=[label, rod, figure], spaceAfter=10)
    made.setStyle(
        TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ])
    )  # fmt: skip
    return made


def _slots(block: values.SignatureSlots, language: Language) -> Table:
    """Two beside each other; a row of them is never cut."""
    half = (looks.WIDTH - 16) / 2
    made = [_slot(party, language, half) for party in block.parties]
    pairs = zip(made[::2], chain(made[1::2], [""]), strict=False)
    grid = Table([[left, "", right] for left, right in pairs], colWidths=[half, 16, half])
    grid.setStyle(
        TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 14),
        ])
    )  # fmt: skip
    return grid


def _slot(party: values.Signatory, language: Language, width: float) -> Table:
    said = words.WORDS[language]
    lines = [("role", party.role), ("name", party.name), ("date", said["blank_date"]), ("sign", party.note)]
    rows: list[list[Any]] = [[Paragraph(broken(party.party), STYLES["party"]), ""]]
    rows += [
        [Paragraph(said[name], STYLES["label"]), Paragraph(broken(text), STYLES["cell-left"])]
        for name, text in lines
    ]
    made = Table(rows, colWidths=[0.28 * width, 0.72 * width], rowHeights=[None, None, None, None, 40])
    made.setStyle(
        TableStyle([
            ("SPAN", (0, 0), (1, 0)),
            ("BOX", (0, 0), (-1, -1), 0.6, looks.LINE),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, looks.LINE),
            ("LINEBELOW", (1, 1), (1, -2), 0.4, looks.LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ])
    )  # fmt: skip
    return made
