"""Startups that are looked at: who reads what, spreadsheets, and names that are forgotten."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.alliance.models import ScoutedStartup, ScoutingMeeting
from dure.alliance.scouting import by_date, importing, leaving, noting, queries
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.people import api as people_api
from tests.factories import agreements, people, startups

pytestmark = pytest.mark.django_db
FILE = (
    "name_ko,name_en,country,fields,단계,founded\n"
    "보기 로봇,Sample Robotics,CA,robots,prototype,2024\n"
    "소리 연구,,kr,음성·언어;vision,아이디어,\n"
)


def lines(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_what_one_side_looks_at_no_rival_and_not_the_secretariat_learns_until_it_is_shared() -> None:
    firm = people.organisation()
    scout, rival = people.representative(firm), people.representative(people.organisation())
    coordinator = people.representative(firm, "coordinator")
    made, desk = startups.scouted(firm, by=scout), agreements.secretary()
    seen = [
        ScoutedStartup.objects.visible_to(one).exists()
        for one in (scout, coordinator, rival, desk, people.representative(firm, "member"))
    ]
    assert seen == [True, True, False, False, False]
    assert people.client_of(rival).get(f"/scouting/{made.uid}").status_code == 404
    noting.edit(made, by=coordinator, given=startups.said(reach="shared"))
    assert ScoutedStartup.objects.visible_to(rival).get() == made
    with pytest.raises(Denied):
        workflow.perform(made, "talk", by=rival)
    assert ScoutedStartup.objects.visible_to(people.person()).count() == 0


def test_a_meeting_is_read_by_its_side_and_whom_one_met_by_nobody_else_also_when_it_is_shared() -> None:
    firm, other = people.organisation(), people.organisation()
    scout, colleague = people.representative(firm), people.person()
    people.member(colleague, firm)
    rival = people.representative(other)
    made = startups.scouted(firm, by=scout, reach="shared")
    given = startups.meeting(addresses=str(colleague.email).upper(), reach="shared")
    noting.meet(made, by=scout, organisation=firm, given=given)
    noting.meet(made, by=rival, organisation=other, given=startups.meeting(contacts="Kim Example"))
    for reader, contacts in ((scout, ["Robin Example"]), (rival, ["Kim Example", ""])):
        answer = people.client_of(reader).get(f"/api/v1/scouting/{made.uid}/meetings").json()
        assert [one["contacts"] for one in answer["items"]] == contacts
        page = people.client_of(reader).get(f"/scouting/{made.uid}").content.decode()
        assert ("Robin Example" in page, "Kim Example" in page) == (reader == scout, reader == rival)
    assert ScoutingMeeting.objects.get(by=scout).attended.count() == 2
    with pytest.raises(Denied):
        noting.meet(made, by=rival, organisation=firm, given=startups.meeting())


def test_all_that_is_wrong_is_told_at_once() -> None:
    desk = agreements.secretary()
    wrong: dict[str, Any] = {
        "name_ko": "",
        "name_en": " ",
        "country": "XX",
        "fields": ["x"],
        "stage": "y",
        "reach": "z",
    }
    with pytest.raises(Faulty) as faulty:
        startups.scouted(by=desk, **wrong, founded=2999, site="ftp://x")
    assert len(faulty.value.faults) == 7
    made = startups.scouted(by=desk)
    later = clock.today() + timedelta(days=1)
    given = startups.meeting(met_on=later, said=" ", addresses=f"a@example.org, {desk.email}")
    with pytest.raises(Faulty) as faulty:
        noting.meet(made, by=desk, organisation=None, given=given)
    assert [one.place for one in faulty.value.faults] == ["addresses", "met_on", "said"]
    with pytest.raises(Faulty):
        startups.scouted(by=desk, name_en="SAMPLE robotics")


def test_a_file_is_looked_at_first_and_adds_what_is_new_once() -> None:
    desk = agreements.secretary()
    given: Any = {"by": desk, "organisation": None}
    startups.scouted(by=desk)
    seen = importing.take_over(lines(FILE), dry=True, **given)
    assert (list(seen.new), seen.known, seen.faults) == ([3], 1, ())
    assert ScoutedStartup.objects.count() == 1
    importing.take_over(lines(FILE), dry=False, **given)
    made = ScoutedStartup.objects.latest("pk")
    assert (made.country, made.fields, made.stage, made.founded) == ("KR", ["speech", "vision"], "idea", None)
    assert not importing.take_over(lines(FILE), dry=False, **given).new


def test_every_fault_of_every_row_is_told_and_then_nothing_is_taken_over() -> None:
    desk = agreements.secretary()
    text = (
        "name_en,country,fields,stage,founded,site\n"
        "A,XX,robots,prototype,99999,\n"
        "B,KR,,nothing,2024,ftp://x\n"
        "B,KR,vision,idea,,\n"
        f"{'C' * 161},KR,vision,idea,,\n"
    )
    seen = importing.take_over(lines(text), by=desk, organisation=None, dry=False)
    told = [(one.row, one.code) for one in seen.faults]
    assert told == [
        (2, "scouted_country"),
        (2, "scouted_founded"),
        (3, "scouted_no_field"),
        (3, "scouted_stage"),
        (3, "scouted_site"),
        (4, "scouting_row_twice"),
        (5, "scouted_too_long"),
    ]
    assert not ScoutedStartup.objects.exists()
    seen = importing.take_over(lines("who,stage,stage\n1,2,3\n"), by=desk, organisation=None, dry=True)
    assert len(seen.faults) == 5


def test_a_scout_works_on_pages_and_takes_a_file_along() -> None:
    firm = people.organisation()
    client = people.client_of(people.representative(firm))
    form = startups.said(organisation=firm.pk, fields_of=["robots"])
    assert client.post("/scouting/new", {**form, "country": "XX"}).status_code == 422
    assert client.post("/scouting/new", form).status_code == 302
    made = ScoutedStartup.objects.get()
    page = f"/scouting/{made.uid}"
    again = client.post("/scouting/new", form)
    assert again.status_code == 422
    assert client.post(f"{page}/edit", {**form, "region": "Montréal"}).status_code == 302
    assert client.post(f"{page}/meetings", startups.meeting(organisation=firm.pk)).status_code == 302
    assert client.post(f"{page}/act", {"action": "drop"}).status_code == 422
    assert client.post(f"{page}/act", {"action": "talk"}).status_code == 302
    found = client.get("/scouting?q=montr&country=CA&field=robots&group=running").content.decode()
    assert "Sample Robotics" in found
    assert "Sample Robotics" not in client.get("/scouting?field=health").content.decode()
    sheet = client.get("/scouting?as=csv").content.decode("utf-8-sig")
    assert "Montréal" in sheet
    assert "Robin Example" not in sheet
    file = SimpleUploadedFile("list.csv", FILE.encode())
    looked = client.post("/scouting/import", {"organisation": firm.pk, "file": file, "dry": "on"})
    assert looked.status_code == 200
    file = SimpleUploadedFile("list.csv", FILE.encode())
    assert client.post("/scouting/import", {"organisation": firm.pk, "file": file}).status_code == 302
    assert ScoutedStartup.objects.filter(organisation=firm).count() == 2
    file = SimpleUploadedFile("list.csv", FILE.encode())
    answer = client.post("/api/v1/scouting/import", {"organisation": firm.slug, "file": file})
    assert answer.json() == {"new": 0, "known": 2, "is_dry": True}


def test_names_of_whom_was_met_are_kept_for_two_years() -> None:
    desk = agreements.secretary()
    made = startups.scouted(by=desk)
    noting.meet(made, by=desk, organisation=None, given=startups.meeting())
    with clock.at(clock.now() + timedelta(days=729)):
        assert by_date.forget_contacts(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=730)):
        assert by_date.forget_contacts(clock.now()) == 1
        assert by_date.forget_contacts(clock.now()) == 0
    assert ScoutingMeeting.objects.get().contacts == ""


def test_what_a_deleted_account_wrote_down_stays_with_its_side_without_a_name() -> None:
    firm = people.organisation()
    scout = people.representative(firm)
    made = startups.scouted(firm, by=scout)
    noting.meet(made, by=scout, organisation=firm, given=startups.meeting())
    taken = leaving.exported(scout)
    assert (len(taken["noted"]), len(taken["written"]), len(taken["attended"])) == (1, 1, 1)
    leaving.forget(people_api.AccountDeleted(person=scout.pk))
    kept = ScoutingMeeting.objects.get()
    assert (kept.by, kept.attended.count(), kept.startup.entered_by) == (None, 0, None)


def test_the_list_and_a_page_take_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    firm = people.organisation()
    scout = people.representative(firm)
    for number in range(3):
        made = startups.scouted(firm, by=scout, name_ko=f"보기 {number}", name_en=f"Sample {number}")
        noting.meet(made, by=scout, organisation=firm, given=startups.meeting())
    assert queries.listed(scout, queries.Asked())[0].__dict__["met"] == 1
    client = people.client_of(scout)
    for address in ("/scouting", f"/scouting/{made.uid}", "/scouting/new", "/api/v1/scouting"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
