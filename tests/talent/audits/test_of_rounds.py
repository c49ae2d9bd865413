"""Audits of placement rounds: who ranked, who was given a seat, and what every way to read the report says of it."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from dure.foundation import workflow
from dure.talent import tasks
from dure.talent.audits import answering, making, of_rounds, record
from dure.talent.models import AuditReport, PlacementRound
from tests.factories import audits, people, rounds

pytestmark = pytest.mark.django_db
WOMEN, MEN = 8, 8
SEATS = 6


@pytest.fixture
def decided(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> PlacementRound:
    """Sixteen people rank one opening of six seats."""
    monkeypatch.setattr(tasks.make_audit_report, "defer", tasks.make_audit_report)
    found = rounds.draft()
    seat = rounds.seat(found, seats=SEATS)
    opened = rounds.opened(found)
    for number in range(WOMEN + MEN):
        someone = people.person(language="en")
        answering.answer(someone, {"sex": "female" if number < WOMEN else "male"})
        rounds.ranked(opened, [seat], person=someone)
    with django_capture_on_commit_callbacks(execute=True):
        return workflow.perform(rounds.solved(opened), "decide", by=people.person(roles=["secretariat"]))


def test_whoever_ranked_is_counted_and_whoever_was_given_a_seat_selected(decided: PlacementRound) -> None:
    considered = of_rounds.considered(decided)
    assert {one.person for one in considered} == set(decided.entries.values_list("person_id", flat=True))
    assert sum(one.selected for one in considered) == SEATS
    assert {one.position for one in considered} == {None}


def test_a_decided_round_is_audited_by_itself_and_read_as_page_and_csv(decided: PlacementRound) -> None:
    report = AuditReport.objects.get(kind="placement_round", about=decided.uid)
    assert (report.people, report.selected, report.is_automatic) == (WOMEN + MEN, SEATS, True)
    by_sex = cells_of(report)
    placed = decided.entries.filter(decision__seat__isnull=False).values_list("person_id", flat=True)
    assert sum(count or 0 for count in by_sex.values()) == len(placed) == SEATS
    browser = people.client_of(audits.auditor())
    assert decided.title_en in browser.get(f"/audits/{report.uid}").content.decode()
    rows = list(
        csv.reader(io.StringIO(browser.get(f"/audits/{report.uid}/report.csv").content.decode("utf-8-sig")))
    )
    assert any("Woman" in " ".join(row) for row in rows)


def test_a_round_that_is_not_decided_is_not_audited() -> None:
    found = rounds.opened(with_seat())
    subject = of_rounds.kind().find(found.uid)
    assert subject is not None
    assert not subject.is_over
    assert making.make(subject, by=people.person(roles=["secretariat"])) is None


def with_seat() -> PlacementRound:
    found = rounds.draft()
    rounds.seat(found)
    return found


def cells_of(report: AuditReport) -> dict[Any, int | None]:
    tables = record.read(bytes(report.record)).report.tables
    table = next(one for one in tables if one.attributes == ("sex",))
    return {cell.groups: cell.selected for cell in table.cells}
