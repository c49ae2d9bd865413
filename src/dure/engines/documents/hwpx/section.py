"""The body of an HWPX document: its page, header and footer, and each block as paragraphs and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from itertools import count
from typing import Any, Final

from dure.engines.documents import values, words
from dure.engines.documents.hwpx import page
from dure.engines.documents.hwpx.looks import HEAD, IDS, NOTE, char_id
from dure.engines.documents.hwpx.markup import element, part, text
from dure.engines.documents.hwpx.tables import HwpCell, shares_of, table
from dure.engines.documents.saying import bar_in_words, cell_in_words, share_of
from dure.engines.documents.values import Block, Document, Prose, spans_of

BAR: Final = "■"
LONGEST_BAR: Final = 24
SIGNING: Final = 4_200
"""Room for a seal."""


def section_part(document: Document) -> bytes:
    """The one section of the document."""
    return part("hs:sec", "".join(_Body(document).written()))


def paragraph(
    prose: Prose, look: str, *, strong: bool = False, first: str = "", new_page: bool = False
) -> str:
    """Running text; where a link leads stands in brackets behind it, as on paper."""
    runs = first + "".join(_run(span, look, strong=strong) for span in spans_of(prose))
    refs = {"paraPrIDRef": IDS[look], "styleIDRef": IDS[look]}
    return element("hp:p", runs, id=0, **refs, pageBreak=int(new_page), columnBreak=0, merged=0)


def _run(span: values.Span, look: str, *, strong: bool) -> str:
    address = span.link.removeprefix("mailto:")
    said = f"{span.text} ({address})" if span.link and address != span.text else span.text
    return element("hp:run", text(said), charPrIDRef=char_id(look, strong=strong or span.strong))


@dataclass
class _Body:
    """Counts the tables, and remembers whether the next paragraph begins a page."""

    document: Document
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    new_page: bool = False

    def written(self) -> Iterator[str]:
        document = self.document
        yield paragraph(document.title, "title", first=page.settings(document.title, paragraph))
        day = words.date_in_words(document.dated, document.language) if document.dated else ""
        if document.subtitle:
            yield paragraph(document.subtitle, "subtitle")
        yield paragraph(" · ".join(said for said in (document.author, day) if said), "byline")
        for block in document.blocks:
            yield from self._block(block)

    def _said(self, prose: Prose, look: str) -> str:
        made = paragraph(prose, look, new_page=self.new_page)
        self.new_page = False
        return made

    @singledispatchmethod
    def _block(self, _block: Block) -> Iterator[str]:
        """What else there is begins a page."""
        self.new_page = True
        yield ""

    @_block.register
    def _(self, block: values.Heading) -> Iterator[str]:
        yield self._said(block.text, f"heading{block.level}")

    @_block.register
    def _(self, block: values.Paragraph) -> Iterator[str]:
        yield self._said(block.prose, "words")

    @_block.register
    def _(self, block: values.Note) -> Iterator[str]:
        yield self._table([[HwpCell(paragraph(block.prose, "note"), NOTE)]], [1])

    @_block.register
    def _(self, block: values.Listing) -> Iterator[str]:
        for at, item in enumerate(block.items, start=1):
            yield self._said(_marked(words.list_mark(at, numbered=block.numbered), item), "point")

    @_block.register
    def _(self, block: values.KeyValues) -> Iterator[str]:
        yield self._table([[_cell(key, strong=True), _cell(value)] for key, value in block.pairs], [1, 3])

    @_block.register
    def _(self, block: values.SignatureSlots) -> Iterator[str]:
        yield from (self._slot(party) for party in block.parties)

    @_block.register
    def _(self, block: values.Figures) -> Iterator[str]:
        yield self._said(block.caption, "caption")
        yield self._bars(block)

    def _table(
        self, rows: list[list[HwpCell]], shares: list[float], *, head: bool = False, whole: bool = False
    ) -> str:
        before = self._said("", "left") if self.new_page else ""
        return before + table(rows, shares, next(self.numbers), head=head, whole=whole)

    @_block.register
    def _rows(self, block: values.Table) -> Iterator[str]:
        if block.caption:
            yield self._said(block.caption, "caption")
        names = [column.name for column in block.columns]
        said = [[cell_in_words(*pair) for pair in zip(row, block.columns, strict=True)] for row in block.rows]
        sides = [column.side for column in block.columns]
        last = len(said) if block.total and said else None
        rows = [
            [_cell(cell, side, strong=at in {0, last}) for cell, side in zip(row, sides, strict=True)]
            for at, row in enumerate([names, *said])
        ]
        yield self._table(rows, shares_of([names, *said]), head=True)

    @_block.register
    def _clause(self, clause: values.Clause) -> Iterator[str]:
        language = self.document.language
        yield self._said(words.clause_head(clause, language), "article")
        for at, one in enumerate(clause.paragraphs, start=1):
            mark = words.paragraph_mark(at, len(clause.paragraphs), language)
            yield self._said(_marked(mark, one.prose), "paragraph" if mark else "words")
            for number, item in enumerate(one.items, start=1):
                yield self._said(_marked(words.item_mark(number, language), item), "item")

    def _slot(self, party: values.Signatory) -> str:
        said = words.WORDS[self.document.language]
        lines = [
            ("role", party.role),
            ("name", party.name),
            ("date", said["blank_date"]),
            ("sign", party.note),
        ]
        rows = [[HwpCell(paragraph(party.party, "left", strong=True), HEAD, span=2)]]
        rows += [[_cell(said[name]), _cell(value)] for name, value in lines]
        rows[-1] = [replace(cell, height=SIGNING) for cell in rows[-1]]
        return self._table(rows, [1, 3], whole=True)

    def _bars(self, block: values.Figures) -> str:
        rows = [
            [
                _cell(bar.label),
                _cell(BAR * round(LONGEST_BAR * share_of(bar, block))),
                _cell(bar_in_words(bar, block), "right"),
            ]
            for bar in block.bars
        ]
        return self._table(rows, [3, 5, 2])


def _marked(mark: str, prose: Prose) -> tuple[Any, ...]:
    return (*((f"{mark} ",) if mark else ()), *spans_of(prose))


def _cell(prose: Prose, side: str = "left", *, strong: bool = False) -> HwpCell:
    return HwpCell(paragraph(prose, side, strong=strong))
