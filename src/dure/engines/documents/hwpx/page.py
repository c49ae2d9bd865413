"""The page of an HWPX document: A4, its title over every page after the first, and which of how many pages below."""

from collections.abc import Callable
from typing import Final

from dure.engines.documents.hwpx.looks import BOTTOM, EDGE, IDS, NOTHING, PAGE, SIDE, TOP, WIDTH, char_id
from dure.engines.documents.hwpx.markup import Attributes, element, text
from dure.engines.documents.hwpx.tables import UNBROKEN, listed

NUMBER: Final[Attributes] = {
    "_type": "DIGIT",
    "userChar": "",
    "prefixChar": "",
    "suffixChar": "",
    "supscript": 0,
}


def settings(title: str, paragraph: Callable[..., str]) -> str:
    """The first run of the section, which says what its pages are like."""
    head = _edge("header", paragraph(title, "edge"), "TOP")
    foot = _edge("footer", _numbers(), "BOTTOM")
    column = element("hp:colPr", id="", _type="NEWSPAPER", layout="LEFT", colCount=1, sameSz=1, sameGap=0)
    controls = "".join(element("hp:ctrl", one) for one in (column, head, foot))
    return element("hp:run", _properties() + controls, charPrIDRef=char_id("title"))


def _edge(name: str, inside: str, vertical: str) -> str:
    number = 1 if name == "header" else 2
    return element(
        f"hp:{name}", listed(inside, vertical, width=WIDTH, height=EDGE), id=number, applyPageType="BOTH"
    )


def _numbers() -> str:
    """3 / 12, counted by the program that shows it."""
    page, pages = (
        element("hp:ctrl", element("hp:autoNum", element("hp:autoNumFormat", **NUMBER), num=1, numType=kind))
        for kind in ("PAGE", "TOTAL_PAGE")
    )
    run = element("hp:run", page + text(" / ") + pages, charPrIDRef=char_id("edge"))
    return element("hp:p", run, id=0, paraPrIDRef=IDS["edge"], styleIDRef=IDS["edge"], **UNBROKEN)


def _properties() -> str:
    inside = element("hp:grid", lineGrid=0, charGrid=0, wonggojiFormat=0)
    inside += element("hp:startNum", pageStartsOn="BOTH", page=0, pic=0, tbl=0, equation=0)
    inside += element("hp:visibility", **_VISIBLE)
    inside += element("hp:lineNumberShape", restartType=0, countBy=0, distance=0, startNumber=0)
    inside += (
        _paper()
        + _notes("footNotePr", "EACH_COLUMN", -1)
        + _notes("endNotePr", "END_OF_DOCUMENT", 14_692_344)
    )
    inside += "".join(_frame(kind) for kind in ("BOTH", "EVEN", "ODD"))
    return element("hp:secPr", inside, id="", **_SECTION)


_VISIBLE: Final[Attributes] = {
    "hideFirstHeader": 1,
    "hideFirstFooter": 0,
    "hideFirstMasterPage": 0,
    "border": "SHOW_ALL",
    "fill": "SHOW_ALL",
    "hideFirstPageNum": 0,
    "hideFirstEmptyLine": 0,
    "showLineNumber": 0,
}
_SECTION: Final[Attributes] = {
    "textDirection": "HORIZONTAL",
    "spaceColumns": 1_134,
    "tabStop": 8_000,
    "tabStopVal": 4_000,
    "tabStopUnit": "HWPUNIT",
    "outlineShapeIDRef": 0,
    "memoShapeIDRef": 0,
    "textVerticalWidthHead": 0,
    "masterPageCnt": 0,
}


def _paper() -> str:
    edges = {"left": SIDE, "right": SIDE, "top": TOP, "bottom": BOTTOM}
    margin = element("hp:margin", header=EDGE, footer=EDGE, gutter=0, **edges)
    # WIDELY is what Hancom's program calls upright paper.
    return element(
        "hp:pagePr", margin, landscape="WIDELY", width=PAGE[0], height=PAGE[1], gutterType="LEFT_ONLY"
    )


def _notes(name: str, place: str, length: int) -> str:
    inside = element("hp:autoNumFormat", **{**NUMBER, "suffixChar": ")"})
    inside += element("hp:noteLine", length=length, _type="SOLID", width="0.12 mm", color="#000000")
    inside += element("hp:noteSpacing", betweenNotes=283, belowLine=567, aboveLine=850)
    inside += element("hp:numbering", _type="CONTINUOUS", newNum=1)
    inside += element("hp:placement", place=place, beneathText=0)
    return element(f"hp:{name}", inside)


def _frame(kind: str) -> str:
    offset = element("hp:offset", left=1_417, right=1_417, top=1_417, bottom=1_417)
    about: Attributes = {"textBorder": "PAPER", "headerInside": 0, "footerInside": 0, "fillArea": "PAPER"}
    return element("hp:pageBorderFill", offset, _type=kind, borderFillIDRef=NOTHING, **about)
