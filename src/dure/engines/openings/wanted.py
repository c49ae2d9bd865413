"""The parts of an opening that one cell lists: regions, languages, skills, steps."""

import re
from collections.abc import Collection, Iterable
from typing import Final, TypeVar

from dure.engines import skills
from dure.engines.openings.cells import Cells
from dure.engines.openings.codes import LANGUAGES, region_of
from dure.engines.openings.values import LANGUAGE_LEVELS, Need, WantedLanguage, WantedSkill

_LANGUAGE: Final = re.compile(r"([a-z]{2}) ?: ?([abc][12])", re.IGNORECASE)
_SKILL: Final = re.compile(r"([a-z0-9-]+) ?: ?([1-4])(?: ?: ?(0?\.\d{1,3}|1(?:\.0+)?))?")
Thing = TypeVar("Thing")


def regions(cells: Cells, countries: Collection[str]) -> tuple[str, ...]:
    """Codes of regions, each once. Faults: opening_region_unknown, opening_twice."""
    found = []
    for text in cells.several("regions"):
        code = region_of(text, countries=countries)
        if code is None:
            cells.wrong("opening_region_unknown", "regions", value=text[:40])
        else:
            found.append((code, code))
    return _each_once(cells, "regions", found)


def languages(cells: Cells) -> tuple[WantedLanguage, ...]:
    """Languages with their levels, each once. Faults: opening_language_form, opening_twice."""
    found = []
    for text in cells.several("languages"):
        match = _LANGUAGE.fullmatch(text)
        level = next((level for level in LANGUAGE_LEVELS if match and level == match[2].upper()), None)
        if match is None or level is None or match[1].lower() not in LANGUAGES:
            cells.wrong("opening_language_form", "languages", value=text[:40])
        else:
            found.append((match[1].lower(), WantedLanguage(match[1].lower(), level)))
    return _each_once(cells, "languages", found)


def wanted_skills(cells: Cells) -> tuple[WantedSkill, ...]:
    """Must and nice skills, each once. Faults: opening_skill_form, opening_skill_unknown, opening_twice."""
    musts = _skills(cells, "must_skills", "must")
    nices = _skills(cells, "nice_skills", "nice")
    return _each_once(cells, "nice_skills", [(one.slug, one) for one in (*musts, *nices)])


def _skills(cells: Cells, column: str, need: Need) -> tuple[WantedSkill, ...]:
    found = []
    for text in cells.several(column):
        match = _SKILL.fullmatch(text)
        if match is None or (need == "must" and match[3]):
            cells.wrong("opening_skill_form", column, value=text[:40])
        elif match[1] not in skills.slugs():
            cells.wrong("opening_skill_unknown", column, value=match[1][:40])
        else:
            weight = float(match[3] or 1)
            found.append((match[1], WantedSkill(match[1], need, int(match[2]), weight)))
    return tuple(one for _, one in found)


def steps(cells: Cells) -> tuple[skills.Words, ...]:
    """The steps of the selection in both languages, or in the one that is given. Fault: opening_steps_differ."""
    korean, english = list(cells.several("steps_ko")), list(cells.several("steps_en"))
    if korean and english and len(korean) != len(english):
        cells.wrong("opening_steps_differ", "steps_en")
        return ()
    longest = max(len(korean), len(english))
    korean, english = korean or [""] * longest, english or [""] * longest
    return tuple(skills.Words(ko, en) for ko, en in zip(korean, english, strict=True))


def _each_once(cells: Cells, column: str, found: Iterable[tuple[str, Thing]]) -> tuple[Thing, ...]:
    kept: dict[str, Thing] = {}
    for key, thing in found:
        if key in kept:
            cells.wrong("opening_twice", column, value=key)
        kept[key] = thing
    return tuple(kept.values())
