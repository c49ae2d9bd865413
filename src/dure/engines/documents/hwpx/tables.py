"""Tables in HWPX: rows that go on over pages under their repeated head."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from dure.engines.documents.hwpx.looks import CELL, HEAD, IDS, WIDTH
from dure.engines.documents.hwpx.markup import Attributes, element

HEIGHT: Final = 1_700
"""What a row has at least; the program that shows it makes it higher where more stands in it."""
PADDING: Final = {"left": 510, "right": 510, "top": 200, "bottom": 200}
NONE: Final = {"left": 0, "right": 0, "top": 0, "bottom": 0}
SHORTEST, LONGEST, AROUND = 5, 40, 4


@dataclass(frozen=True, slots=True)
class HwpCell:
    """A cell: its paragraphs as XML, the number of its border and fill, over how many columns it goes, its least height."""

    inside: str
    border: int = CELL
    span: int = 1
    height: int = HEIGHT


def table(
    rows: Sequence[Sequence[HwpCell]],
    shares: Sequence[float],
    number: int,
    *,
    head: bool,
    whole: bool = False,
) -> str:
    """The table in a paragraph of its own; `head` repeats the first row on each page, `whole` lets no page cut it."""
    wide = [int(WIDTH * share / sum(shares)) for share in shares]
    inside = element(
        "hp:sz",
        width=sum(wide),
        widthRelTo="ABSOLUTE",
        height=sum(row[0].height for row in rows),
        heightRelTo="ABSOLUTE",
        protect=0,
    )
    inside += element("hp:pos", treatAsChar=int(whole), **POSITION) + element("hp:outMargin", **NONE)
    inside += element("hp:inMargin", **PADDING)
    inside += "".join(_row(row, at, wide, head=head and at == 0) for at, row in enumerate(rows))
    size = {
        "rowCnt": len(rows),
        "colCnt": len(wide),
        "cellSpacing": 0,
        "borderFillIDRef": CELL,
        "noAdjust": 0,
    }
    made = element(
        "hp:tbl",
        inside,
        id=number,
        zOrder=0,
        **KIND,
        pageBreak="NONE" if whole else "CELL",
        repeatHeader=int(head),
        **size,
    )
    run = element("hp:run", made, charPrIDRef=0)
    return element("hp:p", run, id=0, paraPrIDRef=IDS["holder"], styleIDRef=IDS["holder"], **UNBROKEN)


UNBROKEN: Final = {"pageBreak": 0, "columnBreak": 0, "merged": 0}
KIND: Final[Attributes] = {
    "numberingType": "TABLE",
    "textWrap": "TOP_AND_BOTTOM",
    "textFlow": "BOTH_SIDES",
    "lock": 0,
    "dropcapstyle": "None",
}
POSITION: Final[Attributes] = {
    "affectLSpacing": 0,
    "flowWithText": 1,
    "allowOverlap": 0,
    "holdAnchorAndSO": 0,
    "vertRelTo": "PARA",
    "horzRelTo": "COLUMN",
    "vertAlign": "TOP",
    "horzAlign": "LEFT",
    "vertOffset": 0,
    "horzOffset": 0,
}


def _row(row: Sequence[HwpCell], at: int, wide: Sequence[int], *, head: bool) -> str:
    starts = accumulate((cell.span for cell in row), initial=0)
    cells = (
        _cell(cell, (start, at), sum(wide[start : start + cell.span]), head=head)
        for start, cell in zip(starts, row, strict=False)
    )
    return element("hp:tr", "".join(cells))


def _cell(cell: HwpCell, place: tuple[int, int], width: int, *, head: bool) -> str:
    inside = listed(cell.inside, "CENTER") + element("hp:cellAddr", colAddr=place[0], rowAddr=place[1])
    inside += element("hp:cellSpan", colSpan=cell.span, rowSpan=1)
    inside += element("hp:cellSz", width=width, height=cell.height)
    inside += element("hp:cellMargin", **PADDING)
    flags = {"hasMargin": 0, "protect": 0, "editable": 0, "dirty": 0}
    border = HEAD if head else cell.border
    return element("hp:tc", inside, name="", header=int(head), **flags, borderFillIDRef=border)


def listed(paragraphs: str, vertical: str, *, width: int = 0, height: int = 0) -> str:
    """Paragraphs in a place of their own: a cell, a header, a footer."""
    links = {"linkListIDRef": 0, "linkListNextIDRef": 0, "textWidth": width, "textHeight": height}
    about = {"textDirection": "HORIZONTAL", "lineWrap": "BREAK", "vertAlign": vertical}
    return element("hp:subList", paragraphs, id="", **about, **links, hasTextRef=0, hasNumRef=0)


def shares_of(rows: Sequence[Sequence[str]]) -> list[float]:
    """How much of the width each column asks for: by its longest text, where a Korean letter counts twice."""
    longest = (max(_places(cell) for cell in column) for column in zip(*rows, strict=True))
    return [float(min(max(one, SHORTEST), LONGEST) + AROUND) for one in longest]


def _places(text: str) -> int:
    return max(
        sum(2 if letter > "\N{HANGUL CHOSEONG KIYEOK}" else 1 for letter in line) for line in text.split("\n")
    )
