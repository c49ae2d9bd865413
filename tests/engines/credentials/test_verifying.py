"""The verifier: ours pass; what was forged, changed, cut, revoked or is out of its time is refused with every reason at once."""

import json
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from dure.engines import credentials as ob
from tests.engines.credentials.given import (
    ISSUER,
    LIST,
    NOW,
    award,
    body,
    part,
    pem,
    public_key,
    signed,
    signing_key,
    spelt,
    token,
    verdict,
)


@cache
def loaded(key: str) -> RSAKey:
    return RSAKey.import_key(key)


def header(**changes: Any) -> dict[str, Any]:
    made = {"alg": "RS256", "kid": signing_key().kid, "typ": "JWT"} | changes
    return {name: value for name, value in made.items() if value is not None}


def made_by(key: str, *, head: dict[str, Any], payload: dict[str, Any] | None = None) -> str:
    """A token with any header, signed with RS256."""
    text = part(payload or body())
    unsigned = f"{part(head)}.{text}"
    raw = jws.JWSRegistry.algorithms["RS256"].sign(unsigned.encode(), loaded(key))
    return f"{unsigned}.{spelt(raw)}"


def test_a_credential_of_ours_is_valid_and_says_who_what_when_and_with_which_results() -> None:
    found = verdict(token())
    assert found.is_valid
    assert found.said is not None
    assert found.said.holder == "김하늘 · Haneul Kim"
    assert found.said.name == "산업 AI 실무 101 · Industry AI practice 101"
    assert found.said.awarded_at == NOW - timedelta(days=30)
    assert found.said.results == (("실습 · Labs", "92"),)
    assert found.said.skills == (
        ("시간 순 분할 · Time-based split", "https://dure.example/skills/time-split"),
    )
    assert found.said.evidence[0][1].endswith("/challenges/engine-life")


def test_blanks_around_a_pasted_token_do_no_harm() -> None:
    assert verdict(f"\n  {token()} \n").is_valid


def test_after_rotation_old_and_new_keys_verify_side_by_side() -> None:
    keys = [public_key(1), public_key(2)]
    assert verdict(token(1), keys=keys).is_valid
    assert verdict(token(2), keys=keys).is_valid


def test_a_key_named_by_value_counts_only_when_it_is_ours() -> None:
    own = {"kty": "RSA", **{name: public_key().jwk[name] for name in ("n", "e")}}
    foreign = {"kty": "RSA", **{name: public_key(2).jwk[name] for name in ("n", "e")}}
    assert verdict(made_by(pem(), head=header(kid=None, jwk=own))).is_valid
    assert verdict(made_by(pem(), head=header(jwk=own))).is_valid
    assert verdict(made_by(pem(2), head=header(kid=None, jwk=foreign))).codes == {"credential_unknown_key"}
    # The forger's own key under our key's name.
    assert verdict(made_by(pem(2), head=header(jwk=foreign))).codes == {"credential_unknown_key"}


def test_a_forged_signature_under_our_keys_name_is_refused_and_nothing_of_it_is_repeated() -> None:
    found = verdict(made_by(pem(2), head=header()))
    assert found.codes == {"credential_signature"}
    assert found.said is None


def test_a_changed_payload_is_refused() -> None:
    head, _, signature = token().split(".")
    changed = part(body(credentialSubject=body()["credentialSubject"] | {"id": "urn:uuid:other"}))
    assert "credential_signature" in verdict(f"{head}.{changed}.{signature}").codes


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (lambda: f"{part(header(alg='none'))}.{part(body())}.", {"credential_algorithm"}),
        (lambda: f"{part(header(alg='None', kid=None))}.{part(body())}.x", {"credential_algorithm", "credential_unknown_key"}),
        (lambda: made_by(pem(), head=header(alg="RS512")), {"credential_algorithm"}),
        (lambda: made_by(pem(), head=header(alg=["RS256"])), {"credential_algorithm"}),
        (lambda: made_by(pem(), head=header(typ="vc+jwt")), {"credential_type"}),
        (lambda: made_by(pem(), head=header(jku="https://evil.example/keys")), {"credential_headers"}),
        (lambda: made_by(pem(), head=header(x5u="https://evil.example", crit=["b64"], b64=False)), {"credential_headers"}),
        (lambda: made_by(pem(), head=header(kid="https://evil.example/key")), {"credential_unknown_key"}),
        (lambda: made_by(pem(), head=header(kid=None)), {"credential_unknown_key"}),
        (lambda: made_by(pem(), head=header(kid=7)), {"credential_unknown_key"}),
        (lambda: made_by(pem(), head=header(jwk="text")), {"credential_unknown_key"}),
        (lambda: made_by(pem(), head=header(jwk={**public_key().jwk, "d": "AQAB"})), {"credential_private_key"}),
    ],
    ids=["none", "None", "RS512", "list", "type", "jku", "crit", "kid", "no kid", "kid number", "jwk text", "private"],
)  # fmt: skip
def test_other_algorithms_and_headers_are_refused(made: Any, codes: set[str]) -> None:
    found = verdict(made())
    assert found.codes == codes
    assert found.said is None


def test_our_public_key_used_as_a_shared_secret_is_refused() -> None:
    """The old confusion of RS256 and HS256."""
    secret = OctKey.import_key(
        RSAKey.import_key(dict(public_key().jwk)).as_pem(private=False).decode()[30:90]
    )
    forged = jws.serialize_compact(header(alg="HS256"), json.dumps(body()), secret, algorithms=["HS256"])
    assert "credential_algorithm" in verdict(forged).codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credential_empty"),
        ("  ", "credential_empty"),
        ("hello", "credential_malformed"),
        ("a.b.c", "credential_malformed"),
        ("a.b.c.d", "credential_malformed"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJ", "credential_truncated"),
        ("eyJhbGciOiJSUzI1NiJ9", "credential_truncated"),
        ("한글.한글.한글", "credential_malformed"),
        ("x" * 70_000, "credential_too_long"),
    ],
)
def test_what_is_no_token_says_what_it_is_instead(text: str, code: str) -> None:
    assert verdict(text).codes == {code}


@pytest.mark.parametrize(
    "payload", ["[]", '{"a":1,"a":2}', '{"a":NaN}', "[" * 5000, '{"a":' * 40 + "1" + "}" * 40, "1" * 5000]
)
def test_json_that_two_readers_would_read_differently_is_malformed(payload: str) -> None:
    text = spelt(payload.encode())
    assert verdict(f"{part(header())}.{text}.AAAA").codes == {"credential_malformed"}


def test_a_token_that_was_cut_says_so_wherever_it_was_cut() -> None:
    whole = token()
    second = whole.index(".", whole.index(".") + 1)
    for end in (second + 1, second + 200, len(whole) - 1):
        assert verdict(whole[:end]).codes == {"credential_truncated"}
    assert verdict(whole[: second - 4]).codes == {"credential_truncated"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_sign_can_be_changed(data: st.DataObject) -> None:
    whole = token()
    place = data.draw(st.integers(0, len(whole) - 1))
    sign = data.draw(st.sampled_from([one for one in "Aa09-_.=" if one != whole[place]]))
    found = verdict(whole[:place] + sign + whole[place + 1 :])
    assert not found.is_valid
    assert found.said is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(spelt))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    assert not verdict(text).is_valid
    assert not verdict(f"{part(header())}.{text}.AAAA").is_valid


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(body())), JSON)
def test_whatever_is_signed_gets_a_verdict(name: str, value: Any) -> None:
    """Even our own key's signature under nonsense breaks nothing."""
    verdict(made_by(pem(), head=header(), payload=body() | {name: value}))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["id", "type", "achievement", "identifier", "result"]), JSON)
def test_whatever_stands_in_the_subject_gets_a_verdict(name: str, value: Any) -> None:
    subject = body()["credentialSubject"] | {name: value}
    verdict(made_by(pem(), head=header(), payload=body(credentialSubject=subject)))


def test_expired_and_not_yet_valid_are_told_apart_to_the_second() -> None:
    ends = NOW + timedelta(days=1)
    text = token(expires_at=ends)
    assert verdict(text, now=ends - timedelta(seconds=1)).is_valid
    assert verdict(text, now=ends).codes == {"credential_expired"}
    assert verdict(text, now=NOW - timedelta(days=31)).codes == {"credential_not_yet_valid"}


def test_a_claim_that_says_otherwise_than_the_credential_does_not_lengthen_it() -> None:
    later = int((NOW + timedelta(days=900)).timestamp())
    past = (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = verdict(signed(body(validUntil=past, exp=later)))
    assert found.codes == {"credential_claim", "credential_expired"}
    assert verdict(signed(body(exp=later))).codes == {"credential_claim"}


def test_a_revoked_credential_says_so_and_still_says_what_it_was() -> None:
    listed = ob.bits([94_567])
    found = verdict(token(), is_revoked=lambda place: ob.is_set(listed, place.index))
    assert found.codes == {"credential_revoked"}
    assert found.said is not None


def test_a_status_that_cannot_be_found_out_is_no_yes() -> None:
    unknown = award(place=ob.Place("https://evil.example/status", 1))
    assert verdict(signed(ob.payload(unknown))).codes == {"credential_status_unknown"}
    odd = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListCredential": LIST}
    for index in ("-1", "x", 3, "9" * 20, "٣"):
        made = signed(body(credentialStatus={**odd, "statusListIndex": index}))
        assert verdict(made).codes == {"credential_status_unknown"}, index
    assert verdict(signed(body(credentialStatus="text"))).codes == {"credential_status_unknown"}


def test_one_issuers_key_does_not_sign_for_another() -> None:
    other = {"id": "https://evil.example", "type": ["Profile"], "name": "두레 AI 얼라이언스"}
    found = verdict(signed(body(issuer=other, iss="https://evil.example")))
    assert found.codes == {"credential_issuer"}
    assert verdict(token(), keys=[public_key(issuer="https://other.example")]).codes == {"credential_issuer"}


@pytest.mark.parametrize(
    "field",
    ["@context", "id", "type", "issuer", "validFrom", "credentialSubject", "iss", "jti", "nbf", "sub"],
)
def test_a_missing_part_is_named(field: str) -> None:
    found = verdict(signed(body(**{field: None})))
    assert not found.is_valid
    named = {str(fault.params["field"]) for fault in found.faults if fault.code == "credential_missing"}
    assert any(name == field or name.startswith(f"{field}.") for name in named)


@pytest.mark.parametrize("field", ["id", "type", "name", "description", "criteria"])
def test_a_missing_part_of_the_achievement_is_named(field: str) -> None:
    subject = body()["credentialSubject"]
    achievement = {name: value for name, value in subject["achievement"].items() if name != field}
    found = verdict(signed(body(credentialSubject=subject | {"achievement": achievement})))
    assert found.codes == {"credential_missing"}
    assert f"achievement.{field}" in str(found.faults[0].place)


def test_every_reason_is_given_at_once() -> None:
    subject = {**body()["credentialSubject"], "id": "urn:uuid:other"}
    payload = body(
        credentialSubject=subject,
        name=None,
        issuer={"id": "https://evil.example"},
        validUntil=(NOW - timedelta(days=2)).isoformat(),
        exp=int((NOW - timedelta(days=2)).timestamp()),
        jti=None,
    )
    found = verdict(made_by(pem(2), head=header(), payload=payload), is_revoked=lambda _: True)
    assert found.codes == {
        "credential_signature",
        "credential_claim",
        "credential_missing",
        "credential_expired",
        "credential_issuer",
        "credential_revoked",
    }


def test_a_time_that_is_none_is_named() -> None:
    found = verdict(signed(body(validFrom="yesterday", nbf=True)))
    assert {fault.place for fault in found.faults if fault.code == "credential_time"} == {"validFrom", "nbf"}
    assert ISSUER.url
