"""Others check what we signed: openbadgeslib (with its status check) and npm's jose (signature and time)."""

from datetime import timedelta
from typing import Any

from dure.engines import credentials as ob
from dure.foundation import clock
from tests.engines.credentials.foreign import NEEDED, jose_says, openbadgeslib_says
from tests.engines.credentials.given import ISSUER, LIST, NOW, award, body, part, public_key, signing_key

pytestmark = NEEDED
NAME = "산업 AI 실무 101 · Industry AI practice 101"
JWK = public_key().jwk
# openbadgeslib has the machine's clock only; the awards of these tests are as old as the others'.
TODAY = clock.now()


def fresh(**fields: Any) -> str:
    given = {"awarded_at": TODAY - timedelta(days=1), **fields}
    return ob.sign(ob.payload(award(**given)), signing_key())


def test_both_accept_ours_with_its_korean_name() -> None:
    assert jose_says(fresh(), jwk=JWK, at=TODAY) == ("ok", NAME)
    assert openbadgeslib_says(fresh(), jwk=JWK) == ("ok", NAME)


def test_both_refuse_another_key_and_a_changed_payload() -> None:
    other = public_key(2).jwk
    assert jose_says(fresh(), jwk=other, at=TODAY)[0] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    assert openbadgeslib_says(fresh(), jwk=other)[0] == "Invalid signature"
    head, _, signature = fresh().split(".")
    forged = f"{head}.{part(body())}.{signature}"
    assert jose_says(forged, jwk=JWK, at=TODAY)[0] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    assert openbadgeslib_says(forged, jwk=JWK)[0] == "Invalid signature"


def test_both_refuse_one_that_has_expired() -> None:
    past = fresh(awarded_at=TODAY - timedelta(days=9), expires_at=TODAY - timedelta(days=2))
    assert jose_says(past, jwk=JWK, at=TODAY)[0] == "ERR_JWT_EXPIRED"
    assert jose_says(past, jwk=JWK, at=TODAY - timedelta(days=3))[0] == "ok"
    assert openbadgeslib_says(past, jwk=JWK)[0] == "Credential has expired"


def test_the_status_check_sees_a_revocation_in_our_signed_list() -> None:
    def served(*revoked: int) -> bytes:
        made = ob.status_payload(
            url=LIST, issuer=ISSUER, listed=ob.bits(revoked), made_at=TODAY, until=TODAY + timedelta(days=1)
        )
        return ob.sign(made, signing_key()).encode()

    assert openbadgeslib_says(fresh(), jwk=JWK, fetch=lambda _: served(5)) == ("ok", NAME)
    said, _ = openbadgeslib_says(fresh(), jwk=JWK, fetch=lambda _: served(5, 94_567))
    assert said == f"Credential status 'revocation' is set at index 94567 in {LIST}"


def test_a_stale_list_or_one_of_another_signer_revives_nothing() -> None:
    made: dict[str, Any] = {"url": LIST, "issuer": ISSUER, "listed": ob.bits([])}
    old = ob.status_payload(**made, made_at=NOW - timedelta(days=99), until=NOW - timedelta(days=98))
    new = ob.status_payload(**made, made_at=TODAY, until=TODAY + timedelta(days=1))
    stale, foreign = ob.sign(old, signing_key()).encode(), ob.sign(new, signing_key(2)).encode()
    assert "expired" in openbadgeslib_says(fresh(), jwk=JWK, fetch=lambda _: stale)[0]
    assert "proof is invalid" in openbadgeslib_says(fresh(), jwk=JWK, fetch=lambda _: foreign)[0]


def test_it_reads_our_picture() -> None:
    from openbadgeslib.ob3 import OB3Verifier  # noqa: PLC0415 - installed for these tests only

    baked = ob.bake(ob.draw(name=ob.Text("이름"), issuer="두레", below=""), fresh())
    assert OB3Verifier.extract_token_from_svg(baked.encode()) == fresh()
