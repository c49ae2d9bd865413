"""Reports: what is counted, what is not shown, that nothing changes them, and who reads them."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from dure.engines import fairness
from dure.engines.faults import Faulty
from dure.foundation import events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.models import Notice
from dure.people.models import Organisation, Person
from dure.talent import tasks
from dure.talent.audits import answering, asking, making, of_openings, record
from dure.talent.models import Application, AuditReport, Opening, Review
from tests.factories import audits, people
from tests.factories.openings import speaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("deferred")]
ALIKE = [({"sex": "female"}, 8, 3), ({"sex": "male"}, 8, 3), ({}, 3, 1)]


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would be made in the background."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.make_audit_report, "defer", lambda **given: found.append(given))
    return found


@pytest.fixture
def home() -> Organisation:
    return people.organisation()


@pytest.fixture
def opening(home: Organisation) -> Opening:
    return audits.decided(home, groups=ALIKE)


@pytest.fixture
def report(opening: Opening) -> AuditReport:
    return audits.report(opening)


@pytest.fixture
def auditor() -> Person:
    return audits.auditor()


def sex(found: AuditReport) -> fairness.Table:
    tables = record.read(bytes(found.record)).report.tables
    return next(table for table in tables if table.attributes == ("sex",))


def test_a_report_counts_who_was_selected_and_who_did_not_say(report: AuditReport) -> None:
    assert (report.people, report.selected, report.verdict) == (19, 7, "too_few")
    table = sex(report)
    assert (table.n, table.unknown) == (16, 3)
    assert [(cell.groups, cell.n, cell.selected) for cell in table.cells] == [
        (("female",), 8, 3),
        (("male",), 8, 3),
    ]
    assert record.read(bytes(report.record)).needed["sex"] > 16


def test_a_true_disparity_is_found(home: Organisation) -> None:
    found = audits.report(
        audits.decided(home, groups=[({"sex": "female"}, 20, 1), ({"sex": "male"}, 20, 17)])
    )
    assert found.verdict == "evidence"
    assert sex(found).reference == ("male",)


def test_a_small_cell_is_not_shown_and_no_total_gives_it_away(home: Organisation) -> None:
    groups = [({"sex": "female"}, 9, 3), ({"sex": "male"}, 9, 3), ({"sex": "other"}, 2, 1)]
    table = sex(audits.report(audits.decided(home, groups=groups)))
    hidden = [cell for cell in table.cells if cell.hidden]
    assert ("other",) in [cell.groups for cell in hidden]
    assert len(hidden) >= 2
    assert table.n - sum(cell.n or 0 for cell in table.cells) >= making.MINIMUM


def test_who_withdrew_before_an_offer_is_not_counted(opening: Opening) -> None:
    first = Application.objects.filter(state="rejected").values("pk")[:1]
    Application.objects.filter(pk__in=first).update(state="withdrawn")
    assert len(of_openings.considered(opening)) == 18


def test_reviews_give_the_place_in_the_list(opening: Opening) -> None:
    rows = list(Application.objects.order_by("id")[:3])
    for row, score in zip(rows, (2, 4, 2), strict=True):
        Review.objects.create(
            application=row, reviewer=people.person(), scores={"a": {"score": score, "words": "w"}}
        )
    places = {one.person: one.position for one in of_openings.considered(opening)}
    assert places[rows[1].person_id] == 1
    assert {places[rows[0].person_id], places[rows[2].person_id]} == {2, 3}
    assert sum(place is not None for place in places.values()) == 3


def test_the_record_reads_again_to_the_same_figures(report: AuditReport, opening: Opening) -> None:
    kept = record.read(bytes(report.record))
    expected = fairness.audit(making.rows_of(of_openings.considered(opening)))
    assert kept.report == fairness.read_record(fairness.recorded(expected))
    assert kept.about.uid == str(opening.uid)
    assert report.sha256 == hashlib.sha256(bytes(report.record)).hexdigest()


def test_a_changed_figure_is_found(report: AuditReport) -> None:
    whole = json.loads(bytes(report.record))
    whole["found"]["report"]["selected"] += 1
    with pytest.raises(Faulty) as found:
        record.read(json.dumps(whole).encode())
    assert found.value.faults[0].code == "fairness_record_changed"


CHANGES: dict[str, Callable[[AuditReport], Any]] = {
    "update": lambda found: AuditReport.objects.filter(pk=found.pk).update(verdict="none_found"),
    "delete": lambda found: AuditReport.objects.filter(pk=found.pk).delete(),
    "save": lambda found: found.save(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_a_change(report: AuditReport, change: str) -> None:
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        CHANGES[change](report)
    assert AuditReport.objects.get(pk=report.pk).verdict == "too_few"


def test_deleted_answers_leave_the_report_and_count_no_more(report: AuditReport, opening: Opening) -> None:
    for someone in Person.objects.filter(applications__opening=opening):
        answering.delete(someone)
    assert sex(AuditReport.objects.get()).n == 16
    assert all(
        value is None
        for row in making.rows_of(of_openings.considered(opening))
        for value in row.groups.values()
    )


def test_a_second_report_that_would_tell_of_one_person_is_not_made(
    report: AuditReport, opening: Opening
) -> None:
    subject = of_openings.kind().find(opening.uid)
    assert subject is not None
    assert making.make(subject, by=SYSTEM) is None
    refused = Person.objects.filter(applications__opening=opening, applications__state="rejected")
    silent = next(one for one in refused if not answering.answers_of(one))
    answering.answer(silent, {"sex": "female"})
    assert making.make(subject, by=SYSTEM) is None
    for _ in range(6):
        audits.applied(opening, {"sex": "female"}, is_offered=False)
    assert making.make(subject, by=SYSTEM) is not None
    assert AuditReport.objects.count() == 2


def test_a_filled_opening_is_audited_once(
    opening: Opening, auditor: Person, deferred: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    event = workflow.StateChanged("opening", str(opening.uid), "fill", "closed", "filled", None)
    with django_capture_on_commit_callbacks(execute=True):
        events.record(event)
    assert deferred == [{"kind": "opening", "uid": str(opening.uid), "by": None}]
    for _ in range(2):
        tasks.make_audit_report("opening", str(opening.uid), None)
    made = AuditReport.objects.get()
    assert made.is_automatic
    assert list(Notice.objects.filter(kind="talent.audit_made").values_list("person_id", "url")) == [
        (auditor.pk, f"/audits/{made.uid}")
    ]


def test_nothing_is_made_of_an_opening_without_applications(home: Organisation) -> None:
    asking.run("opening", audits.decided(home, groups=[]).uid, None)
    assert not AuditReport.objects.exists()


def test_an_auditor_has_a_report_made_by_hand(
    opening: Opening, auditor: Person, deferred: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    browser = people.client_of(auditor)
    assert opening.title_en in browser.get("/audits").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/audits/ask", {"kind": "opening", "about": str(opening.uid)})
    (asked,) = deferred
    tasks.make_audit_report(**asked)
    made = AuditReport.objects.get()
    assert not made.is_automatic
    assert Notice.objects.get(kind="talent.audit_made").person_id == auditor.pk
    tasks.make_audit_report(**asked)
    assert Notice.objects.filter(kind="talent.audit_unchanged").count() == 1


def test_what_is_not_decided_cannot_be_audited(opening: Opening, auditor: Person) -> None:
    Opening.objects.filter(pk=opening.pk).update(state="closed")
    answer = people.client_of(auditor).post("/audits/ask", {"kind": "opening", "about": str(opening.uid)})
    assert answer.status_code == 403
    assert "still being decided" in answer.content.decode()


def test_whoever_decided_reads_and_makes_no_report(report: AuditReport, home: Organisation) -> None:
    """They know whom they selected: with a table they could tell each answer of a group selected as a whole."""
    browser = people.client_of(speaker(home))
    assert browser.get(f"/audits/{report.uid}").status_code == 404
    assert str(report.uid) not in browser.get(f"/openings/{report.about}").content.decode()
    assert browser.post("/audits/ask", {"kind": "opening", "about": str(report.about)}).status_code == 403


@pytest.mark.parametrize("part", ["", "/report.csv", "/report.pdf", "/record.json"])
def test_others_find_nothing(report: AuditReport, home: Organisation, part: str) -> None:
    member = people.person()
    people.member(member, home)
    applicant = Person.objects.get(pk=Application.objects.first().person_id)  # type: ignore[union-attr]
    rival = speaker(people.organisation())
    for browser in (Client(), *map(people.client_of, (member, applicant, rival))):
        assert browser.get(f"/audits/{report.uid}{part}").status_code == 404
        assert browser.get(f"/api/v1/audits/{report.uid}").status_code == 404


def test_the_list_shows_a_stranger_nothing(report: AuditReport) -> None:
    assert Client().get("/audits").status_code == 403
    assert (
        report.title_en not in people.client_of(people.person(language="en")).get("/audits").content.decode()
    )


def test_the_page_says_the_verdict_first_in_both_languages(report: AuditReport, auditor: Person) -> None:
    english = people.client_of(auditor).get(f"/audits/{report.uid}").content.decode()
    assert english.index("Too few to tell") < english.index("Method")
    for said in ("Nothing was found, but with so few people", "would be needed", report.sha256, "37.5 %"):
        assert said in english
    korean = people.client_of(people.person(roles=["auditor"], language="ko")).get(f"/audits/{report.uid}")
    assert "판단하기에는 너무 적음" in korean.content.decode()


@pytest.mark.parametrize(("language", "word"), [("en", "Woman"), ("ko", "여성")])
def test_the_table_is_a_download_in_both_languages(
    report: AuditReport, auditor: Person, language: str, word: str
) -> None:
    answer = people.client_of(auditor).get(f"/audits/{report.uid}/report.csv?language={language}")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1:4] for row in rows if row[1] == word] == [[word, "8", "3"]]


def test_the_record_is_downloaded_byte_for_byte(report: AuditReport, auditor: Person) -> None:
    answer = people.client_of(auditor).get(f"/audits/{report.uid}/record.json")
    assert hashlib.sha256(answer.content).hexdigest() == report.sha256


def test_rest_says_the_same(report: AuditReport, auditor: Person) -> None:
    browser = people.client_of(auditor)
    assert browser.get("/api/v1/audits").json()["items"][0]["sha256"] == report.sha256
    said = browser.get(f"/api/v1/audits/{report.uid}").json()
    table = next(one for one in said["tables"] if one["attributes"] == ["sex"])
    assert (table["unknown"], table["cells"][0]["n"], table["verdict"]) == (3, 8, "too_few")
    assert browser.get(f"/api/v1/audits/{report.uid}/csv").content[:3] == b"\xef\xbb\xbf"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_report_on_paper_is_a_download_in_both_languages(
    report: AuditReport, auditor: Person, language: str
) -> None:
    answer = people.client_of(auditor).get(f"/audits/{report.uid}/report.pdf?language={language}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF-")
    assert f"/Lang ({language})".encode() in answer.content
