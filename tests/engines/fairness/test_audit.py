"""The whole report: its figures, its verdicts, and what must not matter to it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.fairness import (
    ALPHA,
    FAULTS,
    MINOR,
    POWER,
    Report,
    Row,
    Verdict,
    above_median,
    audit,
    recorded,
)
from dure.engines.fairness.exact import p_values
from dure.engines.fairness.power import power, power_for_grave
from dure.engines.faults import Faulty
from tests.engines.fairness import oracle
from tests.engines.fairness.oracle import people

answer = st.sampled_from(["a", "b", "c", None])
rows_of = st.lists(
    st.builds(
        lambda one, other, chosen: Row({"sex": one, "age": other}, chosen), answer, answer, st.booleans()
    ),
    min_size=1,
    max_size=40,
)


@given(rows_of, st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_rows_changes_nothing(rows: list[Row], random: object) -> None:
    shuffled = sorted(rows, key=lambda row: hash((row.selected, str(row.groups))))
    assert recorded(audit(shuffled)) == recorded(audit(rows))
    assert recorded(audit(rows[::-1])) == recorded(audit(rows))


@given(rows_of)
@settings(max_examples=25, deadline=None)
def test_the_groups_names_change_nothing_that_is_found(rows: list[Row]) -> None:
    """With nothing hidden: which of two equally small cells is hidden with a third does go by name."""
    other = {"a": "c", "b": "b", "c": "a", None: None}
    renamed = [replace(row, groups={key: other[group] for key, group in row.groups.items()}) for row in rows]
    assert _found(audit(rows, minimum=1), other) == _found(
        audit(renamed, minimum=1), {key: key for key in other}
    )


def _found(report: Report, names: dict[str | None, str | None]) -> dict[object, object]:
    return {
        (table.attributes, tuple(names[group] for group in cell.groups)): (
            cell.n,
            cell.selected,
            cell.rate,
            cell.finding and (cell.finding.side, cell.finding.verdict, pytest.approx(cell.finding.adjusted)),
        )
        for table in report.tables
        for cell in table.cells
    }


def test_the_impact_ratio_is_against_the_highest_rate() -> None:
    table = audit(people([("a", 40, 20), ("b", 50, 10), ("c", 60, 24)])).tables[0]
    assert table.reference == ("a",)
    assert [cell.ratio and cell.ratio.value for cell in table.cells] == [
        None,
        pytest.approx(0.4),
        pytest.approx(0.8),
    ]
    assert (table.n, table.selected, table.unknown) == (150, 54, 0)


def test_a_group_under_two_percent_is_marked_and_is_no_reference() -> None:
    table = audit(people([("a", 400, 200), ("b", 390, 200), ("c", 8, 8)])).tables[0]
    assert [cell.minor for cell in table.cells] == [False, False, True]
    assert MINOR * 798 > 8
    assert table.reference == ("b",)


def test_who_did_not_answer_is_counted_and_not_compared() -> None:
    rows = (
        people([("a", 15, 9), ("b", 15, 2)])
        + [Row({"sex": None}, selected=True)] * 4
        + [Row({}, selected=False)]
    )
    report = audit(rows)
    assert (report.n, report.tables[0].n, report.tables[0].unknown) == (35, 30, 5)
    assert report.tables[0].cells == audit(rows[:30]).tables[0].cells


def test_three_verdicts_of_three_reports() -> None:
    assert audit(people([("a", 15, 12), ("b", 15, 3)])).verdict is Verdict.EVIDENCE
    assert audit(people([("a", 15, 5), ("b", 15, 4)])).verdict is Verdict.TOO_FEW
    assert audit(people([("a", 100, 40), ("b", 100, 38)])).verdict is Verdict.NONE_FOUND


@given(rows_of)
@settings(max_examples=25, deadline=None)
def test_too_few_is_said_only_where_a_grave_disparity_could_be_missed(rows: list[Row]) -> None:
    """And never in place of evidence."""
    cells = [cell for table in audit(rows, minimum=1).tables for cell in table.cells]
    for found in [cell.finding for cell in cells if cell.finding]:
        assert (found.verdict is Verdict.EVIDENCE) == (found.adjusted <= ALPHA)
        if found.verdict is not Verdict.EVIDENCE:
            assert (found.verdict is Verdict.TOO_FEW) == (found.power < POWER)


def test_what_was_seen_does_not_decide_whether_there_are_enough() -> None:
    """The same people and the same number selected: the power is the same however they fell."""
    drawn = [audit(people([("a", 60, 30 - at), ("b", 60, at)])).tables[0] for at in (15, 10, 0)]
    assert len({cell.finding and cell.finding.power for table in drawn for cell in table.cells}) == 1


def test_a_crossing_with_few_people_takes_no_verdict_away() -> None:
    rows = people([("a", 100, 40), ("b", 100, 38)])
    crossed = [
        replace(row, groups={**row.groups, "age": "old" if at % 2 else "young"})
        for at, row in enumerate(rows)
    ]
    report = audit(crossed)
    assert [table.verdict for table in report.tables] == [
        Verdict.NONE_FOUND,
        Verdict.NONE_FOUND,
        Verdict.TOO_FEW,
    ]
    assert report.verdict is Verdict.NONE_FOUND


@pytest.mark.parametrize(("n", "rates"), [(15, (0.3, 0.6)), (50, (0.2, 0.4)), (120, (0.3, 0.15))])
def test_the_power_is_that_of_all_outcomes(n: int, rates: tuple[float, float]) -> None:
    assert power(n, n, level=0.05, rates=rates) == pytest.approx(oracle.power(p_values(n, n) <= 0.05, *rates))


def test_the_power_of_the_largest_tables_is_fishers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.fairness.power.LARGEST", 0)
    expected = oracle.power(oracle.fisher(60, 90) <= 0.02, 0.2, 0.45)
    assert power(60, 90, level=0.02, rates=(0.2, 0.45)) == pytest.approx(expected, abs=1e-6)


def test_too_few_is_not_said_of_thousands() -> None:
    assert power_for_grave(20000, 2000, level=0.01, selected=2000) > 0.99
    assert power_for_grave(15, 15, level=0.05, selected=0) == 0.0


def test_scoring_rates_are_shares_above_the_median() -> None:
    scores = [1.0, 2.0, 2.0, 3.0, 9.0]
    rows = [Row({"sex": "a"}, selected=False, score=score) for score in scores] + [
        Row({"sex": "b"}, selected=True)
    ]
    assert [row.selected for row in above_median(rows)] == [False, False, False, True, True]
    assert above_median([]) == ()


def test_all_faults_are_found_at_once() -> None:
    rows = [
        Row({"sex": "a"}, selected=True, score=float("nan"), position=0, probability=1.5),
        Row({"sex": "a"}, selected=True, position=2),
        Row({"sex": "a"}, selected=True, position=2),
    ]
    with pytest.raises(Faulty) as raised:
        audit(rows, minimum=0)
    codes = {fault.code for fault in raised.value.faults}
    assert codes == {
        f"fairness_{name}" for name in ("minimum", "score", "position", "probability", "position_twice")
    }
    assert codes <= set(FAULTS)


@pytest.mark.parametrize(
    ("rows", "code"), [([], "fairness_nobody"), ([Row({}, selected=True)], "fairness_no_attribute")]
)
def test_nothing_to_audit_is_a_fault(rows: list[Row], code: str) -> None:
    with pytest.raises(Faulty) as raised:
        audit(rows)
    assert [fault.code for fault in raised.value.faults] == [code]
