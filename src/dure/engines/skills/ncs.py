"""Codes of Korea's national competency standards (NCS) for skills: taken from their public file, never made up.

The file is data set 3072161 of the public data portal: a row for each unit of competency, with `dutyCd` (eight digits) and
`compUnitCd` (two). Spreadsheets drop zeros in front; the lengths are fixed, so they are put back.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from dure.engines.faults import Fault, Faulty
from dure.engines.sheets import Table

PUBLIC_FILE, PAIRS_FILE = "ncs", "pairs"
"""Places of faults: in which of the two files a line stands."""
DUTY, UNIT = "dutyCd", "compUnitCd"
SKILL, CODE = "skill", "ncs_code"
_CODE: Final = re.compile(r"\d{10}")


def paired(public: Table, pairs: Table, *, slugs: Collection[str]) -> dict[str, str]:
    """The code of each skill that the secretariat's own list (`skill`, `ncs_code`) pairs with a unit of the public file.

    Raises Faulty with every fault of both files: `ncs_heading_missing`, `ncs_code_malformed`, `ncs_code_unknown`,
    `skill_unknown`, `ncs_skill_twice`.
    """
    faults: list[Fault] = []
    known = {code for _line, code in _units(public, faults)}
    chosen: dict[str, str] = {}
    for line, (slug, written) in _columns(pairs, (SKILL, CODE), PAIRS_FILE, faults):
        code = re.sub(r"[\s_.-]", "", written)
        wrong = _wrong(slug, code, slugs=slugs, known=known)
        if slug in chosen:
            wrong = "ncs_skill_twice"
        if wrong:
            value = written if wrong.startswith("ncs_code") else slug
            faults.append(Fault(wrong, {"value": value}, row=line, place=PAIRS_FILE))
        chosen[slug] = code
    if faults:
        raise Faulty(faults)
    return chosen


def _units(public: Table, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    for line, (duty, unit) in _columns(public, (DUTY, UNIT), PUBLIC_FILE, faults):
        code = duty.zfill(8) + unit.zfill(2)
        if not _CODE.fullmatch(code):
            faults.append(Fault("ncs_code_malformed", {"value": code}, row=line, place=PUBLIC_FILE))
        yield line, code


def _wrong(slug: str, code: str, *, slugs: Collection[str], known: Collection[str]) -> str:
    if slug not in slugs:
        return "skill_unknown"
    if not _CODE.fullmatch(code):
        return "ncs_code_malformed"
    return "" if code in known else "ncs_code_unknown"


def _columns(
    table: Table, names: tuple[str, str], place: str, faults: list[Fault]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Line and cells of two columns; nothing, with a fault for each, where headings are missing."""
    headings = [heading.casefold() for heading in table["headings"]]
    missing = [name for name in names if name.casefold() not in headings]
    faults += [Fault("ncs_heading_missing", {"value": name}, row=1, place=place) for name in missing]
    if not missing:
        first, second = (headings.index(name.casefold()) for name in names)
        for line, cells in table["rows"]:
            yield line, (cells[first], cells[second])
