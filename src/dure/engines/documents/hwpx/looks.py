"""The styles of an HWPX document and the part that lists them; lengths in HWPUNIT, a hundredth of a point."""

from dataclasses import dataclass
from typing import Final

from dure.engines.documents.hwpx.markup import Attributes, element, part

PAGE: Final = (59_528, 84_186)
SIDE, TOP, BOTTOM, EDGE = 5_669, 4_252, 4_252, 4_252
WIDTH: Final = PAGE[0] - 2 * SIDE
LANGUAGES: Final = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
FACES: Final = ("함초롬바탕", "함초롬돋움")
"""The faces that come with every copy of Hancom's program; another program takes its own."""
INK, GREY = "#000000", "#57635D"
KOREAN: Final = 1042


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of paragraph looks; `hanging` is how far its lines after the first stand in."""

    korean: str
    english: str
    size: int = 1_000
    bold: bool = False
    grey: bool = False
    align: str = "JUSTIFY"
    left: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 0
    spacing: int = 160
    stays: bool = False
    serif: bool = False


LOOKS: Final[dict[str, Look]] = {
    "words": Look("바탕글", "Normal", after=400, serif=True),
    "title": Look("문서 제목", "Document title", 1_900, bold=True, align="LEFT", after=400, spacing=130),
    "subtitle": Look("부제목", "Subtitle", 950, grey=True, align="LEFT", after=100),
    "byline": Look("작성자와 날짜", "Byline", 950, grey=True, align="LEFT", after=1_000),
    "heading1": Look(
        "제목 1", "Heading 1", 1_400, bold=True, align="LEFT", before=1_400, after=500, stays=True
    ),
    "heading2": Look(
        "제목 2", "Heading 2", 1_200, bold=True, align="LEFT", before=1_000, after=400, stays=True
    ),
    "heading3": Look(
        "제목 3", "Heading 3", 1_050, bold=True, align="LEFT", before=800, after=300, stays=True
    ),
    "article": Look("조 제목", "Article", 1_050, bold=True, align="LEFT", before=800, after=300, stays=True),
    "paragraph": Look("항", "Paragraph of an article", hanging=1_600, after=300, serif=True),
    "item": Look("호", "Item of an article", left=1_600, hanging=1_600, after=200, serif=True),
    "point": Look("목록", "List", hanging=1_300, after=200, serif=True),
    "note": Look("참고", "Note", 850, grey=True),
    "caption": Look("표 제목", "Caption", 950, bold=True, align="LEFT", before=600, after=200, stays=True),
    "holder": Look("표 자리", "Table place", 900, align="LEFT", after=600, spacing=100),
    "left": Look("표 왼쪽", "Cell left", 900, align="LEFT", spacing=130),
    "centre": Look("표 가운데", "Cell centre", 900, align="CENTER", spacing=130),
    "right": Look("표 오른쪽", "Cell right", 900, align="RIGHT", spacing=130),
    "edge": Look("머리말과 꼬리말", "Header and footer", 800, grey=True, align="CENTER", spacing=130),
}
IDS: Final = {name: at for at, name in enumerate(LOOKS)}
NOTHING, PLAIN, CELL, HEAD, NOTE = 1, 2, 3, 4, 5
"""The borders and fills by number; the first two are what paragraphs and letters refer to."""


def char_id(look: str, *, strong: bool = False) -> int:
    """Each kind of paragraph has its letters twice, the second time bold."""
    return 2 * IDS[look] + (1 if strong or LOOKS[look].bold else 0)


def header_part() -> bytes:
    """Fonts, borders, letters, paragraphs and styles."""
    lists = (
        _counted("hh:fontfaces", [_fontface(language) for language in LANGUAGES]),
        _counted("hh:borderFills", _borders()),
        _counted("hh:charProperties", [_letters(at) for at in range(2 * len(LOOKS))]),
        _counted("hh:tabProperties", [element("hh:tabPr", id=0, autoTabLeft=0, autoTabRight=0)]),
        _counted("hh:paraProperties", [_paragraph(at, look) for at, look in enumerate(LOOKS.values())]),
        _counted("hh:styles", [_style(at, name) for at, name in enumerate(LOOKS)]),
    )
    begin = element("hh:beginNum", page=1, footnote=1, endnote=1, pic=1, tbl=1, equation=1)
    options = element("hh:docOption", element("hh:linkinfo", path="", pageInherit=0, footnoteInherit=0))
    compatible = element("hh:compatibleDocument", "<hh:layoutCompatibility/>", targetProgram="HWP201X")
    inside = begin + element("hh:refList", "".join(lists)) + compatible + options
    return part("hh:head", inside, version="1.5", secCnt=1)


def _counted(name: str, things: list[str]) -> str:
    return element(name, "".join(things), itemCnt=len(things))


def _fontface(language: str) -> str:
    fonts = "".join(
        element("hh:font", id=at, face=face, type="TTF", isEmbedded=0) for at, face in enumerate(FACES)
    )
    return element("hh:fontface", fonts, lang=language.upper(), fontCnt=len(FACES))


def _borders() -> list[str]:
    line = ("SOLID", "0.12 mm", "#9AA39E")
    none = ("NONE", "0.1 mm", INK)
    fills = (("", none), ("none", none), ("", line), ("#EEF1EF", line), ("#F1F3F1", none))
    return [_border(at, fill, sides) for at, (fill, sides) in enumerate(fills, start=1)]


def _border(number: int, fill: str, sides: tuple[str, str, str]) -> str:
    kind, width, colour = sides
    corners = "".join(
        element(f"hh:{name}", type="NONE", Crooked=0, isCounter=0) for name in ("slash", "backSlash")
    )
    names = ("left", "right", "top", "bottom")
    edges = "".join(element(f"hh:{name}Border", type=kind, width=width, color=colour) for name in names)
    brush = element("hc:winBrush", faceColor=fill, hatchColor="#999999", alpha=0) if fill else ""
    inside = corners + edges + element("hh:diagonal", type="SOLID", width="0.1 mm", color=INK)
    inside += element("hc:fillBrush", brush) if brush else ""
    return element(
        "hh:borderFill", inside, id=number, threeD=0, shadow=0, centerLine="NONE", breakCellSeparateLine=0
    )


def _letters(number: int) -> str:
    look, bold = list(LOOKS.values())[number // 2], number % 2
    same = {
        "fontRef": 0 if look.serif else 1,
        "ratio": 100,
        "spacing": 0,
        "relSz": 100,
        "offset": 0,
    }
    inside = "".join(element(f"hh:{name}", **dict.fromkeys(LANGUAGES, value)) for name, value in same.items())
    inside += "<hh:bold/>" if bold else ""
    inside += element("hh:underline", type="NONE", shape="SOLID", color=INK)
    inside += element("hh:strikeout", shape="NONE", color=INK) + element("hh:outline", type="NONE")
    inside += element("hh:shadow", type="NONE", color="#C0C0C0", offsetX=10, offsetY=10)
    colours = {"textColor": GREY if look.grey else INK, "shadeColor": "none"}
    more: Attributes = {"useFontSpace": 0, "useKerning": 0, "symMark": "NONE", "borderFillIDRef": PLAIN}
    return element("hh:charPr", inside, id=number, height=look.size, **colours, **more)


def _paragraph(number: int, look: Look) -> str:
    breaking = element(
        "hh:breakSetting",
        breakLatinWord="KEEP_WORD",
        breakNonLatinWord="KEEP_WORD",
        widowOrphan=1,
        keepWithNext=int(look.stays),
        keepLines=0,
        pageBreakBefore=0,
        lineWrap="BREAK",
    )
    offsets = {f"offset{side}": 0 for side in ("Left", "Right", "Top", "Bottom")}
    inside = element("hh:align", horizontal=look.align, vertical="BASELINE")
    inside += element("hh:heading", type="NONE", idRef=0, level=0) + breaking
    inside += element("hh:autoSpacing", eAsianEng=0, eAsianNum=0) + _margins(look)
    inside += element("hh:border", borderFillIDRef=PLAIN, **offsets, connect=0, ignoreMargin=0)
    more = {"condense": 0, "fontLineHeight": 0, "snapToGrid": 1, "suppressLineNumbers": 0, "checked": 0}
    return element("hh:paraPr", inside, id=number, tabPrIDRef=0, **more)


def _margins(look: Look) -> str:
    """Older programs count these lengths in halves; the switch tells each which to read."""
    whole, doubled = _margin(look, 1), _margin(look, 2)
    case = (
        f'<hp:case hp:required-namespace="http://www.hancom.co.kr/hwpml/2016/HwpUnitChar">{whole}</hp:case>'
    )
    return element("hp:switch", case + element("hp:default", doubled))


def _margin(look: Look, times: int) -> str:
    lengths = {
        "intent": -look.hanging,
        "left": look.left,
        "right": 0,
        "prev": look.before,
        "next": look.after,
    }
    inside = "".join(
        element(f"hc:{name}", value=value * times, unit="HWPUNIT") for name, value in lengths.items()
    )
    return element("hh:margin", inside) + element(
        "hh:lineSpacing", type="PERCENT", value=look.spacing, unit="HWPUNIT"
    )


def _style(number: int, name: str) -> str:
    look = LOOKS[name]
    names = {"_type": "PARA", "name": look.korean, "engName": look.english}
    refs = {"paraPrIDRef": number, "charPrIDRef": char_id(name), "nextStyleIDRef": number}
    return element("hh:style", id=number, **names, **refs, langID=KOREAN, lockForm=0)
