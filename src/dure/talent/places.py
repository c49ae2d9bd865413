"""Regions, languages and their levels as openings and profiles name them, in the reader's language.

A region is one of Korea's (ISO 3166-2:KR), or abroad a country (ISO 3166-1).
"""

from collections.abc import Mapping
from typing import Final

from dure.engines import openings as engine
from dure.engines.skills import Words
from dure.foundation import i18n
from dure.people import api as people

LANGUAGE_LEVELS: Final[Mapping[int, str]] = dict(enumerate(engine.LANGUAGE_LEVELS, start=1))
"""1 to 6 with the names that the Common European Framework gives them, A1 to C2."""

ABROAD: Final = frozenset(people.COUNTRIES) - {"KR"}


def is_region(code: str) -> bool:
    return code in engine.REGIONS or code in ABROAD


def is_language(code: str) -> bool:
    return code in engine.LANGUAGES


def region_name(code: str) -> str:
    """In the reader's language; a code that is known no more is shown as it is."""
    return said(engine.REGIONS[code]) if code in engine.REGIONS else people.country_name(code)


def language_name(code: str) -> str:
    """The same for a language."""
    return said(engine.LANGUAGES[code]) if code in engine.LANGUAGES else code


def region_choices() -> list[tuple[str, str]]:
    """Korea's regions, then the countries abroad by name."""
    at_home = [(code, said(words)) for code, words in engine.REGIONS.items()]
    return at_home + [pair for pair in people.country_choices() if pair[0] in ABROAD]


def language_choices() -> list[tuple[str, str]]:
    return [(code, said(words)) for code, words in engine.LANGUAGES.items()]


def said(words: Words) -> str:
    """Words in the reader's language, else in the one that there is."""
    first, second = (words.ko, words.en) if i18n.is_korean() else (words.en, words.ko)
    return first or second
