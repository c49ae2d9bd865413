"""What the words around a skill say of it: how well it must be known, and whether it must be known at all."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from dure.engines.text import around

Need = Literal["must", "nice"]

LEVEL_WORDS: Final[Mapping[int, str]] = {
    1: r"기초|입문|초급|기본(?:적인)? (?:지식|이해|개념)|\(하\)"
    r"|\bbasics?\b(?! (?:qualif|requirement))|\bbeginner|\bfamiliar|\bfundamentals?\b|\bfoundational\b|\bintroductory\b"
    r"|\bexposure to\b|\bentry[- ]level\b",
    2: r"중급|\(중\)|\bintermediate\b|\bworking knowledge\b|\bhands[- ]on\b",
    3: r"능숙|능통|고급|숙련|상급|시니어|심층(?:적인)? 이해|깊은 이해|\(상\)"
    r"|\bproficien|\badvanced\b|\bfluen|\bstrong\b|\bin[- ]depth\b|\bdeep (?:understanding|knowledge)\b|\bsenior\b|\bskilled\b"
    r"|\bsolid\b",
    4: r"전문가|(?<![가-힣])리드(?![미])|총괄|최고 수준|아키텍트"
    r"|\bexpert|\blead\b(?! (?:time|to)\b)|\bprincipal\b|\bmastery\b|\barchitect\b",
}
"""Words of a job advertisement for each level of `LEVELS`."""

USUAL_LEVEL: Final = 2
"""The level proposed where a text names none: does usual work alone."""

YEARS: Final = r"(?P<years>\d{1,2}) ?(?:\+|년 ?(?:이상|차|간|의? ?(?:경력|경험))|\+? ?years?\b)|경력 ?(?P<career>\d{1,2}) ?년"

_LEVEL: Final = re.compile(
    "|".join(f"(?P<level{at}>{words})" for at, words in LEVEL_WORDS.items()) + "|" + YEARS
)
_NEED: Final = re.compile(
    r"(?P<nice>우대|가산점|있으면 ?좋|선호|필수는? ?아[니님]"
    r"|\bpreferred\b|\ba plus\b|\bnice[- ]to[- ]haves?\b|\bbonus\b|\bdesir(?:ed|able)\b|\bideally\b|\badvantage|\boptional\b"
    r"|\bnot (?:required|necessary|mandatory)\b)"
    r"|(?P<must>필수|필요|반드시|자격 ?요건|지원 ?자격|갖추"
    r"|\brequire[ds]?\b|\brequirements?\b|\bmust\b|\bmandatory\b|\bessential\b|\bneeds?\b|\bminimum qualifications?\b)"
)
_HEADING: Final = re.compile(
    r"(?P<nice>(?:우대|선호) ?(?:사항|조건|요건|요소|자격|역량|기술)?"
    r"|preferred(?: \w+)?|nice[- ]to[- ]haves?|bonus(?: points)?|desired(?: \w+)?)"
    r"|(?P<must>(?:필수|지원|자격|기본) ?(?:사항|조건|요건|자격|역량|기술)?"
    r"|(?:required|minimum|basic|essential) \w+|must[- ]haves?|requirements|qualifications)"
    r"|(?P<neither>(?:담당|주요|수행) ?업무|업무 ?(?:내용|소개)|회사 ?소개|복지|복리 ?후생|혜택|근무 ?(?:조건|환경|지)|전형 ?절차"
    r"|responsibilities|benefits|about us|what you will do|the role|process)"
)
_CLAUSE_END: Final = re.compile(r",|(?<=\s)[/|](?=\s)")
_LINE: Final = re.compile(r"[^\n]+")
_FRAME: Final = "[]【】<>()#*■●▶▪•◦:-–| \t"

Span = tuple[int, int]


def level_near(text: str, span: Span) -> int | None:
    """The level (1 to 4) that the nearest word of the same clause, else of the same sentence, asks for; None where none does."""
    mark = _nearest(_LEVEL, text, span)
    if mark is None:
        return None
    years = mark["years"] or mark["career"]
    return level_of_years(int(years)) if years else int((mark.lastgroup or "level2").removeprefix("level"))


def level_of_years(years: int) -> int:
    """What years of work with something are taken for: under 3 for the usual work, from 7 for the highest level."""
    return 4 if years >= 7 else 3 if years >= 3 else USUAL_LEVEL


def need_near(text: str, span: Span, under: Need | None) -> Need | None:
    """Whether the clause, else the sentence, else the heading above (`under`) says that a skill is needed or welcome."""
    mark = _nearest(_NEED, text, span)
    if mark is not None:
        return "nice" if mark["nice"] else "must"
    return under


def headings(text: str) -> list[tuple[int, Need | None]]:
    """Where each heading's part begins, in order, and what it says of all that stands under it; the text itself is the first."""
    found: list[tuple[int, Need | None]] = [(0, None)]
    for line in _LINE.finditer(text):
        heading = _HEADING.fullmatch(line[0].strip(_FRAME))
        if heading:
            found.append((line.end(), "nice" if heading["nice"] else "must" if heading["must"] else None))
    return found


def _nearest(pattern: re.Pattern[str], text: str, span: Span) -> re.Match[str] | None:
    sentence = around(text, span)
    clause = around(text, span, _CLAUSE_END)
    for start, end in ((max(sentence[0], clause[0]), min(sentence[1], clause[1])), sentence):
        marks = list(pattern.finditer(text, start, end))
        if marks:
            return min(marks, key=lambda mark: max(span[0] - mark.end(), mark.start() - span[1]))
    return None
