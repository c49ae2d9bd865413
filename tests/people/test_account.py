"""Consents, the export of one's own data, and the end of an account."""

import io
import json
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from dure.foundation import gates
from dure.foundation.access import ALLOWED, Denied, Refused
from dure.foundation.models import AuditEntry, Notice, SearchEntry
from dure.people import api as people
from dure.people.actions import consents, tokens
from dure.people.actions.accounts import delete_account, may_delete
from dure.people.actions.memberships import set_role
from dure.people.actions.profile import edit_profile
from dure.people.exports import export_of
from dure.people.models import Circle, CircleMember, Consent, ConsentText, Membership, Person
from tests.factories.people import PASSWORD, client_of, member, organisation, person

pytestmark = pytest.mark.django_db
NEW = consents.Wording("새 약관", "New terms", "본문", "Body")


def test_somebody_who_has_not_agreed_is_asked_and_comes_back_where_they_were() -> None:
    client = client_of(person(consents=False))
    asked = client.get("/people?q=a")
    assert asked.headers["Location"] == "/me/consents?next=%2Fpeople%3Fq%3Da"
    page = client.get(asked.headers["Location"])
    boxes = {f"agree-{text.pk}": "on" for text in page.context["waiting"]}
    assert len(boxes) == 2
    half = client.post("/me/consents", dict([next(iter(boxes.items()))]))
    assert half.status_code == 200
    assert client.get("/people").status_code == 302
    done = client.post("/me/consents", {**boxes, "next": "/people?q=a"})
    assert done.headers["Location"] == "/people?q=a"
    assert client.get("/people").status_code == 200
    away = client.post("/me/consents", {**boxes, "next": "https://evil.example/"})
    assert away.headers["Location"] == "/"
    assert set(Consent.objects.values_list("origin", flat=True)) == {"127.0.0.1"}


def test_a_new_version_is_asked_again_and_told_while_the_old_words_stay_readable() -> None:
    someone, secretary = person(), person(roles=["secretariat"])
    assert client_of(someone).get("/people").status_code == 200
    for by, wording, reason in (
        (someone, NEW, "not_secretariat"),
        (secretary, consents.Wording("제목", "", "b", "b"), "text_incomplete"),
    ):
        with pytest.raises(Denied, match=reason):
            consents.publish_text(by=by, key="terms", wording=wording)
    text = consents.publish_text(by=secretary, key="terms", wording=NEW)
    with pytest.raises(Denied, match="text_unchanged"):
        consents.publish_text(by=secretary, key="terms", wording=NEW)
    assert client_of(someone).get("/people").status_code == 302
    assert Notice.objects.filter(person=someone, kind="people.new_text").exists()
    old = ConsentText.objects.get(key="terms", version=1)
    with pytest.raises(Denied, match="old_text"):
        consents.give_consent(someone, [old])
    consents.give_consent(someone, [text])
    consents.give_consent(someone, [text])
    assert Consent.objects.filter(person=someone, text=text).count() == 1
    assert Client().get("/texts/terms/1").status_code == 200


def test_withdrawing_is_one_s_own_and_asks_again() -> None:
    someone = person()
    client = client_of(someone)
    client.get("/people")
    given = Consent.objects.filter(person=someone)[0]
    assert client_of(person()).post(f"/me/consents/{given.pk}/withdraw").status_code == 404
    assert client.post(f"/me/consents/{given.pk}/withdraw").status_code == 302
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert client.get("/people").status_code == 302
    assert client.get("/me/export").status_code == 200


def test_the_people_of_the_demo_are_not_asked() -> None:
    assert client_of(person(consents=False, is_demo=True)).get("/people").status_code == 200


def test_the_hash_binds_a_consent_to_its_words_over_rest() -> None:
    client = client_of(person(consents=False))
    waiting = client.get("/api/v1/me/consents/waiting").json()
    hashes = [text["sha256"] for text in waiting]
    wrong = client.post("/api/v1/me/consents", {"sha256": ["0" * 64]}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "old_text")
    given = client.post("/api/v1/me/consents", {"sha256": hashes}, content_type="application/json").json()
    assert {row["sha256"] for row in given} == set(hashes)
    assert client.get("/api/v1/me/consents/waiting").json() == []
    ended = client.delete(f"/api/v1/me/consents/{given[0]['id']}").json()
    assert ended["withdrawn_at"]
    secretary = client_of(person(roles=["secretariat"]))
    body = {"title_ko": "새", "title_en": "New", "body_ko": "본", "body_en": "B"}
    assert secretary.post("/api/v1/texts/terms", body, content_type="application/json").status_code == 201
    assert secretary.post("/api/v1/texts/none", body, content_type="application/json").status_code == 404
    assert client.get("/api/v1/texts").json()[0]["version"] == 2


def test_the_export_holds_all_that_is_kept_and_no_secret() -> None:
    someone = person("me@example.org")
    member(someone, organisation(name_ko="두레전자"))
    key = tokens.create_token(someone, name="laptop", scopes=["read"], days=1)
    people.register_export("test-extra", lambda who: {"who": who.pk})
    raw = export_of(someone)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert {
        "profile.json",
        "memberships.json",
        "consents.json",
        "tokens.json",
        "notices.json",
        "trail.json",
    } <= set(parts)
    assert parts["profile.json"]["email"] == "me@example.org"
    assert parts["memberships.json"][0]["organisation"] == "두레전자"
    assert parts["test-extra.json"] == {"who": someone.pk}
    assert len(parts["consents.json"]) == 2
    text = json.dumps(parts)
    assert key.plain not in text
    assert key.token.sha256 not in text
    assert client_of(someone).get("/api/v1/me/export").headers["Content-Type"] == "application/zip"


def test_deleting_empties_the_person_and_keeps_the_trail_whole() -> None:
    home = organisation()
    someone = person("gone@example.org", password=PASSWORD, name_ko="홍길동", about_ko="비밀")
    member(someone, home)
    EmailAddress.objects.create(user=someone, email="gone@example.org", verified=True, primary=True)
    circle = people.create_circle(by=someone, kind=Circle.Kind.TEAM, name_ko="우리 팀")
    people.add_person(circle, someone, by=someone)
    key = tokens.create_token(someone, name="laptop", scopes=["read"], days=1)
    edit_profile(someone, {"headline_ko": "연구원"})
    someone.refresh_from_db()
    client, before = client_of(someone), AuditEntry.objects.count()
    delete_account(someone)
    someone.refresh_from_db()
    assert (someone.email, someone.name_ko, someone.about_ko, someone.headline_ko, someone.roles) == (
        None,
        "",
        "",
        "",
        [],
    )
    assert someone.name in {"Deleted account", "삭제된 계정"}
    assert client.get("/me").status_code == 403
    assert Client().get("/api/v1/me", headers={"authorization": f"Bearer {key.plain}"}).status_code == 401
    assert not Membership.objects.current().filter(person=someone).exists()
    assert not CircleMember.objects.filter(person=someone, until=None).exists()
    assert not EmailAddress.objects.filter(user=someone).exists()
    assert not SearchEntry.objects.filter(kind="person", uid=someone.uid).exists()
    assert AuditEntry.objects.count() > before
    trail = json.dumps(list(AuditEntry.objects.values_list("detail", flat=True)), ensure_ascii=False)
    assert "gone@example.org" not in trail
    assert "홍길동" not in trail
    assert person("gone@example.org").pk != someone.pk


def test_who_holds_something_up_is_told_what_to_do_first() -> None:
    home, representative = organisation(name_ko="두레전자"), person()
    member(representative, home, "representative")
    refused = may_delete(representative)
    assert isinstance(refused, Refused)
    assert refused.reason == "sole_representative"
    assert "두레전자" in str(refused.message)
    with pytest.raises(Denied, match="sole_representative"):
        delete_account(representative)
    heir = person()
    set_role(member(heir, home), by=representative, role="representative")
    assert may_delete(representative) is ALLOWED
    secretary = person(roles=["secretariat"])
    with pytest.raises(Denied, match="last_secretary"):
        delete_account(secretary)


def test_a_higher_floor_may_hold_the_deletion_at_the_gate() -> None:
    someone = person()

    def lead(subject: Person, _by: Any) -> Any:
        return Refused("team_lead", "Hand your team over first.") if subject == someone else ALLOWED

    gates.register("people.delete", lead)
    try:
        with pytest.raises(Denied, match="team_lead"):
            delete_account(someone)
        assert "Hand your team over first." in client_of(someone).get("/me/delete").content.decode()
    finally:
        gates.unregister("people.delete", lead)
    assert delete_account(someone).deleted_at


def test_the_page_asks_for_the_password_again_before_it_deletes() -> None:
    someone = person("me@example.org", password=PASSWORD)
    client = client_of(someone)
    asked = client.post("/me/delete")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert Person.objects.filter(pk=someone.pk, deleted_at=None).exists()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.post("/me/delete").status_code == 200
    assert not Person.objects.filter(pk=someone.pk, deleted_at=None).exists()
    assert "_auth_user_id" not in client.session


def test_rest_deletes_with_the_password_only() -> None:
    someone = person("me@example.org", password=PASSWORD)
    client = client_of(someone)
    wrong = client.post("/api/v1/me/delete", {"password": "no"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    done = client.post("/api/v1/me/delete", {"password": PASSWORD}, content_type="application/json")
    assert done.status_code == 204
    assert Person.objects.get(pk=someone.pk).deleted_at
