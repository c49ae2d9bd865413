"""What machines read of an opening, and what people take along or are reminded of."""

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock, notices, search, workflow
from dure.people.events import AccountDeleted
from dure.people.exports import export_of
from dure.people.models import Person
from dure.talent.models import Opening
from dure.talent.openings import leaving, making
from tests.factories import openings, people

pytestmark = pytest.mark.django_db
_EMBEDDED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def embedded(page: str) -> list[Any]:
    return [json.loads(found) for found in _EMBEDDED.findall(page)]


def test_a_job_is_told_to_machines_as_the_page_says_it(client: Client) -> None:
    hostile = "</script><script>alert(1)</script>"
    pay: dict[str, Any] = {
        "pay_from": 3_000_000,
        "pay_to": 4_000_000,
        "pay_currency": "KRW",
        "pay_per": "month",
    }
    made = openings.opening(must={"data-leakage": 2}, text_en=hostile, **pay)
    english = {"accept-language": "en"}
    answer = client.get(f"/openings/{made.uid}/jobposting.json", headers=english)
    assert answer["Content-Type"] == "application/ld+json"
    told = json.loads(answer.content)
    page = client.get(f"/openings/{made.uid}", headers=english).content.decode()
    assert embedded(page) == [told]
    assert "<script>alert" not in page
    assert told == client.get(f"/api/v1/openings/{made.uid}/jobposting", headers=english).json()
    assert (told["@type"], told["title"]) == ("JobPosting", openings.FIELDS["title_en"])
    assert told["hiringOrganization"]["name"] == made.organisation.name_en
    assert told["totalJobOpenings"] == 2
    assert "(2)" in told["qualifications"]
    assert "Korean (B2)" in told["qualifications"]
    assert told["jobLocation"][0]["address"]["addressRegion"] == "Seoul"
    value = told["baseSalary"]["value"]
    assert (value["minValue"], value["maxValue"], value["unitText"]) == (3_000_000, 4_000_000, "MONTH")
    closes = datetime.fromisoformat(told["validThrough"])
    assert abs(closes - made.deadline) < timedelta(seconds=1)


def test_only_open_jobs_and_internships_stand_in_the_page_for_search_engines(client: Client) -> None:
    mentor, closed = openings.opening(kind="mentor"), openings.opening()
    workflow.perform(closed, "close", by=people.person(roles=["secretariat"]))
    for made in (mentor, closed):
        assert embedded(client.get(f"/openings/{made.uid}").content.decode()) == []
        assert client.get(f"/openings/{made.uid}/jobposting.json").status_code == 200
    draft = openings.opening(is_open=False)
    assert client.get(f"/openings/{draft.uid}/jobposting.json").status_code == 404


def told(person: Person) -> list[str]:
    return [todo.title for todo in notices.todos(person) if "/openings/" in todo.url]


def test_what_waits_is_said_to_who_looks_after_it() -> None:
    firm = openings.verified()
    by = openings.speaker(firm)
    openings.opening(
        firm, is_open=False, title_en="Soon", title_ko="곧", deadline=clock.now() + timedelta(days=3)
    )
    openings.opening(firm, is_open=False, title_en="Later", deadline=clock.now() + timedelta(days=30))
    closed = openings.opening(firm, title_en="Over", title_ko="끝")
    workflow.perform(closed, "close", by=by)
    openings.opening(title_en="Of others", is_open=False, deadline=clock.now() + timedelta(days=3))
    assert len(told(by)) == 2
    assert any("Soon" in title or "곧" in title for title in told(by))
    workflow.perform(closed, "fill", by=by)
    assert len(told(by)) == 1
    assert told(openings.speaker(people.organisation())) == []


def test_a_changed_opening_is_found_by_its_new_words() -> None:
    firm = openings.verified()
    by = openings.speaker(firm)
    made = making.create(by=by, organisation=firm, kind="job", given=openings.fields(text_en="A lighthouse."))
    assert [one.uid for one in search.find(by, "lighthouse")] == [made.uid]
    assert not search.find(people.person(), "lighthouse").exists()
    making.edit(made, by=by, given=openings.fields(text_en="A windmill."))
    assert not search.find(by, "lighthouse").exists()
    assert search.find(by, "windmill").exists()


def test_who_wrote_it_takes_the_list_along_and_is_forgotten_with_the_account() -> None:
    by = openings.speaker(openings.verified())
    made = making.create(
        by=by, organisation=by.memberships.get().organisation, kind="job", given=openings.fields()
    )
    with zipfile.ZipFile(io.BytesIO(export_of(by))) as archive:
        assert str(made.uid) in archive.read("openings.json").decode()
    leaving.forget(AccountDeleted(person=by.pk))
    assert Opening.objects.get().made_by is None
