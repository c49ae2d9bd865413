"""One opening: a seat, or several alike, that an organisation offers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from dure.engines.skills import Words

Kind = Literal["job", "internship", "exchange", "secondment", "scholarship", "team_seat", "mentor"]
Remote = Literal["no", "partly", "fully"]
Period = Literal["hour", "day", "week", "month", "year", "once"]
Need = Literal["must", "nice"]
LanguageLevel = Literal["A1", "A2", "B1", "B2", "C1", "C2"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
REMOTE: Final[tuple[Remote, ...]] = get_args(Remote)
PERIODS: Final[tuple[Period, ...]] = get_args(Period)
LANGUAGE_LEVELS: Final[tuple[LanguageLevel, ...]] = get_args(LanguageLevel)
"""Levels of the Common European Framework, from the lowest; a native speaker is not asked for, C2 is."""


NOTHING: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class WantedLanguage:
    """A language (ISO 639-1) and the least level of it."""

    code: str
    level: LanguageLevel


@dataclass(frozen=True, slots=True)
class WantedSkill:
    """A skill of the catalogue with its least level (1 to 4); `weight` (above 0, at most 1) counts among the nice ones only."""

    slug: str
    need: Need
    level: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Pay:
    """What is paid: words in both languages, and where it is a figure the amount in units of an ISO 4217 currency per period.

    `upto` is the upper end where the pay is a range that begins at `amount`.
    """

    words: Words
    amount: Decimal | None = None
    currency: str = ""
    period: Period | None = None
    upto: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """All that an organisation says of a seat. Words may lack one language (then empty), never both where they are required.

    `regions` are ISO 3166-2:KR codes and, abroad, ISO 3166-1 alpha-2 codes; with `remote` fully they may be empty. `starts` and
    `ends` bound the window of the work; `weekly_hours` is 1 to 52. The `deadline` ends with its day in Korea.
    """

    kind: Kind
    title: Words
    text: Words
    organisation: str
    seats: int
    regions: tuple[str, ...]
    remote: Remote
    deadline: date
    languages: tuple[WantedLanguage, ...] = ()
    starts: date | None = None
    ends: date | None = None
    weekly_hours: int | None = None
    skills: tuple[WantedSkill, ...] = ()
    steps: tuple[Words, ...] = ()
    accessibility: Words = NOTHING
    pay: Pay | None = None
