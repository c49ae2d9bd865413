"""What of a judge's report is kept: nothing that is too long, and nothing that a database would refuse."""

from typing import Any

import pytest

from dure.engines.judging import MOST_REPORT_BYTES, Verdict
from dure.engines.judging.hostile import message
from dure.engines.judging.keeping import as_kept


def kept(report: dict[str, Any] | None) -> Verdict:
    return as_kept(Verdict(report, None if report is not None else "time", "ended", 3))


def test_an_ordinary_report_is_kept_as_it_is() -> None:
    report = {"tests": [{"id": "a", "said": "세 개입니다 \\u0000 \n", "passed": True, "of": [1.5, None]}]}
    assert kept(report) == Verdict(report, None, "ended", 3)


def test_one_that_is_too_long_is_the_judges_fault() -> None:
    fits = {"x": "y" * (MOST_REPORT_BYTES - 10)}
    assert kept(fits).report == fits
    assert kept({"x": "y" * MOST_REPORT_BYTES}) == Verdict(None, "long", "ended", 3)
    assert kept({"x": "가" * (MOST_REPORT_BYTES // 3)}).judge_fault == "long"


UNKEPT = {
    "a zero in a text": '{"report": {"x": "a\\u0000b"}}',
    "a zero in a name": '{"report": {"a\\u0000b": 1}}',
    "a zero deep inside": '{"report": {"x": [{"y": ["\\u0000"]}]}}',
    "half of a pair": '{"report": {"x": "\\ud800"}}',
    "more than any number": '{"report": {"x": 1e400}}',
    "nested without end": '{"report": {"x": %s}}' % ("[" * 900 + "]" * 900),
}


@pytest.mark.parametrize("name", UNKEPT)
def test_what_a_database_refuses_is_the_judges_fault(name: str) -> None:
    report = message(UNKEPT[name].encode())["report"]
    assert kept(report) == Verdict(None, "malformed", "ended", 3)


def test_where_there_is_no_report_nothing_changes() -> None:
    assert kept(None) == Verdict(None, "time", "ended", 3)
