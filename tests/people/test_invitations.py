"""Invitations: by mail, for one address, once; the way in when sign-up is closed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from dure.foundation import clock, notices
from dure.foundation.access import Denied
from dure.foundation.models import AuditEntry
from dure.people.actions.consents import latest_texts
from dure.people.actions.invitations import accept_by_token, invite, revoke_invitation
from dure.people.models import Consent, Invitation, Membership, Organisation, Person
from tests.factories.people import PASSWORD, client_of, member, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return organisation(name_ko="두레전자", name_en="Dure Electronics")


@pytest.fixture
def representative(home: Organisation) -> Person:
    someone = person(name_ko="김대표")
    member(someone, home, "representative")
    return someone


def token_in_mail() -> str:
    found = re.search(r"/invitations/(\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def sign_up_form(**fields: Any) -> dict[str, Any]:
    agreed = {f"agree_{text.key}_{text.version}": "on" for text in latest_texts()}
    return {"name_ko": "새사람", "password1": PASSWORD, "password2": PASSWORD, **agreed, **fields}


def test_the_letter_speaks_both_languages_and_only_a_hash_is_kept(
    home: Organisation, representative: Person
) -> None:
    made = invite(by=representative, email="New@Example.org", organisation=home)
    letter = str(mail.outbox[0].body)
    assert mail.outbox[0].to == ["new@example.org"]
    assert "두레전자" in letter
    assert "Dure Electronics" in letter
    assert token_in_mail() not in made.sha256


def test_an_invited_account_accepts_once(home: Organisation, representative: Person) -> None:
    invite(by=representative, email="a@example.org", organisation=home, role="coordinator")
    token, invited, other = token_in_mail(), person("a@example.org"), person("b@example.org")
    with pytest.raises(Denied, match="other_email"):
        accept_by_token(token, by=other)
    page = client_of(other).get(f"/invitations/{token}")
    assert page.context["decision"].reason == "other_email"
    answer = client_of(invited).post(f"/invitations/{token}")
    assert answer.headers["Location"] == f"/organisations/{home.slug}"
    assert Membership.objects.current().get(person=invited).role == "coordinator"
    with pytest.raises(Denied, match="invitation_used"):
        accept_by_token(token, by=invited)
    assert Client().get(f"/invitations/{token}").status_code == 410
    assert AuditEntry.objects.filter(action="invitation.accepted", actor=invited).exists()


def test_a_second_invitation_replaces_the_first_and_both_expire(
    home: Organisation, representative: Person
) -> None:
    invited = person("a@example.org")
    invite(by=representative, email="a@example.org", organisation=home)
    first = token_in_mail()
    made = invite(by=representative, email="a@example.org", organisation=home)
    second = token_in_mail()
    with pytest.raises(Denied, match="invitation_revoked"):
        accept_by_token(first, by=invited)
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(Denied, match="invitation_expired"):
        accept_by_token(second, by=invited)
    revoke_invitation(made, by=representative)
    with pytest.raises(Denied, match="invitation_revoked"):
        accept_by_token(second, by=invited)


def test_who_may_invite_whom(home: Organisation, representative: Person) -> None:
    colleague = person()
    member(colleague, home)
    refusals = [
        (colleague, home, "x@example.org", "member", "not_representative"),
        (representative, None, "x@example.org", "member", "not_secretariat"),
        (representative, home, "no address", "member", "bad_email"),
        (representative, home, f"a@{'b.' * 130}example.org", "member", "bad_email"),
        (representative, home, representative.email, "representative", "not_yourself"),
        (representative, home, colleague.email, "member", "already_member"),
    ]
    for by, where, email, role, reason in refusals:
        with pytest.raises(Denied, match=reason):
            invite(by=by, email=str(email), organisation=where, role=role)
    assert not mail.outbox
    assert invite(by=person(roles=["secretariat"]), email="x@example.org").organisation is None


def test_mail_that_cannot_be_sent_leaves_no_invitation(
    home: Organisation, representative: Person, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(Denied, match="mail_failed"):
        invite(by=representative, email="a@example.org", organisation=home)
    assert not Invitation.objects.exists()


def test_signing_up_through_the_link_needs_no_second_mail_and_joins(
    home: Organisation, representative: Person, settings: Any
) -> None:
    settings.INVITATION_ONLY = True
    invite(by=representative, email="new@example.org", organisation=home, role="problem_owner")
    token, client = token_in_mail(), Client()
    assert client.post("/account/signup/", sign_up_form(email="new@example.org")).status_code == 200
    assert not Person.objects.filter(email="new@example.org").exists()
    assert client.post(f"/invitations/{token}").headers["Location"] == "/account/signup/"
    wrong = client.post("/account/signup/", sign_up_form(email="other@example.org"))
    assert "email" in wrong.context["form"].errors
    done = client.post("/account/signup/", sign_up_form(email="new@example.org"))
    assert done.status_code == 302
    made = Person.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(made.pk)
    assert Membership.objects.current().get(person=made).role == "problem_owner"
    assert Consent.objects.filter(person=made, origin="127.0.0.1").count() == 2
    assert len(mail.outbox) == 1


def test_rest_invites_lists_takes_back_and_accepts(home: Organisation, representative: Person) -> None:
    host, invited = client_of(representative), client_of(person("a@example.org"))
    path = f"/api/v1/organisations/{home.uid}/invitations"
    body = {"email": "a@example.org", "role": "coordinator"}
    made = host.post(path, body, content_type="application/json")
    assert made.status_code == 201
    assert "token" not in made.json()
    assert invited.get("/api/v1/me/invitations").json()["count"] == 1
    waiting = notices.todos(Person.objects.get(email="a@example.org"))
    assert [todo.url for todo in waiting] == ["/me/invitations"]
    assert invited.delete(f"/api/v1/invitations/{made.json()['uid']}").status_code == 404
    uid = made.json()["uid"]
    assert invited.post(f"/api/v1/me/invitations/{uid}/accept").json()["accepted_at"]
    again = host.post(path, {"email": "c@example.org"}, content_type="application/json").json()
    assert host.delete(f"/api/v1/invitations/{again['uid']}").json()["revoked_at"]
    assert host.get(path).json()["count"] == 0
    bad = invited.post("/api/v1/me/invitations/accept", {"token": "x"}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (403, "invitation_unknown")


def test_pages_invite_accept_and_take_back(home: Organisation, representative: Person) -> None:
    host = client_of(representative)
    page = f"/organisations/{home.slug}/people"
    assert host.post(page, {"email": "a@example.org", "role": "member"}).status_code == 302
    assert "http://testserver/invitations/" in str(mail.outbox[-1].body)
    invited = person("a@example.org")
    row = Invitation.objects.get()
    assert client_of(invited).post(f"/invitations/{row.uid}/accept").status_code == 302
    again = host.post(page, {"email": "a@example.org", "role": "member"})
    assert again.context["form"].non_field_errors()
    host.post(page, {"email": "b@example.org", "role": "member"})
    host.post(f"/invitations/{Invitation.objects.get(email='b@example.org').uid}/revoke")
    assert Invitation.objects.get(email="b@example.org").revoked_at
