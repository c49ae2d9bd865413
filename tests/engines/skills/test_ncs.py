"""Codes of the national standards come from their public file alone."""

import pytest

from dure.engines.faults import Faulty
from dure.engines.sheets import Table
from dure.engines.skills import FAULTS, paired

# Codes that no standard has: these tests are about the form alone.
PUBLIC = Table(
    headings=["DUTYCD", "name", "compUnitCd"],
    rows=[(2, ["99010101", "one", "01"]), (3, ["99010101", "two", "2"]), (4, ["1010101", "three", "1"])],
)


def _pairs(*rows: tuple[str, str]) -> Table:
    return Table(
        headings=["skill", "ncs_code"], rows=[(at, list(row)) for at, row in enumerate(rows, start=2)]
    )


def test_pairs_get_codes_with_the_zeros_that_a_spreadsheet_dropped() -> None:
    pairs = _pairs(("sql", "9901010102"), ("git", "01010101_01"))
    assert paired(PUBLIC, pairs, slugs={"sql", "git"}) == {"sql": "9901010102", "git": "0101010101"}


def test_everything_wrong_in_both_files_is_said_at_once() -> None:
    public = Table(headings=PUBLIC["headings"], rows=[*PUBLIC["rows"], (5, ["no", "x", "digits"])])
    pairs = _pairs(
        ("sql", "9901010101"),
        ("sql", "9901010102"),
        ("cobol", "9901010101"),
        ("git", "99"),
        ("nlp", "9" * 10),
    )
    with pytest.raises(Faulty) as refused:
        paired(public, pairs, slugs={"sql", "git", "nlp"})
    found = [(fault.code, fault.place, fault.row) for fault in refused.value.faults]
    assert found == [
        ("ncs_code_malformed", "ncs", 5),
        ("ncs_skill_twice", "pairs", 3),
        ("skill_unknown", "pairs", 4),
        ("ncs_code_malformed", "pairs", 5),
        ("ncs_code_unknown", "pairs", 6),
    ]
    assert {code for code, _place, _row in found} < set(FAULTS)


def test_missing_headings_are_named() -> None:
    with pytest.raises(Faulty) as refused:
        paired(Table(headings=["dutyCd"], rows=[]), Table(headings=["code"], rows=[]), slugs=())
    assert [(fault.params["value"], fault.place) for fault in refused.value.faults] == [
        ("compUnitCd", "ncs"),
        ("skill", "pairs"),
        ("ncs_code", "pairs"),
    ]
