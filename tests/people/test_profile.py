"""Profiles: both languages, who may open them, and what the preview promises."""

import pytest

from dure.foundation.access import Audience
from dure.foundation.faults import Faulty
from dure.people import api as people
from dure.people.actions.profile import edit_profile
from dure.people.models import Circle
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db


def test_all_faults_come_at_once() -> None:
    values = {
        "name_ko": "",
        "name_en": " ",
        "headline_ko": "x" * 161,
        "audience": "all",
        "time_zone": "Mars/Base",
    }
    with pytest.raises(Faulty) as caught:
        edit_profile(person(), values)
    assert {(fault.code, fault.place) for fault in caught.value.faults} == {
        ("name_missing", "name_ko"),
        ("too_long", "headline_ko"),
        ("unknown_choice", "audience"),
        ("bad_time_zone", "time_zone"),
    }


def test_the_page_saves_and_shows_faults_at_their_fields() -> None:
    someone = person()
    client = client_of(someone)
    form = {
        "name_ko": "홍길동",
        "name_en": "",
        "language": "ko",
        "time_zone": "Asia/Seoul",
        "audience": "public",
    }
    assert client.post("/me", {**form, "headline_en": "Researcher"}).status_code == 302
    someone.refresh_from_db()
    assert (someone.name_ko, someone.headline_en, someone.audience) == ("홍길동", "Researcher", "public")
    bad = client.post("/me", {**form, "name_ko": ""})
    assert "name_ko" in bad.context["form"].errors
    someone.refresh_from_db()
    assert someone.name_ko == "홍길동"


def test_rest_edits_only_what_was_sent() -> None:
    someone = person(name_ko="홍길동")
    client = client_of(someone)
    saved = client.patch("/api/v1/me", {"headline_ko": "연구원"}, content_type="application/json").json()
    assert (saved["headline_ko"], saved["name_ko"]) == ("연구원", "홍길동")
    bad = client.patch("/api/v1/me", {"name_ko": None, "name_en": ""}, content_type="application/json")
    assert bad.status_code == 422
    sent = client.patch("/api/v1/me", {"roles": ["secretariat"]}, content_type="application/json")
    assert sent.json()["roles"] == []


def test_sharing_a_circle_opens_a_circle_profile_until_one_of_them_leaves() -> None:
    shown, reader, home = person(audience=Audience.CIRCLE), person(), organisation()
    assert not people.visible_people(reader).filter(pk=shown.pk).exists()
    circle = people.create_circle(by=shown, kind=Circle.Kind.SHARED, name_en="x")
    people.add_person(circle, shown, by=shown)
    people.add_organisation(circle, home, by=shown)
    assert not people.visible_people(reader).filter(pk=shown.pk).exists()
    member(reader, home)
    assert people.visible_people(reader).filter(pk=shown.pk).exists()
    assert people.visible_people(shown).filter(pk=reader.pk).exists() is False
    people.close_circle(circle, by=shown)
    assert not people.visible_people(reader).filter(pk=shown.pk).exists()


def test_the_address_is_for_those_who_look_after_the_person() -> None:
    home, shown = organisation(), person("shown@example.org", audience=Audience.PUBLIC)
    member(shown, home)
    representative, colleague = person(), person()
    member(representative, home, "representative")
    member(colleague, home)
    path = f"/api/v1/people/{shown.uid}"
    for reader, seen in ((colleague, None), (representative, shown.email), (shown, shown.email)):
        assert client_of(reader).get(path).json()["email"] == seen
    assert "shown@example.org" not in client_of(colleague).get(f"/people/{shown.uid}").content.decode()


def test_the_preview_names_the_members_rivals_too() -> None:
    organisation(name_ko="옆집전자", name_en="Next Door")
    answer = client_of(person()).get("/api/v1/me/who-sees").json()
    sentences = {row["audience"]: row["sentence"] for row in answer}
    assert set(sentences) == set(Audience.values)
    assert "옆집전자" in sentences["members"]
    assert len(set(sentences.values())) == 4


def test_a_member_of_an_organisation_that_left_is_no_member() -> None:
    shown, reader = person(audience=Audience.MEMBERS), person()
    member(reader, organisation(left_on="2026-01-01"))
    assert not people.visible_people(reader).filter(pk=shown.pk).exists()
    member(reader, organisation())
    assert people.visible_people(reader).filter(pk=shown.pk).exists()
