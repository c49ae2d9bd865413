"""Pages, files and REST of credentials: who sees what, what others read to verify, and a verifier that nothing breaks."""

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.engines import credentials as ob
from dure.foundation import clock, workflow
from dure.learn.credentials import addresses, keyring, sharing
from dure.learn.credentials import urls as credential_urls
from dure.learn.models import Credential, StatusList
from dure.people.actions.tokens import create_token
from dure.people.models import Person
from tests.engines.credentials.foreign import NEEDED, jose_says, openbadgeslib_says
from tests.factories import people
from tests.factories.credentials import awarded

pytestmark = pytest.mark.django_db
NAME = "산업 AI 실무 101 · Industry AI practice 101"


@pytest.fixture
def holder() -> Person:
    return people.person(name_ko="김하늘", name_en="Haneul Kim", language="en")


@pytest.fixture
def made(holder: Person) -> Credential:
    return awarded(holder)


def english(somebody: Person | None = None) -> Client:
    client = people.client_of(somebody) if somebody else Client()
    client.cookies["dure_language"] = "en"
    return client


def fetch(url: str) -> bytes:
    """What a verifier elsewhere gets from an address that a credential names."""
    assert url.startswith("https://dure.example/")
    answer = Client().get(url.removeprefix("https://dure.example"), headers={"Host": "dure.example"})
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.content


def header_of(token: str) -> dict[str, Any]:
    part = token.split(".", maxsplit=1)[0]
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert isinstance(found, dict)
    return found


def test_a_credential_is_its_holders_until_they_share_it(holder: Person, made: Credential) -> None:
    paths = [f"/badges/{made.uid}{ending}" for ending in ("", ".jwt", ".svg")]
    rival, desk = people.person(), people.person(roles=["secretariat"])
    for path in paths:
        assert Client().get(path).status_code == people.client_of(rival).get(path).status_code == 404
        assert (
            people.client_of(holder).get(path).status_code
            == people.client_of(desk).get(path).status_code
            == 200
        )
    shared = people.client_of(holder).post(f"/badges/{made.uid}/share", {"shared": "1"})
    assert shared.status_code == 302
    assert [Client().get(path).status_code for path in paths] == [200, 200, 200]
    assert people.client_of(desk).post(f"/badges/{made.uid}/share", {"shared": "0"}).status_code == 403
    people.client_of(holder).post(f"/badges/{made.uid}/share", {"shared": "0"})
    assert Client().get(paths[0]).status_code == 404


def test_its_page_says_who_what_when_why_and_whether_it_is_valid(holder: Person, made: Credential) -> None:
    page = english(holder).get(f"/badges/{made.uid}").content.decode()
    for words in (
        "Industry AI practice 101",
        "Haneul Kim",
        "Valid",
        "Every lab with 80",
        "92",
        "Time-based split",
        "Submission",
    ):
        assert words in page
    desk = people.person(roles=["secretariat"])
    workflow.perform(made, "revoke", by=desk, data={"reason": "Copied work."})
    page = english(holder).get(f"/badges/{made.uid}").content.decode()
    assert "Its issuer has revoked it." in page
    assert "Copied work." in page


def test_the_files_are_what_the_standard_wants(holder: Person, made: Credential) -> None:
    client = people.client_of(holder)
    token = client.get(f"/badges/{made.uid}.jwt")
    assert token["Content-Type"].startswith("text/plain")
    assert token["Content-Disposition"].startswith("attachment")
    assert token.content.decode() == made.token
    picture = client.get(f"/badges/{made.uid}.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert ob.read(picture.content) == made.token
    assert client.get(f"/badges/{made.uid}.svg?download")["Content-Disposition"].startswith("attachment")


def test_the_addresses_that_a_credential_names_answer(made: Credential) -> None:
    key = json.loads(fetch(header_of(made.token)["kid"]))
    assert key["kid"] == header_of(made.token)["kid"]
    assert "d" not in key
    assert json.loads(fetch("https://dure.example/badges/keys"))["keys"] == [key]
    issuer = json.loads(fetch("https://dure.example/badges/issuer"))
    assert (issuer["id"], issuer["name"]) == ("https://dure.example/badges/issuer", "두레 AI 얼라이언스")
    assert StatusList.objects.get().url == addresses.status(
        "https://dure.example", StatusList.objects.get().pk
    )
    named = {path.name for path in credential_urls.urls}
    assert {"badge_key", "badge_issuer", "badge_status", "badge"} <= named


def test_a_status_list_is_the_same_text_until_something_is_revoked(made: Credential) -> None:
    asked = StatusList.objects.get().url
    first = fetch(asked)
    awarded(people.person())
    assert fetch(asked) == first
    workflow.perform(made, "revoke", by=people.person(roles=["secretariat"]), data={"reason": "x"})
    assert fetch(asked) != first


def test_a_retired_key_stays_published_and_a_withdrawn_one_goes(made: Credential) -> None:
    assert made.key is not None
    path = f"/badges/keys/{made.key.thumbprint}"
    keyring.rotate(by=made.person)
    assert Client().get(path).status_code == 200
    assert len(Client().get("/badges/keys").json()["keys"]) == 2
    keyring.rotate(by=made.person, compromised=True)
    assert Client().get(path).status_code == Client().get("/badges/keys/nothing").status_code == 404
    assert len(Client().get("/badges/keys").json()["keys"]) == 1


@pytest.mark.parametrize(
    "path",
    ["/badges/status/999", f"/badges/status/{'9' * 30}", "/badges/4206b329-bae1-4ae5-ae0f-e6e5cce4ab01"],
)
def test_what_is_not_there_is_404(path: str) -> None:
    assert Client().get(path).status_code == 404


class TestForeignVerifiers:
    """Others verify what we serve, with nothing but what stands at the addresses in the credential."""

    pytestmark = NEEDED

    def test_they_accept_it_and_see_its_revocation(self, made: Credential) -> None:
        jwk = json.loads(fetch(header_of(made.token)["kid"]))
        assert jose_says(made.token, jwk=jwk, at=clock.now()) == ("ok", NAME)
        assert openbadgeslib_says(made.token, jwk=jwk, fetch=fetch) == ("ok", NAME)
        workflow.perform(made, "revoke", by=people.person(roles=["secretariat"]), data={"reason": "x"})
        assert (
            "Credential status 'revocation' is set" in openbadgeslib_says(made.token, jwk=jwk, fetch=fetch)[0]
        )

    def test_after_rotation_the_old_key_still_vouches_for_badge_and_list(self, made: Credential) -> None:
        keyring.rotate(by=made.person)
        new = awarded(people.person())
        for token in (made.token, new.token):
            jwk = json.loads(fetch(header_of(token)["kid"]))
            assert openbadgeslib_says(token, jwk=jwk, fetch=fetch) == ("ok", NAME)


def answer(client: Client, **form: Any) -> str:
    response = client.post("/badges/verify", form)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_anybody_verifies_a_token_a_file_a_picture_or_a_link(holder: Person, made: Credential) -> None:
    picture = people.client_of(holder).get(f"/badges/{made.uid}.svg").content
    stranger = english()
    for form in (
        {"credential": f"  {made.token}\n"},
        {"file": SimpleUploadedFile("badge.jwt", made.token.encode())},
        {"file": SimpleUploadedFile("badge.svg", picture)},
        {"file": SimpleUploadedFile("badge.json", json.dumps({"compactJwsString": [made.token]}).encode())},
    ):
        page = answer(stranger, **form)
        assert "not revoked. Checked" in page
        assert "김하늘 · Haneul Kim" in page
    link = f"https://dure.example/badges/{made.uid}"
    assert "its holder does not share it" in answer(stranger, credential=link)
    sharing.share(made, by=holder, shared=True)
    assert "not revoked. Checked" in answer(stranger, credential=link)
    assert "not revoked. Checked" in answer(stranger, credential=f"http://testserver/badges/{made.uid}.svg")


def test_it_says_every_reason_in_both_languages_and_repeats_nothing_that_was_forged(made: Credential) -> None:
    foreign = ob.SigningKey(header_of(made.token)["kid"], ob.fresh_pem())
    head, body, _signature = made.token.split(".")
    forged = ob.sign({"name": "FORGED", "nbf": 4_000_000_000}, foreign)
    page = answer(english(), credential=forged)
    assert "The signature is wrong" in page
    assert "A required part is missing: credentialSubject.achievement.name." in page
    assert "It is valid from 2096-" in page
    assert "FORGED" not in page
    korean = Client()
    korean.cookies["dure_language"] = "ko"
    assert "서명이 맞지 않습니다." in answer(korean, credential=forged)
    assert "its end is missing" in answer(english(), credential=f"{head}.{body}.").lower()


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/badges/0198c0de-0000-7000-8000-000000000000",
        "http://testserver@evil.example/badges/0198c0de-0000-7000-8000-000000000000",
        "http://testserver/admin",
        "http://[::1/badges",
        "https://dure.example/badges/not-a-uuid",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_no_other_host_is_ever_asked(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", _no_network)
    page = answer(english(), credential=link)
    assert "This link is not of this host" in page or "Nothing stands under this link" in page


def _no_network(*_: Any) -> None:
    raise AssertionError("the verifier reached out")


BAD = [
    b"",
    b"\x00" * 10,
    b"\xff\xfe<\x00",
    b"<svg",
    b"{",
    b"[" * 50_000,
    b"%PDF-1.7",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b'<!DOCTYPE svg [<!ENTITY a "x">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    b"a" * (1024 * 1024 + 5),
    "한글.한글.한글".encode(),
    b"eyJhbGciOiJub25lIn0.e30.",
]


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_a_bad_file_is_an_answer_and_never_an_error(content: bytes) -> None:
    page = answer(english(), file=SimpleUploadedFile("x.svg", content))
    assert "Not valid" in page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.from_regex(r"eyJ[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_.-]{0,40}"))
def test_no_text_breaks_the_verifier(text: str) -> None:
    response = english().post("/badges/verify", {"credential": text})
    assert response.status_code in (200, 422)


def test_rest_says_the_same(holder: Person, made: Credential) -> None:
    asked = Client().post(
        "/api/v1/badges/verify", json.dumps({"credential": made.token}), content_type="application/json"
    )
    assert (asked.status_code, asked.json()["is_valid"], asked.json()["said"]["name"]) == (200, True, NAME)
    file = SimpleUploadedFile("x", b"{")
    assert (
        Client().post("/api/v1/badges/verify/file", {"file": file}).json()["faults"][0]["code"]
        == "credential_malformed"
    )
    plain = create_token(holder, name="t", scopes=["admin"], days=1).plain
    bearer = {"Authorization": f"Bearer {plain}"}
    listed = Client().get("/api/v1/badges", headers=bearer).json()
    assert [one["uid"] for one in listed["credentials"]] == [str(made.uid)]
    one = Client().get(f"/api/v1/badges/{made.uid}", headers=bearer).json()
    assert (one["is_valid"], one["results"][0]["value"], one["name"]["ko"]) == (
        True,
        "92",
        "산업 AI 실무 101",
    )
    shared = Client().post(
        f"/api/v1/badges/{made.uid}/share",
        json.dumps({"shared": True}),
        content_type="application/json",
        headers=bearer,
    )
    assert shared.json()["is_shared"]
    assert Client().get(f"/api/v1/badges/{made.uid}/jwt").content.decode() == made.token
    desk = create_token(people.person(roles=["secretariat"]), name="t", scopes=["host"], days=1).plain
    revoked = Client().post(
        f"/api/v1/badges/{made.uid}/act",
        json.dumps({"action": "revoke", "reason": "x"}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {desk}"},
    )
    assert [fault["code"] for fault in revoked.json()["faults"]] == ["credential_revoked"]


def test_revoking_on_the_page_needs_a_reason(made: Credential) -> None:
    desk = english(people.person(roles=["secretariat"]))
    assert "Revoke" in desk.get(f"/badges/{made.uid}").content.decode()
    assert desk.post(f"/badges/{made.uid}/act", {"action": "revoke", "reason": ""}).status_code == 422
    assert desk.post(f"/badges/{made.uid}/act", {"action": "revoke", "reason": "Copied."}).status_code == 302
    assert Credential.objects.get().state == "revoked"


def test_the_transcript_lists_what_is_ones_own(holder: Person, made: Credential) -> None:
    awarded(people.person(), badge="course/other")
    page = english(holder).get("/me/transcript").content.decode()
    assert page.count("Industry AI practice 101") == 1
    assert "No credentials yet" in english(people.person()).get("/me/transcript").content.decode()
    assert Client().get("/me/transcript").status_code == 403
