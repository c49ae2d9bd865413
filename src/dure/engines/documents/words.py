"""The few words that a document says by itself, in its own language, which need not be the reader's."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dure.engines.documents.values import Clause, Language

WIDE: Final = 6 * "\N{NO-BREAK SPACE}"
"""Room for a number to be written by hand."""
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ko": {
        "name": "성명",
        "role": "직위",
        "date": "서명일",
        "blank_date": f"20{WIDE}년{WIDE}월{WIDE}일",
        "sign": "(서명 또는 인)",
        "figure": "항목",
        "value": "값",
        "key": "구분",
        "said": "내용",
        "table": "표",
    },
    "en": {
        "name": "Name",
        "role": "Title",
        "date": "Date",
        "blank_date": "",
        "sign": "Signature",
        "figure": "Item",
        "value": "Value",
        "key": "Item",
        "said": "Content",
        "table": "Table",
    },
}
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Python's own calendar would say them in the language of the machine."""
CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def date_in_words(day: date, language: Language) -> str:
    """A date as official papers write it: 2026. 11. 30., 30 November 2026."""
    if language == "ko":
        return f"{day.year}. {day.month}. {day.day}."
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clause_head(clause: Clause, language: Language) -> str:
    """제3조의2(정의), Article 3-2 (Definitions)."""
    if language == "ko":
        return f"제{clause.number}조{f'의{clause.branch}' if clause.branch else ''}({clause.title})"
    return f"Article {clause.number}{f'-{clause.branch}' if clause.branch else ''} ({clause.title})"


def paragraph_mark(position: int, count: int, language: Language) -> str:
    """The number of a paragraph in its article, from 1; none where it stands alone."""
    if count == 1:
        return ""
    if language == "ko" and position <= len(CIRCLED):
        return CIRCLED[position - 1]
    return f"({position})"


def item_mark(position: int, language: Language) -> str:
    """The number of an item in its paragraph: 1. in Korean, (a) in English."""
    if language == "en" and position <= len(LETTERS):
        return f"({LETTERS[position - 1]})"
    return f"{position}."


def list_mark(position: int, *, numbered: bool) -> str:
    """What stands before a point of a list on paper."""
    return f"{position}." if numbered else "•"
