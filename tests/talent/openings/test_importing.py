"""Openings from a spreadsheet: all faults at once, nothing by halves, and nothing twice."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation import clock
from dure.people.models import Organisation
from dure.talent.models import Opening, OpeningImport
from tests.factories import openings, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Organisation:
    return openings.verified()


@pytest.fixture
def browser(firm: Organisation) -> Client:
    return people.client_of(openings.speaker(firm))


def row(firm: Organisation, **changed: str) -> dict[str, str]:
    return {
        "kind": "internship",
        "title_ko": "비전 인턴",
        "title_en": "Vision intern",
        "text_en": "Find flaws.",
        "organisation": firm.name_en,
        "seats": "2",
        "regions": "KR-11; 부산",
        "remote": "partly",
        "languages": "ko:B2",
        "weekly_hours": "40",
        "must_skills": "data-leakage:2",
        "nice_skills": "python-basics:1:0.5",
        "steps_ko": "서류; 면접",
        "steps_en": "Review; Interview",
        "deadline": (clock.today() + timedelta(days=9)).isoformat(),
        "pay_en": "and lunch",
        "pay_amount": "2000000",
        "pay_upto": "3000000",
        "pay_currency": "KRW",
        "pay_period": "month",
    } | changed


def sheet(rows: Iterable[dict[str, str]]) -> bytes:
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def upload(browser: Client, firm: Organisation, rows: Iterable[dict[str, str]]) -> Any:
    file = SimpleUploadedFile("seats.csv", sheet(rows), content_type="text/csv")
    return browser.post("/openings/import", {"organisation": firm.pk, "file": file})


def test_a_file_is_looked_at_first_and_becomes_drafts_once(firm: Organisation, browser: Client) -> None:
    answer = upload(browser, firm, [row(firm), row(firm, title_en="Second", must_skills="", nice_skills="")])
    url = answer["Location"]
    page = browser.get(url).content.decode()
    assert "Vision intern" in page
    assert not Opening.objects.exists()
    for _twice in range(2):
        browser.post(f"{url}/apply")
    first, second = Opening.objects.order_by("pk")
    assert (first.state, first.kind, first.regions, first.languages) == (
        "draft",
        "internship",
        ["KR-11", "KR-26"],
        {"ko": 4},
    )
    assert (first.pay_from, first.pay_to, first.pay_per) == (2_000_000, 3_000_000, "month")
    assert first.text_en == "Find flaws.\n\nand lunch"
    assert first.steps == [{"ko": "서류", "en": "Review"}, {"ko": "면접", "en": "Interview"}]
    asked = [(one.skill, one.level, one.is_must, one.weight) for one in first.requirements.all()]
    assert asked == [("data-leakage", 2, True, 1.0), ("python-basics", 1, False, 0.5)]
    assert second.title_en == "Second"
    browser.post(f"/openings/{first.uid}/act", {"action": "open"})
    first.refresh_from_db()
    assert first.state == "open"


def test_every_fault_of_every_row_is_told_and_nothing_is_made(firm: Organisation, browser: Client) -> None:
    wrong = [
        row(firm, seats="many", regions="Atlantis"),
        row(firm),
        row(firm, organisation="Somebody else", title_en="x" * 161),
        row(firm, pay_amount="1.5"),
    ]
    url = upload(browser, firm, wrong)["Location"]
    page = browser.get(url).content.decode()
    for said in (
        "line 2, column “seats”",
        "line 2, column “regions”",
        "line 4, column “organisation”",
        "line 4, column “title_en”",
        "line 5, column “pay_amount”",
    ):
        assert said in page
    assert "Nothing was taken over" in browser.post(f"{url}/apply", follow=True).content.decode()
    assert not Opening.objects.exists()


def test_columns_that_the_law_forbids_and_files_too_long_are_refused(
    firm: Organisation, browser: Client
) -> None:
    url = upload(browser, firm, [row(firm, **{"marital status": "any"})])["Location"]
    assert "The law forbids to collect" in browser.get(url).content.decode()
    answer = upload(browser, firm, [row(firm)] * 201)
    assert answer.status_code == 422
    assert "200" in answer.content.decode()
    file = SimpleUploadedFile("seats.csv", b"\x00\x01", content_type="text/csv")
    assert browser.post("/openings/import", {"organisation": firm.pk, "file": file}).status_code == 422
    assert OpeningImport.objects.count() == 1


def test_forbidden_words_are_marked_and_their_draft_stays_closed(firm: Organisation, browser: Client) -> None:
    url = upload(browser, firm, [row(firm, text_en="Women only.")])["Location"]
    assert "<mark>" in browser.get(url).content.decode()
    browser.post(f"{url}/apply")
    made = Opening.objects.get()
    assert browser.post(f"/openings/{made.uid}/act", {"action": "open"}).status_code == 403


def test_the_template_reads_as_a_right_file(firm: Organisation, browser: Client) -> None:
    content = browser.get("/openings/import/template.csv").content.decode("utf-8-sig")
    (example,) = csv.DictReader(io.StringIO(content))
    late = (clock.today() + timedelta(days=9)).isoformat()
    given = example | {"organisation": firm.slug, "deadline": late}
    url = upload(browser, firm, [given])["Location"]
    browser.post(f"{url}/apply")
    assert Opening.objects.get().title_en == "Intern, computer vision"


def test_rivals_know_of_no_file_and_offer_nothing(firm: Organisation, browser: Client) -> None:
    url = upload(browser, firm, [row(firm)])["Location"]
    rival = people.client_of(openings.speaker(people.organisation()))
    assert rival.get(url).status_code == 404
    assert rival.post(f"{url}/apply").status_code == 404
    assert upload(rival, firm, [row(firm)]).status_code == 422
    assert people.client_of(people.person()).get("/openings/import").status_code == 403
    uid = OpeningImport.objects.get().uid
    assert rival.get(f"/api/v1/openings/imports/{uid}").status_code == 404
    assert rival.get("/api/v1/openings/imports").json()["count"] == 0


def test_over_rest_as_on_the_page(firm: Organisation, browser: Client) -> None:
    def sent(rows: list[dict[str, str]]) -> Any:
        file = SimpleUploadedFile("seats.csv", sheet(rows), content_type="text/csv")
        return browser.post("/api/v1/openings/imports", {"organisation": firm.slug, "file": file})

    looked = sent([row(firm, text_en="Women only.")])
    assert looked.status_code == 201
    assert [one["line"] for one in looked.json()["rows"]] == [2]
    assert looked.json()["warnings"][0]["column"] == "text_en"
    path = f"/api/v1/openings/imports/{looked.json()['uid']}"
    assert [browser.post(f"{path}/apply").json()["made"] for _ in range(2)] == [1, 1]
    assert Opening.objects.count() == 1
    wrong = sent([row(firm, kind="dream")]).json()
    assert [(one["code"], one["row"], one["column"]) for one in wrong["faults"]] == [
        ("opening_choice", 2, "kind")
    ]
    refused = browser.post(f"/api/v1/openings/imports/{wrong['uid']}/apply")
    assert (refused.status_code, Opening.objects.count()) == (422, 1)
