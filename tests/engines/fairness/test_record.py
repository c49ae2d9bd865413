"""A report kept as a record: what is read back is what was written, and a change shows."""

import json
from hashlib import sha256

import pytest

from dure.engines.fairness import FAULTS, Report, Row, audit, hash_of, read_record, recorded
from dure.engines.faults import Faulty


@pytest.fixture(scope="module")
def report() -> Report:
    rows = [
        Row(
            {"sex": "여" if at % 2 else "남", "age": "ab"[at % 3 == 0]},
            selected=at % 5 == 0,
            position=at + 1,
            probability=at / 60,
            happened=at % 4 == 0,
        )
        for at in range(60)
    ]
    return audit([*rows, Row({"sex": "other"}, selected=True)])


def test_a_record_reads_back_to_the_same_record(report: Report) -> None:
    record = recorded(report)
    back = read_record(record)
    assert recorded(back) == record
    assert isinstance(back, Report)
    assert back.tables[0].verdict is report.tables[0].verdict
    assert back.tables[0].cells[0].groups == report.tables[0].cells[0].groups


def test_its_name_is_the_hash_of_its_canonical_report(report: Report) -> None:
    whole = json.loads(recorded(report))
    canonical = json.dumps(whole["report"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert whole["sha256"] == hash_of(recorded(report)) == sha256(canonical.encode()).hexdigest()


def test_figures_are_nine_digits_and_infinity_is_a_word() -> None:
    report = audit(
        [Row({"sex": "a"}, at < 1) for at in range(300)] + [Row({"sex": "b"}, at < 1) for at in range(7)]
    )
    rate = json.loads(recorded(report))["report"]["tables"][0]["cells"][0]["rate"]
    assert rate["value"] == 0.00333333333


def test_a_changed_figure_is_found(report: Report) -> None:
    changed = recorded(report).replace(b'"minimum":5', b'"minimum":4')
    assert _refusal(changed) == ["fairness_record_changed"]


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b"\xff", b"{}", b'{"format":"other","report":{},"sha256":""}']
)
def test_what_is_no_record_is_said_to_be_none(broken: bytes) -> None:
    assert _refusal(broken) == ["fairness_record_unreadable"]


def test_a_report_of_another_shape_is_none_even_with_a_right_hash() -> None:
    plain = {"n": 3}
    digest = sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()
    record = json.dumps({"format": "dure-fairness-1", "report": plain, "sha256": digest}).encode()
    assert _refusal(record) == ["fairness_record_unreadable"]


def _refusal(record: bytes) -> list[str]:
    with pytest.raises(Faulty) as raised:
        read_record(record)
    codes = [fault.code for fault in raised.value.faults]
    assert set(codes) <= set(FAULTS)
    return codes
