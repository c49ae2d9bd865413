"""Credentials that others signed: their keys, whose they are, and what their status lists say."""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from dure.engines import credentials as ob
from dure.engines.faults import Faulty
from tests.engines.credentials import given

MAIL = "haneul@example.org"
LISTED = "https://dure.example/badges/status/1"


def identity(said: str, kind: str = "emailAddress", **more: Any) -> dict[str, Any]:
    return {"type": "IdentityObject", "identityType": kind, "identityHash": said, "hashed": False, **more}


def hashed(address: str, salt: str = "") -> dict[str, Any]:
    digest = hashlib.sha256((address + salt).encode()).hexdigest()
    return identity(f"sha256${digest}", hashed=True, **({"salt": salt} if salt else {}))


def read(identities: Any, *, subject: str = "urn:uuid:1", number: int = 1, **more: Any) -> ob.Foreign:
    payload = ob.payload(given.award())
    payload["credentialSubject"]["identifier"] = identities
    payload["credentialSubject"]["id"] = payload["sub"] = subject
    token = given.signed(payload, number)
    asked: dict[str, Any] = {"addresses": [MAIL], "names": ["김하늘", "Haneul Kim"], "now": given.NOW, **more}
    return ob.verify_foreign(token, keys=[given.public_key()], **asked)


@pytest.mark.parametrize(
    "identities",
    [
        [hashed(MAIL)],
        [hashed(MAIL, "a-grain")],
        [identity("Haneul@Example.org ")],
        [identity("somebody", "name"), hashed(MAIL, "salt")],
        hashed(MAIL),
    ],
    ids=["hashed", "salted", "plain", "second", "alone"],
)
def test_ones_own_address_proves_it(identities: Any) -> None:
    assert read(identities).recipient == "proven"


def test_a_subject_may_be_an_address() -> None:
    assert read([], subject=f"mailto:{MAIL}").recipient == "proven"


@pytest.mark.parametrize(
    "identities",
    [
        [hashed("other@example.org")],
        [hashed(MAIL, "salt") | {"salt": "pepper"}],
        [identity("sha256$" + "0" * 64, hashed=True)],
        [identity(hashlib.sha256(MAIL.encode()).hexdigest(), hashed=True)],
        [identity(MAIL, "name")],
        ["sha256$x", 7, None],
    ],
    ids=["other", "other-salt", "zeros", "no-way-named", "not-an-address", "no-objects"],
)
def test_anything_else_proves_nothing(identities: Any) -> None:
    assert read(identities).recipient == "unknown"


def test_a_name_alone_proves_nothing_but_is_told() -> None:
    assert read([identity("김하늘 · Haneul  KIM", "name")]).recipient == "named"


def test_of_what_a_stranger_signed_nothing_is_read() -> None:
    found = read([hashed(MAIL)], number=2)
    assert not found.verdict.is_valid
    assert (found.recipient, found.achievement, found.places) == ("unknown", "", ())


def test_what_is_signed_says_what_for_and_where_its_revocation_stands() -> None:
    found = read([hashed(MAIL)])
    assert found.achievement == "https://dure.example/learn/industry-ai-101"
    assert found.places == (ob.Place(LISTED, 94_567),)


def jwk(number: int = 1, **more: Any) -> dict[str, Any]:
    return {**ob.public_jwk(given.pem(number)), "kid": f"k{number}", **more}


def test_a_set_of_keys_and_a_single_one_are_read() -> None:
    said = json.dumps({"keys": [jwk(), jwk(2)]}).encode()
    assert [one.kid for one in ob.keys_in(said, issuer="https://other.example")] == ["k1", "k2"]
    (alone,) = ob.keys_in(json.dumps(jwk(kid="")).encode(), issuer="https://other.example")
    assert (alone.kid, alone.issuer) == (ob.thumbprint(jwk()), "https://other.example")


def small() -> dict[str, Any]:
    return {"kty": "RSA", "n": base64.urlsafe_b64encode(b"\xff" * 128).decode().rstrip("="), "e": "AQAB"}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[]",
        b'{"keys": {}}',
        b'{"keys": [7, null, {"kty": "oct", "k": "AAAA"}]}',
        b'{"kty": "RSA", "n": "!!", "e": "AQAB"}',
        json.dumps({"keys": [jwk(use="enc"), jwk(alg="ES256")]}).encode(),
        json.dumps(small()).encode(),
        b"[" * 100_000,
    ],
    ids=["empty", "page", "bytes", "list", "object", "others", "broken", "purposes", "small", "deep"],
)
def test_what_holds_no_fit_key_is_refused(said: bytes) -> None:
    with pytest.raises(Faulty) as refused:
        ob.keys_in(said, issuer="https://other.example")
    assert [fault.code for fault in refused.value.faults] == ["credential_no_issuer_keys"]


def status(revoked: tuple[int, ...] = (), *, number: int = 1, **more: Any) -> str:
    at = given.NOW
    payload = ob.status_payload(
        url=LISTED,
        issuer=given.ISSUER,
        listed=ob.bits(revoked),
        made_at=at - timedelta(hours=1),
        until=at + timedelta(hours=1),
    )
    return given.signed({**payload, **more}, number)


def asked(listed: str, index: int = 5) -> bool | None:
    return ob.revoked_in(listed, ob.Place(LISTED, index), keys=[given.public_key()], now=given.NOW)


def test_a_status_list_says_whether_a_place_is_revoked() -> None:
    assert asked(status((5,))) is True
    assert asked(status((6,))) is False


def without_signature() -> str:
    head, body, _signature = status().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert head
    return f"{none}.{body}."


@pytest.mark.parametrize(
    "listed",
    [
        "",
        "a.b.c",
        without_signature(),
        status(number=2),
        status(id="https://dure.example/badges/status/2"),
        status(issuer="https://somebody.example"),
        status(exp=int(given.NOW.timestamp()) - 9, validUntil="2026-11-30T08:59:51Z"),
        status(credentialSubject={"type": "BitstringStatusList", "statusPurpose": "suspension"}),
        status(
            credentialSubject={
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": "ujunk",
            }
        ),
        status(credentialSubject=[]),
    ],
    ids=[
        "empty",
        "junk",
        "unsigned",
        "other-key",
        "other-list",
        "other-issuer",
        "old",
        "purpose",
        "packed",
        "none",
    ],
)
def test_a_list_that_cannot_be_trusted_says_nothing(listed: str) -> None:
    assert asked(listed) is None


def test_a_place_outside_the_list_is_unknown() -> None:
    assert asked(status(), index=ob.ENTRIES) is None
