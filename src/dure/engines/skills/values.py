"""Skills as values: what a person can do, in four levels, and what each rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEVELS: Final = (1, 2, 3, 4)
"""1: follows guidance; 2: does usual work alone; 3: decides in new situations and checks others' work; 4: sets how it is done."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in Korean and in English."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of the catalogue.

    `needs` maps slugs to the least level that this skill rests on. `levels` holds, for each of `LEVELS` in turn, what one can be
    seen to do. `esco` is the address of the same concept in ESCO, or empty where there is none.
    """

    slug: str
    area: str
    name: Words
    about: Words
    needs: Mapping[str, int]
    levels: tuple[tuple[Words, ...], ...]
    esco: str


@dataclass(frozen=True, slots=True)
class Area:
    """A shelf of the catalogue."""

    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Areas and skills in the order in which people read them; `skills` is keyed by slug."""

    areas: tuple[Area, ...]
    skills: Mapping[str, Skill]
