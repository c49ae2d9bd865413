"""Every REST route of people, called by a stranger, an outsider and the secretariat: the promised status, never a crash."""

from typing import Any

import pytest
from django.test import Client

from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.people.models import Organisation, Person
from dure.web.rest import api
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
OPEN, OWN, SECRETARIAT, RUN_IT = "open", "own", "secretariat", "run it"
STRANGER = {OPEN: 200, OWN: 403, SECRETARIAT: 403, RUN_IT: 403}
OUTSIDER = {OPEN: 200, OWN: 200, SECRETARIAT: 403, RUN_IT: 403}
GETS = {
    "/people": OPEN,
    "/people/{uid}": OPEN,
    "/skills": OPEN,
    "/skills/{slug}": OPEN,
    "/organisations": OPEN,
    "/organisations/{uid}": OPEN,
    "/organisations/{uid}/people": OPEN,
    "/texts": OPEN,
    "/texts/{key}/{version}": OPEN,
    "/me": OWN,
    "/me/who-sees": OWN,
    "/me/memberships": OWN,
    "/me/invitations": OWN,
    "/me/consents": OWN,
    "/me/consents/waiting": OWN,
    "/me/export": OWN,
    "/me/tokens": OWN,
    "/organisations/{uid}/memberships": SECRETARIAT,
    "/organisations/{uid}/invitations": SECRETARIAT,
    "/invitations": SECRETARIAT,
    "/imports": SECRETARIAT,
    "/imports/{uid}": SECRETARIAT,
    "/accounts": RUN_IT,
    "/accounts/{uid}/history": RUN_IT,
}
HIDES = {"/imports/{uid}": 404}
CHANGES: dict[tuple[str, str], tuple[dict[str, Any], int]] = {
    ("post", "/organisations"): ({"kind": "industry", "name_en": "x"}, 403),
    ("patch", "/organisations/{uid}"): ({"name_en": "x"}, 403),
    ("post", "/organisations/{uid}/invitations"): ({"email": "a@example.org"}, 403),
    ("post", "/invitations"): ({"email": "a@example.org"}, 403),
    ("delete", "/invitations/{uid}"): ({}, 404),
    ("patch", "/memberships/{uid}"): ({"role": "member"}, 404),
    ("delete", "/memberships/{uid}"): ({}, 404),
    ("post", "/me/invitations/{uid}/accept"): ({}, 404),
    ("post", "/me/invitations/accept"): ({"token": "x"}, 403),
    ("post", "/texts/{key}"): ({"title_ko": "a", "title_en": "a", "body_ko": "a", "body_en": "a"}, 403),
    ("put", "/accounts/{uid}/roles/{role}"): ({}, 403),
    ("delete", "/accounts/{uid}/roles/{role}"): ({}, 403),
    ("patch", "/accounts/{uid}"): ({"is_active": False}, 403),
    ("post", "/imports"): ({}, 403),
    ("post", "/imports/{uid}/apply"): ({}, 403),
    ("delete", "/me/tokens/{uid}"): ({}, 404),
    ("delete", "/me/consents/{consent_id}"): ({}, 404),
    ("post", "/me/consents"): ({"sha256": ["0" * 64]}, 409),
    ("post", "/me/delete"): ({"password": "wrong"}, 403),
    ("patch", "/me"): ({"headline_ko": "x"}, 200),
    ("post", "/me/tokens"): ({"name": "x", "scopes": ["read"], "days": 1}, 201),
}


@pytest.fixture
def home() -> Organisation:
    return organisation()


@pytest.fixture
def shown(home: Organisation) -> Person:
    someone = person(audience=Audience.PUBLIC)
    member(someone, home)
    return someone


def address(path: str, home: Organisation, shown: Person) -> str:
    uid = (
        home.uid
        if path.startswith("/organisations")
        else shown.uid
        if "people" in path or "accounts" in path
        else uuid7()
    )
    return "/api/v1" + path.format(
        uid=uid, slug="data-leakage", key="terms", version=1, role="guru", consent_id=999_999
    )


@pytest.mark.parametrize("path", sorted(GETS))
def test_reading_answers_as_promised(path: str, home: Organisation, shown: Person) -> None:
    rule, url = GETS[path], address(path, home, shown)
    assert Client().get(url).status_code == STRANGER[rule]
    assert client_of(person()).get(url).status_code == OUTSIDER[rule]
    assert client_of(person(roles=["secretariat"])).get(url).status_code == HIDES.get(path, 200)
    operator = client_of(person(roles=["operator"])).get(url)
    assert operator.status_code == (403 if rule == SECRETARIAT else 200)


@pytest.mark.parametrize(("method", "path"), sorted(CHANGES))
def test_changing_is_refused_to_strangers_and_outsiders(
    method: str, path: str, home: Organisation, shown: Person
) -> None:
    body, promised = CHANGES[(method, path)]
    url = address(path, home, shown)
    outsider = client_of(person(password="한글과-English-1984"))
    if path == "/imports":
        from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - one case alone sends a file

        answers = [
            client.post(url, {"file": SimpleUploadedFile("a.csv", b"a\n1\n")})
            for client in (Client(), outsider)
        ]
    else:
        answers = [
            getattr(client, method)(url, body, content_type="application/json")
            for client in (Client(), outsider)
        ]
    assert [answer.status_code for answer in answers] == [403, promised]
    assert answers[0].json()["code"] == "sign_in"


def test_no_operation_is_left_out_and_every_one_declares_its_errors() -> None:
    document = api.get_openapi_schema()["paths"]
    ours = {path for path, item in document.items() if any("people" in op["tags"] for op in item.values())}
    walked = {*GETS, *(path for _method, path in CHANGES)}
    assert {path.removeprefix("/api/v1") for path in ours} == walked
    for path in ours:
        for operation in document[path].values():
            assert {"401", "403", "404", "409", "422"} <= {str(code) for code in operation["responses"]}
