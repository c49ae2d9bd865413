"""A document as part of a page: its meaning in elements, every text escaped, the look left to the page's style sheet."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch
from html import escape
from typing import Final

from dure.engines.documents import words
from dure.engines.documents.checking import check
from dure.engines.documents.saying import bar_in_words, cell_in_words, lines_of, share_of
from dure.engines.documents.values import (
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Language,
    Listing,
    Note,
    Paragraph,
    Prose,
    Signatory,
    SignatureSlots,
    Span,
    Table,
    spans_of,
)

CAPTION: Final = 'style="text-align:start;font-weight:600;padding:.7rem var(--m)"'


def to_html(document: Document, *, level: int = 1) -> str:
    """An `article` in the document's language, whose title is a heading of this level.

    It uses the classes of our style sheet (prose, scroll, num, facts, note, meter). Raises Faulty with every fault.
    """
    check(document)
    head = _tag(f"h{level}", escape(document.title)) + _aside(document)
    body = "".join(_block(block, document.language, level) for block in document.blocks)
    return f'<article class="prose" lang="{document.language}">{head}{body}</article>'


def _aside(document: Document) -> str:
    said = [escape(text) for text in (document.subtitle, document.author) if text]
    if document.dated:
        day = words.date_in_words(document.dated, document.language)
        said.append(f'<time datetime="{document.dated.isoformat()}">{day}</time>')
    return f'<p class="muted">{" · ".join(said)}</p>' if said else ""


@singledispatch
def _block(_: Block, _language: Language, _level: int) -> str:
    """A page break has nothing to say on a screen."""
    return ""


@_block.register
def _(block: Heading, _language: Language, level: int) -> str:
    return _tag(f"h{min(level + block.level, 6)}", escape(block.text))


@_block.register
def _(block: Paragraph, _language: Language, _level: int) -> str:
    return _tag("p", _prose(block.prose))


@_block.register
def _(block: Note, _language: Language, _level: int) -> str:
    return f'<aside class="note" data-tag="info"><p>{_prose(block.prose)}</p></aside>'


@_block.register
def _(block: Listing, _language: Language, _level: int) -> str:
    items = "".join(_tag("li", _prose(item)) for item in block.items)
    return _tag("ol" if block.numbered else "ul", items)


@_block.register
def _(block: KeyValues, _language: Language, _level: int) -> str:
    return _facts(block.pairs)


@_block.register
def _(block: SignatureSlots, language: Language, _level: int) -> str:
    return "".join(_slot(party, language) for party in block.parties)


def _tag(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


def _prose(prose: Prose) -> str:
    return "".join(_span(span) for span in spans_of(prose))


def _span(span: Span) -> str:
    said = _broken(span.text)
    if span.strong:
        said = _tag("strong", said)
    return f'<a href="{escape(span.link)}" rel="noopener">{said}</a>' if span.link else said


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in lines_of(text))


@_block.register
def _table(table: Table, language: Language, _level: int) -> str:
    label = escape(table.caption or words.WORDS[language]["table"])
    caption = f"<caption {CAPTION}>{escape(table.caption)}</caption>" if table.caption else ""
    names = "".join(_head(column) for column in table.columns)
    rows = [_row(row, table.columns) for row in table.rows]
    body = _tag("tbody", "".join(rows[:-1] if table.total else rows))
    foot = _tag("tfoot", _row(table.rows[-1], table.columns, "th")) if table.total and rows else ""
    inside = f"{caption}<thead>{_tag('tr', names)}</thead>{body}{foot}"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{_tag("table", inside)}</div>'
    )


def _head(column: Column) -> str:
    return f'<th scope="col"{_side(column)}>{escape(column.name)}</th>'


def _side(column: Column) -> str:
    if column.side == "right":
        return ' class="num"'
    return ' style="text-align:center"' if column.side == "centre" else ""


def _row(row: Iterable[Cell], columns: Iterable[Column], name: str = "td") -> str:
    return _tag("tr", "".join(_cell(cell, column, name) for column, cell in zip(columns, row, strict=True)))


def _cell(cell: Cell, column: Column, name: str) -> str:
    """Nothing to say is no heading: whoever hears the page would hear an empty one."""
    name = "td" if cell in ("", None) else name
    return f"<{name}{_side(column)}>{_said(cell, column)}</{name}>"


def _said(cell: Cell, column: Column) -> str:
    said = _broken(cell_in_words(cell, column))
    return f'<time datetime="{said}">{said}</time>' if isinstance(cell, date) else said


def _facts(pairs: Iterable[tuple[str, Prose]]) -> str:
    said = (f"<div><dt>{escape(key)}</dt><dd>{_prose(value)}</dd></div>" for key, value in pairs)
    return f'<dl class="facts">{"".join(said)}</dl>'


@_block.register
def _clause(clause: Clause, language: Language, level: int) -> str:
    head = _tag(f"h{min(level + 2, 6)}", escape(words.clause_head(clause, language)))
    return f"<section>{head}{''.join(_paragraphs(clause, language))}</section>"


def _paragraphs(clause: Clause, language: Language) -> Iterator[str]:
    """The numbers are text, as in the signed file: no style sheet can change them."""
    for at, paragraph in enumerate(clause.paragraphs, start=1):
        mark = words.paragraph_mark(at, len(clause.paragraphs), language)
        yield _tag("p", f"{mark} {_prose(paragraph.prose)}".lstrip())
        items = (
            f"<li>{words.item_mark(number, language)} {_prose(item)}</li>"
            for number, item in enumerate(paragraph.items, start=1)
        )
        if paragraph.items:
            yield f'<ul style="list-style:none">{"".join(items)}</ul>'


def _slot(party: Signatory, language: Language) -> str:
    said = words.WORDS[language]
    lines = [(said["role"], party.role), (said["name"], party.name), (said["date"], said["blank_date"])]
    pairs = [*lines, (said["sign"], party.note)]
    return f"<section><p><strong>{escape(party.party)}</strong></p>{_facts(pairs)}</section>"


@_block.register
def _figures(figures: Figures, _language: Language, _level: int) -> str:
    bars = "".join(
        f"<div><dt>{escape(bar.label)}</dt><dd>{escape(bar_in_words(bar, figures))}"
        f'<div class="meter" aria-hidden="true"><i style="width:{100 * share_of(bar, figures):.1f}%"></i></div></dd></div>'
        for bar in figures.bars
    )
    return f'<figure><figcaption>{escape(figures.caption)}</figcaption><dl class="facts">{bars}</dl></figure>'
