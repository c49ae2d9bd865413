"""Lists from a spreadsheet: looked at, refused whole with every fault, entered once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.alliance.models import Commitment, GuruTerm, Meeting, ResearchProject, Topic
from dure.engines.sheets import csv_bytes, workbook_bytes
from dure.foundation import clock
from dure.foundation.models import AuditEntry, Notice
from tests.factories import agreements, people

pytestmark = pytest.mark.django_db


def sheet(headings: str, *rows: str, workbook: bool = False) -> SimpleUploadedFile:
    """Columns and cells, with bars between."""
    made = workbook_bytes if workbook else csv_bytes
    content = made(headings.split("|"), [row.split("|") for row in rows])
    return SimpleUploadedFile("list.xlsx" if workbook else "list.csv", content)


def put(client: Client, path: str, file: SimpleUploadedFile, *, dry: bool = False) -> Any:
    return client.post(path, {"file": file, **({"dry": "on"} if dry else {})})


def days(*offsets: int) -> list[str]:
    return [(clock.today() + timedelta(days=offset)).isoformat() for offset in offsets]


TOPICS = "title_ko|title_en|text_ko|why_ko|field|reach|organisation|memo"


def topics_of(slug: str) -> SimpleUploadedFile:
    return sheet(
        TOPICS,
        f"하나|One|무엇인가?|지금이라서|speech|members|{slug}|mine",
        f"둘||무엇인가?|지금이라서|vision|members|{slug}|",
    )


def test_a_list_is_looked_at_then_entered_and_never_twice() -> None:
    home = people.organisation()
    client = people.client_of(agreements.representative_of(home))
    page = "/lists/topics/import"
    assert "organisation" in client.get("/lists/topics/template.csv").content.decode()
    assert home.slug in client.get(page).content.decode()
    looked = put(client, page, topics_of(home.slug), dry=True)
    assert looked.status_code == 200
    assert "memo" in looked.content.decode()
    kept = (Topic.objects.count(), Notice.objects.count(), AuditEntry.objects.filter(action="topic.propose"))
    assert (kept[0], kept[2].exists()) == (0, False)
    assert put(client, page, topics_of(home.slug)).status_code == 302
    assert sorted(Topic.objects.values_list("title_ko", "organisation__slug")) == [
        ("둘", home.slug),
        ("하나", home.slug),
    ]
    again = client.post("/api/v1/lists/topics/import", {"file": topics_of(home.slug), "is_real": "true"})
    assert again.json() == {"new": [], "known": 2, "left_out": ["memo"], "is_real": True}
    assert Topic.objects.count() == 2


def test_every_fault_of_every_line_is_told_and_nothing_is_entered() -> None:
    home = people.organisation()
    client = people.client_of(agreements.representative_of(home))
    file = sheet(
        TOPICS,
        f"하나|One|무엇인가?|지금이라서|speech|members|{home.slug}|",
        f"둘|Two|무엇인가?||poetry|members|{home.slug}|",
        "셋|Three|무엇인가?|지금이라서|speech|members|nobody|",
    )
    answer = client.post("/api/v1/lists/topics/import", {"file": file, "is_real": "true"})
    assert answer.status_code == 422
    told = {(one["row"], one["column"], one["code"]) for one in answer.json()["faults"]}
    assert {(3, "field", "list_no_choice"), (4, "organisation", "list_no_choice")} <= told
    assert not Topic.objects.exists()
    refused = put(client, "/lists/topics/import", sheet("title_ko", "하나"))
    assert refused.status_code == 422
    assert "field" in refused.content.decode()


def test_commitments_of_an_agreement_come_from_a_workbook() -> None:
    first, second = people.organisation(), people.organisation()
    agreement = agreements.active(first, second)
    begins, ends = days(0, 300)
    file = sheet(
        "donor|beneficiary|kind|quantity|unit|accelerator|starts_on|ends_on|what_ko",
        f"{first.slug}|{second.slug}|hours|1200|hour|gpu:h200|{begins}|{ends}|연구용",
        f"{second.slug}||people|40.5|person_day||{begins}|{ends}|파견",
        workbook=True,
    )
    page = f"/agreements/{agreement.uid}/commitments/import"
    assert put(people.client_of(agreements.secretary()), page, file).status_code == 302
    assert sorted(Commitment.objects.values_list("donor__slug", "unit", "state")) == sorted(
        [(first.slug, "hour", "pledged"), (second.slug, "person_day", "pledged")]
    )
    own = people.client_of(agreements.representative_of(second))
    theirs = sheet("donor|kind|quantity|unit|starts_on|ends_on", f"{first.slug}|money|5|KRW|{begins}|{ends}")
    refused = own.post(f"/api/v1/agreements/{agreement.uid}/commitments/import", {"file": theirs})
    assert [one["code"] for one in refused.json()["faults"]] == ["list_line_refused"]
    assert people.client_of(people.person()).get(page).status_code == 404


def test_a_name_that_two_organisations_have_is_taken_for_neither() -> None:
    first, second = (people.organisation(name_ko="같은 이름", name_en=f"Same {n}") for n in (1, 2))
    agreement = agreements.active(first, second)
    begins, ends = days(0, 300)
    client, headings = people.client_of(agreements.secretary()), "donor|kind|quantity|unit|starts_on|ends_on"
    path = f"/api/v1/agreements/{agreement.uid}/commitments/import"
    for name, codes in (("같은 이름", ["list_no_choice"]), ("same 2", [])):
        file = sheet(headings, f"{name}|money|5|KRW|{begins}|{ends}")
        answer = client.post(path, {"file": file, "is_real": "true"}).json()
        assert [one["code"] for one in answer.get("faults", [])] == codes
    assert Commitment.objects.get().donor == second


def test_the_secretariat_enters_projects_gurus_and_events() -> None:
    client = people.client_of(agreements.secretary())
    guru = people.person(email="guru@example.org")
    begins, ends = days(1, 300)
    files = {
        "projects": sheet(
            "origin|track|title_ko|audience|starts_on|concerns|lead_address",
            f"direct|speech|과제|members|{begins}|human; personal|guru@example.org",
        ),
        "gurus": sheet(
            "계정의 메일 주소|분야|First day|마지막 날", f"guru@example.org|음성·언어; Vision|{begins}|{ends}"
        ),
        "events": sheet(
            "kind|title_ko|text_ko|place_ko|starts_at|ends_at|opens_at|closes_at|audience|seats",
            f"seminar|세미나|듣고 묻습니다|강당|{begins} 14:00|{begins} 16:00|{begins} 09:00|{begins} 13:00|members|30",
        ),
    }
    for code, file in files.items():
        answer = client.post(f"/api/v1/lists/{code}/import", {"file": file, "is_real": "true"})
        assert answer.status_code == 200, answer.json()
        assert len(answer.json()["new"]) == 1
    project, term, event = ResearchProject.objects.get(), GuruTerm.objects.get(), Meeting.objects.get()
    assert (project.concerns, project.lead) == (["human", "personal"], guru)
    assert (term.person, term.fields) == (guru, ["speech", "vision"])
    assert (event.starts_at, event.seats) == (clock.moment(clock.today() + timedelta(days=1), 14), 30)


def test_who_may_not_make_one_may_not_enter_a_list_of_them() -> None:
    client = people.client_of(people.person())
    assert client.get("/lists/projects/import").status_code == 403
    assert client.get("/lists/projects/template.csv").status_code == 403
    assert client.get("/lists/secrets/import").status_code == 404
    answer = client.post("/api/v1/lists/events/import", {"file": sheet("title_ko", "x")})
    assert answer.status_code == 403
