"""What a credential says follows Open Badges 3.0 to the letter: contexts, types, claims, and a header with what is allowed."""

import base64
import json
from datetime import timedelta

from dure.engines import credentials as ob
from tests.engines.credentials.given import HOST, ISSUER, NOW, award, decoded, signing_key, token


def test_the_credential_stands_at_the_top_with_the_claims_beside_it() -> None:
    said = decoded(token(expires_at=NOW + timedelta(days=1)))
    assert said["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert "vc" not in said
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["issuer"] == {"id": ISSUER.url, "type": ["Profile"], "name": ISSUER.name, "url": HOST}
    assert (said["iss"], said["jti"], said["sub"]) == (
        ISSUER.url,
        said["id"],
        said["credentialSubject"]["id"],
    )
    assert said["validFrom"] == "2026-10-31T09:00:00Z"
    assert said["nbf"] == int((NOW - timedelta(days=30)).timestamp())
    assert said["validUntil"] == "2026-12-01T09:00:00Z"
    assert said["exp"] == int((NOW + timedelta(days=1)).timestamp())


def test_what_was_achieved_stands_in_both_languages_with_criteria_skills_results_and_evidence() -> None:
    said = decoded(token())
    subject, achievement = said["credentialSubject"], said["credentialSubject"]["achievement"]
    assert achievement["name"] == "산업 AI 실무 101 · Industry AI practice 101"
    assert achievement["criteria"]["narrative"] == "모든 실습 80점 이상\n\nEvery lab with 80 points or more"
    assert achievement["alignment"][0] == {
        "type": ["Alignment"],
        "targetName": "시간 순 분할 · Time-based split",
        "targetUrl": f"{HOST}/skills/time-split",
        "targetType": "CFItem",
        "targetFramework": "Dure",
        "targetCode": "time-split",
    }
    assert subject["result"][0]["value"] == "92"
    assert subject["result"][0]["resultDescription"] == achievement["resultDescription"][0]["id"]
    assert achievement["resultDescription"][0]["requiredValue"] == "80"
    assert achievement["creator"]["name"] == "한빛대학교"
    assert said["evidence"][0]["id"] == f"{HOST}/challenges/engine-life"
    assert subject["identifier"][0] == {
        "type": "IdentityObject",
        "identityType": "name",
        "identityHash": "김하늘 · Haneul Kim",
        "hashed": False,
    }


def test_a_credential_without_results_evidence_or_end_has_no_empty_parts() -> None:
    said = decoded(token(results=(), evidence=(), holder=ob.Text("")))
    assert not {"evidence", "validUntil", "exp"} & set(said)
    assert not {"result", "identifier"} & set(said["credentialSubject"])
    assert "resultDescription" not in said["credentialSubject"]["achievement"]


def test_the_header_holds_algorithm_key_and_type_and_nothing_else() -> None:
    first = token().split(".")[0]
    header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    assert header == {"alg": "RS256", "kid": signing_key().kid, "typ": "JWT"}


def test_a_published_key_holds_nothing_private() -> None:
    assert set(ob.public_jwk(signing_key().pem)) == {"kty", "n", "e", "alg", "use"}


def test_words_that_are_the_same_in_both_languages_stand_once() -> None:
    assert ob.Text("Dure", "Dure").both(" · ") == "Dure"
    assert ob.Text("", "Dure").both(" · ") == "Dure"
    assert ob.payload(award())["credentialStatus"]["statusListIndex"] == "94567"
