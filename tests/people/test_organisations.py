"""Organisations: who makes and edits them, and what is checked."""

from typing import Any

import pytest

from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry
from dure.foundation.search import find
from dure.people.actions.organisations import create_organisation, edit_organisation
from dure.people.models import Organisation
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
GOOD: dict[str, Any] = {
    "name_ko": "두레전자",
    "name_en": "Dure Electronics",
    "kind": "industry",
    "business_number": "220-81-62517",
    "ror_id": "https://ror.org/05apxxy63",
}


def codes(error: Faulty) -> set[tuple[str, str | None]]:
    return {(fault.code, fault.place) for fault in error.faults}


def test_the_secretariat_makes_one_and_others_do_not() -> None:
    for by in (person(), person(roles=["operator"])):
        with pytest.raises(Denied, match="not_secretariat"):
            create_organisation(by=by, values=GOOD)
    made = create_organisation(by=person(roles=["secretariat"]), values=GOOD)
    assert (made.slug, made.business_number, made.ror_id) == ("dure-electronics", "2208162517", "05apxxy63")
    assert AuditEntry.objects.filter(action="organisation.created", uid=made.uid).exists()


def test_all_faults_come_at_once_and_nothing_is_kept() -> None:
    values = {
        "name_ko": "",
        "kind": "shop",
        "country": "XX",
        "business_number": "1234567890",
        "ror_id": "05apxxy64",
        "website": "javascript:alert(1)",
        "slug": "Not A Slug",
    }
    with pytest.raises(Faulty) as caught:
        create_organisation(by=person(roles=["secretariat"]), values=values)
    assert codes(caught.value) == {
        ("name_missing", "name_ko"),
        ("unknown_type", "kind"),
        ("unknown_country", "country"),
        ("bad_business_number", "business_number"),
        ("bad_ror_id", "ror_id"),
        ("bad_website", "website"),
        ("bad_slug", "slug"),
    }
    assert not Organisation.objects.exists()


def test_numbers_belong_to_one_organisation_and_addresses_are_made_free() -> None:
    by = person(roles=["secretariat"])
    first = create_organisation(by=by, values=GOOD)
    with pytest.raises(Faulty) as caught:
        create_organisation(by=by, values=GOOD)
    assert codes(caught.value) == {("taken", "business_number"), ("taken", "ror_id")}
    second = create_organisation(by=by, values={**GOOD, "business_number": "", "ror_id": ""})
    assert (first.slug, second.slug) == ("dure-electronics", "dure-electronics-2")


def test_a_representative_edits_the_page_but_not_the_register() -> None:
    home, representative, colleague = organisation(), person(), person()
    member(representative, home, "representative")
    member(colleague, home)
    with pytest.raises(Denied, match="not_representative"):
        edit_organisation(home, by=colleague, values={"about_ko": "우리"})
    saved = edit_organisation(home, by=representative, values={"about_ko": "우리", "kind": home.kind})
    assert saved.about_ko == "우리"
    with pytest.raises(Faulty) as caught:
        edit_organisation(home, by=representative, values={"business_number": "2208162517", "kind": "public"})
    assert codes(caught.value) == {
        ("not_yours_to_change", "business_number"),
        ("not_yours_to_change", "kind"),
    }
    by = person(roles=["secretariat"])
    assert edit_organisation(home, by=by, values={"kind": "public"}).kind == "public"


def test_a_representative_of_another_organisation_is_nobody_here() -> None:
    home, rival, other = organisation(), organisation(), person()
    member(other, rival, "representative")
    client = client_of(other)
    assert client.post(f"/organisations/{home.slug}/edit", {"name_ko": "x"}).status_code == 403
    answer = client.patch(
        f"/api/v1/organisations/{home.uid}", {"name_ko": "x"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_representative")
    assert client.get(f"/api/v1/organisations/{rival.uid}").json()["name_ko"] == rival.name_ko


def test_the_form_shows_faults_at_their_fields_and_saves_when_right() -> None:
    client = client_of(person(roles=["secretariat"]))
    form = {**GOOD, "country": "KR", "business_number": "1"}
    shown = client.post("/organisations/new", form)
    assert shown.status_code == 200
    assert "business_number" in shown.context["form"].errors
    saved = client.post("/organisations/new", {**GOOD, "country": "KR", "joined_on": "2026-03-01"})
    assert saved.headers["Location"] == "/organisations/dure-electronics"
    page = client.post("/organisations/dure-electronics/edit", {**GOOD, "country": "CA", "about_en": "We"})
    assert page.status_code == 302
    assert Organisation.objects.get().country == "CA"


def test_rest_makes_lists_filters_and_edits() -> None:
    client = client_of(person(roles=["secretariat"]))
    made = client.post(
        "/api/v1/organisations", {**GOOD, "joined_on": "2026-03-01"}, content_type="application/json"
    )
    assert made.status_code == 201
    organisation(kind="university", country="CA", name_en="Vector")
    listed = client.get("/api/v1/organisations", {"kind": "university", "country": "ca"}).json()
    assert [row["name_en"] for row in listed["items"]] == ["Vector"]
    bad = client.post("/api/v1/organisations", {"kind": "industry"}, content_type="application/json")
    assert bad.status_code == 422
    assert [fault["code"] for fault in bad.json()["faults"]] == ["name_missing"]
    uid = made.json()["uid"]
    edited = client.patch(
        f"/api/v1/organisations/{uid}", {"website": "https://d.example"}, content_type="application/json"
    )
    assert edited.json()["website"] == "https://d.example"


def test_search_finds_korean_inside_compounds_and_hides_candidates() -> None:
    by = person(roles=["secretariat"])
    create_organisation(
        by=by, values={"name_ko": "한국음성인식연구소", "kind": "research", "joined_on": None}
    )
    assert find(by, "음성인식연구").count() == 1
    assert find(person(), "음성인식연구").count() == 0
    client = client_of(by)
    assert client.get("/organisations", {"q": "음성인식"}).context["rows"].paginator.count == 1
    assert client_of(person()).get("/organisations", {"q": "음성인식"}).context["rows"].paginator.count == 0


def test_pages_cost_the_same_for_ten_and_for_sixty(django_assert_max_num_queries: Any) -> None:
    home = organisation()
    for _ in range(60):
        member(person(audience="public"), home)
        organisation()
    client = client_of(person())
    client.get("/organisations")
    for path in ("/organisations", f"/organisations/{home.slug}", "/people"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
