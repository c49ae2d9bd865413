"""The secretariat's spreadsheet: every row's fate shown, all errors at once, applied whole, twice the same."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.engines.sheets import csv_bytes, workbook_bytes
from dure.foundation import events, search, tasks
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice, SearchEntry
from dure.people import api as people
from dure.people.actions.imports import apply_import, dry_run, upload_import
from dure.people.imports.changes import Changes
from dure.people.imports.columns import HEADINGS
from dure.people.models import MemberImport, Membership, Organisation, Person
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
FIELDS = list(HEADINGS)
KOREAN = [ko for ko, _en in HEADINGS.values()]
ENGLISH = [en for _ko, en in HEADINGS.values()]
REP = {
    "organisation_ko": "두레전자",
    "organisation_en": "Dure Electronics",
    "kind": "기업",
    "business_number": "220-81-62517",
    "joined_on": "2026.03.01",
    "email": "Kim@example.org",
    "name_ko": "김대표",
    "role": "대표",
    "title": "CTO",
    "starts_on": "2026-03-01",
}
COLLEAGUE = {
    "organisation_ko": "두레전자",
    "email": "lee@example.org",
    "name_ko": "이사원",
    "role": "Problem owner",
}
ALONE = {"organisation_en": "Hanbit University", "kind": "university", "ror_id": "https://ror.org/05apxxy63"}


def sheet(*rows: Mapping[str, str], headings: list[str] | None = None) -> bytes:
    return csv_bytes(headings or KOREAN, [[row.get(field, "") for field in FIELDS] for row in rows])


@pytest.fixture
def secretary() -> Person:
    return person(roles=["secretariat"])


def uploaded(data: bytes, *, by: Person) -> MemberImport:
    return upload_import(io.BytesIO(data), by=by, filename="회원.csv")


def everything() -> tuple[int, ...]:
    models = (Organisation, Person, Membership, AuditEntry, Notice, SearchEntry)
    return tuple(model.objects.count() for model in models)


def test_a_dry_run_shows_every_fate_and_changes_nothing(secretary: Person) -> None:
    upload = uploaded(sheet(REP, COLLEAGUE, ALONE), by=secretary)
    before = everything()
    plan = dry_run(upload, by=secretary)
    assert [row.fates for row in plan.rows] == [
        {"organisation": "create", "person": "create", "membership": "create"},
        {"organisation": "unchanged", "person": "create", "membership": "create"},
        {"organisation": "create"},
    ]
    assert plan.counts["create"] == 3
    assert everything() == before


def test_applying_makes_what_was_shown_and_twice_changes_nothing(secretary: Person) -> None:
    upload = uploaded(sheet(REP, COLLEAGUE, ALONE), by=secretary)
    shown = dry_run(upload, by=secretary).counts
    assert apply_import(upload, by=secretary).counts == shown
    assert Organisation.objects.get(business_number="2208162517").slug == "dure-electronics"
    assert Organisation.objects.get(ror_id="05apxxy63").joined_on is None
    held = Membership.objects.get(person__email="kim@example.org")
    assert (held.role, held.title, str(held.starts_on)) == ("representative", "CTO", "2026-03-01")
    assert Notice.objects.filter(kind="people.welcome").count() == 2
    before = everything()
    again = apply_import(upload, by=secretary)
    assert again.counts["unchanged"] == 3
    assert [after - earlier for after, earlier in zip(everything(), before, strict=True)] == [
        0,
        0,
        0,
        1,
        0,
        0,
    ]


def many(count: int) -> bytes:
    """So many new people of a third as many new organisations, and one that is filled in later."""
    rows = [
        {
            "organisation_ko": f"기관 {number // 3}",
            "organisation_en": f"Organisation {number // 3}",
            "kind": "산업",
            "email": f"new{number}@example.org",
            "name_ko": f"사람 {number}",
            "role": "member",
        }
        for number in range(count)
    ]
    return sheet(*rows)


def test_ten_times_the_rows_take_no_more_queries(
    secretary: Person, django_assert_max_num_queries: Any
) -> None:
    few, more = (uploaded(many(count), by=secretary) for count in (30, 300))
    for upload, count in ((few, 30), (more, 270)):
        with django_assert_max_num_queries(8):
            dry_run(upload, by=secretary)
        with django_assert_max_num_queries(24):
            plan = apply_import(upload, by=secretary)
        assert plan.counts["create"] == count
    assert Person.objects.filter(email__startswith="new").count() == 300
    assert Membership.objects.count() == 300
    assert SearchEntry.objects.filter(kind="person").count() == 300
    assert AuditEntry.objects.filter(action="person.imported").count() == 300
    assert Notice.objects.filter(kind="people.welcome").count() == 300


def test_what_the_audit_and_the_search_hold_is_what_was_made(secretary: Person) -> None:
    apply_import(uploaded(sheet(REP), by=secretary), by=secretary)
    held = Membership.objects.select_related("person", "organisation").get()
    entry = AuditEntry.objects.get(action="membership.started")
    assert (entry.uid, entry.actor_id) == (held.uid, secretary.pk)
    assert entry.detail["person"] == str(held.person.uid)
    assert entry.detail["organisation"] == str(held.organisation.uid)
    assert not held.person.has_usable_password()
    assert {found.uid for found in search.matching("김대표")} == {held.person.uid}
    assert {found.uid for found in search.matching("두레전자")} == {held.organisation.uid}


def test_memberships_of_a_file_are_told_to_the_floors_above(
    secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[people.MembershipStarted] = []
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe(people.MembershipStarted, heard.append)
    apply_import(uploaded(sheet(REP, COLLEAGUE, ALONE), by=secretary), by=secretary)
    tasks.deliver_events(timestamp=0)
    roles = {(event.person, event.organisation, event.role) for event in heard}
    assert roles == set(Membership.objects.values_list("person_id", "organisation_id", "role"))
    assert len(heard) == 2


def test_a_number_that_another_organisation_holds_is_told(secretary: Person) -> None:
    organisation(name_ko="먼저", business_number="2208162517")
    organisation(name_ko="다음", ror_id="05apxxy63")
    row = {"organisation_ko": "먼저", "business_number": "220-81-62517", "ror_id": ALONE["ror_id"]}
    plan = dry_run(uploaded(sheet(row), by=secretary), by=secretary)
    assert [(fault.code, fault.row) for fault in plan.faults] == [("taken", 2)]


def test_a_register_that_changes_in_between_is_said_and_nothing_is_half_applied(
    secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploaded(sheet(REP, COLLEAGUE), by=secretary)
    write = Changes.write

    def too_late(changes: Changes) -> None:
        person("lee@example.org")
        write(changes)

    monkeypatch.setattr(Changes, "write", too_late)
    answer = client_of(secretary).post(f"/api/v1/imports/{upload.uid}/apply")
    assert (answer.status_code, answer.json()["faults"][0]["code"]) == (422, "register_changed")
    assert not Organisation.objects.exists()


def test_the_same_rows_as_a_workbook_in_english_change_nothing_more(secretary: Person) -> None:
    apply_import(uploaded(sheet(REP, COLLEAGUE, ALONE), by=secretary), by=secretary)
    rows = [[row.get(field, "") for field in FIELDS] for row in (REP, COLLEAGUE, ALONE)]
    upload = uploaded(workbook_bytes(ENGLISH, rows), by=secretary)
    assert dry_run(upload, by=secretary).counts["unchanged"] == 3


def test_all_errors_come_at_once_with_row_and_column_and_nothing_is_applied(secretary: Person) -> None:
    rows = [
        {**REP, "business_number": "123-45-67890"},
        {"email": "a@example.org", "name_ko": "가"},
        {**COLLEAGUE, "email": "nonsense"},
        {**ALONE, "kind": "shop", "country": "XX"},
        {**ALONE, "name_ko": "나", "email": ""},
        {**ALONE, "email": "b@example.org"},
        {**ALONE, "email": "c@example.org", "name_ko": "다", "role": "king", "starts_on": "soon"},
    ]
    upload = uploaded(sheet(*rows), by=secretary)
    before = everything()
    with pytest.raises(Faulty) as caught:
        apply_import(upload, by=secretary)
    found = {(fault.code, fault.row, fault.column) for fault in caught.value.faults}
    assert found >= {
        ("bad_business_number", 2, "사업자등록번호"),
        ("organisation_missing", 3, "기관명(국문)"),
        ("bad_email", 4, "이메일"),
        ("unknown_type", 5, "기관 유형"),
        ("email_missing", 6, "이메일"),
        ("name_missing", 7, "이름(국문)"),
        ("unknown_role", 8, "역할"),
        ("bad_date", 8, "시작일"),
    }
    assert everything() == before
    upload.refresh_from_db()
    assert upload.applied_at is None


def test_lines_that_contradict_each_other_or_two_organisations_are_told(secretary: Person) -> None:
    apply_import(uploaded(sheet({**ALONE, "organisation_ko": "한빛대"}), by=secretary), by=secretary)
    rows = [REP, {**COLLEAGUE, "kind": "public"}, {**REP, "organisation_ko": "한빛대", "organisation_en": ""}]
    plan = dry_run(uploaded(sheet(*rows), by=secretary), by=secretary)
    assert [(fault.code, fault.row) for fault in plan.faults] == [
        ("contradicts_row", 3),
        ("two_organisations", 4),
    ]


def test_people_own_their_names_and_empty_cells_leave_things_alone(secretary: Person) -> None:
    home = organisation(name_ko="두레전자", name_en="Dure Electronics", website="https://d.example")
    known = person("lee@example.org", name_ko="이순신", name_en="")
    member(known, home, "problem_owner")
    row = {**COLLEAGUE, "name_en": "Sunsin Lee", "title": "Admiral"}
    plan = apply_import(uploaded(sheet(row), by=secretary), by=secretary)
    assert plan.rows[0].fates == {"organisation": "unchanged", "person": "update", "membership": "update"}
    known.refresh_from_db()
    home.refresh_from_db()
    assert (known.name_ko, known.name_en) == ("이순신", "Sunsin Lee")
    assert home.website == "https://d.example"
    assert Membership.objects.get().title == "Admiral"


def test_a_past_membership_stays_past_when_run_twice(secretary: Person) -> None:
    row = {**REP, "starts_on": "2024-01-01", "ends_on": "2025-12-31"}
    upload = uploaded(sheet(row), by=secretary)
    apply_import(upload, by=secretary)
    assert apply_import(upload, by=secretary).counts["unchanged"] == 1
    assert Membership.objects.get().is_over


def test_a_last_day_before_the_first_day_already_known_is_an_error(secretary: Person) -> None:
    home, known = organisation(name_ko="두레전자"), person("lee@example.org")
    member(known, home, "problem_owner")
    rows = [
        {**COLLEAGUE, "ends_on": "2024-12-31"},
        {**REP, "starts_on": "2026-03-02", "ends_on": "2026-03-01"},
    ]
    plan = dry_run(uploaded(sheet(*rows), by=secretary), by=secretary)
    assert [(fault.code, fault.row) for fault in plan.faults] == [
        ("ends_before_it_starts", 2),
        ("ends_before_it_starts", 3),
    ]
    assert "membership" not in plan.rows[0].fates


def test_nobody_makes_themselves_representative_by_spreadsheet(secretary: Person) -> None:
    row = {**REP, "email": str(secretary.email)}
    plan = dry_run(uploaded(sheet(row), by=secretary), by=secretary)
    assert [fault.code for fault in plan.faults] == ["not_yourself"]


def test_unknown_and_doubled_headings_are_all_named_before_anything_is_kept(secretary: Person) -> None:
    data = csv_bytes(["이메일", "E-mail", "신발", "모자"], [["a", "b", "c", "d"]])
    with pytest.raises(Faulty) as caught:
        uploaded(data, by=secretary)
    assert [fault.code for fault in caught.value.faults] == [
        "unknown_heading",
        "unknown_heading",
        "heading_twice",
        "organisation_heading_missing",
    ]
    assert not MemberImport.objects.exists()


def test_only_the_secretariat_imports(secretary: Person) -> None:
    for by in (person(), person(roles=["operator"])):
        with pytest.raises(Denied, match="not_secretariat"):
            uploaded(sheet(REP), by=by)
    upload = uploaded(sheet(REP), by=secretary)
    operator = client_of(person(roles=["operator"]))
    assert operator.post(f"/imports/{upload.uid}/apply").status_code == 403
    assert not Organisation.objects.exists()


def test_the_pages_upload_show_and_apply(secretary: Person) -> None:
    client = client_of(secretary)
    file = SimpleUploadedFile("회원.csv", sheet(REP, COLLEAGUE))
    there = client.post("/imports", {"file": file}).headers["Location"]
    page = client.get(there)
    assert page.context["plan"].counts["create"] == 2
    assert "두레전자 · 김대표" in page.content.decode()
    assert client.post(f"{there}/apply").headers["Location"] == "/imports"
    assert Organisation.objects.count() == 1
    bad = client.post("/imports", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert bad.status_code == 422
    wrong = client.post("/imports", {"file": SimpleUploadedFile("y.csv", sheet({**REP, "role": "king"}))})
    there = wrong.headers["Location"]
    assert "king" in client.get(there).content.decode()
    assert client.post(f"{there}/apply").headers["Location"] == there


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_itself_a_right_file(secretary: Person, form: str) -> None:
    client = client_of(secretary)
    data = client.get(f"/imports/template.{form}").content
    assert dry_run(uploaded(data, by=secretary), by=secretary).counts["create"] == 1
    assert client.get("/imports/template.exe").status_code == 404


def test_rest_uploads_shows_and_applies(secretary: Person) -> None:
    client = client_of(secretary)
    made = client.post("/api/v1/imports", {"file": SimpleUploadedFile("m.csv", sheet(REP, ALONE))})
    assert made.status_code == 201
    shown: dict[str, Any] = made.json()
    assert [row["fate"] for row in shown["rows"]] == ["create", "create"]
    assert shown["applied_at"] is None
    done = client.post(f"/api/v1/imports/{shown['uid']}/apply").json()
    assert (done["counts"]["create"], bool(done["applied_at"])) == (2, True)
    again = client.get(f"/api/v1/imports/{shown['uid']}").json()
    assert again["counts"]["unchanged"] == 2
    bad = client.post("/api/v1/imports", {"file": SimpleUploadedFile("m.csv", b"a,b\n1,2\n")})
    assert (bad.status_code, bad.json()["code"]) == (422, "faulty")
    assert Client().get("/api/v1/imports").status_code == 403
