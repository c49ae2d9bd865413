"""Credentials that others signed: their keys as they publish them, whose they are, and where their revocation stands.

As in `verifying`, nothing is fetched here: keys and lists are handed in, fetched from addresses that people named.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from dure.engines.credentials import checking
from dure.engines.credentials.keys import ALGORITHM, PublicKey, thumbprint
from dure.engines.credentials.status import decode, is_set
from dure.engines.credentials.tokens import bytes_of, take_apart
from dure.engines.credentials.values import Place
from dure.engines.credentials.verdict import Verdict
from dure.engines.credentials.verifying import signature_faults, verify
from dure.engines.faults import Fault, Faulty

MOST_KEYS: Final = 50
LEAST_BITS: Final = 2048
Recipient = Literal["proven", "named", "unknown"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a foreign credential says, as far as it is signed; `places` are where its revocation would stand."""

    verdict: Verdict
    achievement: str = ""
    recipient: Recipient = "unknown"
    places: tuple[Place, ...] = ()


def keys_in(document: bytes, *, issuer: str) -> tuple[PublicKey, ...]:
    """The RSA keys of a JWK Set or of a single JWK, for this issuer. Raises Faulty (`credential_no_issuer_keys`) without any."""
    try:
        loaded = json.loads(document.decode())
    except (ValueError, RecursionError) as error:
        raise Faulty([Fault("credential_no_issuer_keys")]) from error
    listed = loaded.get("keys", [loaded]) if isinstance(loaded, dict) else []
    found = (
        tuple(_key(one, issuer) for one in listed[:MOST_KEYS] if _is_fit(one))
        if isinstance(listed, list)
        else ()
    )
    if not found:
        raise Faulty([Fault("credential_no_issuer_keys")])
    return found


def _is_fit(jwk: Any) -> bool:
    """A public RSA key for signatures, of a size that still holds."""
    if not isinstance(jwk, dict) or jwk.get("alg", ALGORITHM) != ALGORITHM or jwk.get("use", "sig") != "sig":
        return False
    try:
        large = len(bytes_of(jwk["n"]).lstrip(b"\0")) * 8 >= LEAST_BITS
        return large and bool(thumbprint(jwk))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _key(jwk: Mapping[str, Any], issuer: str) -> PublicKey:
    named = jwk.get("kid")
    kid = named if isinstance(named, str) and named else thumbprint(jwk)
    return PublicKey(kid[:500], {"kty": "RSA", "n": jwk["n"], "e": jwk["e"]}, issuer)


def verify_foreign(
    token: str,
    *,
    keys: Iterable[PublicKey],
    now: datetime,
    addresses: Collection[str] = (),
    names: Collection[str] = (),
) -> Foreign:
    """What is wrong with a foreign credential, and what it says. Whether it was revoked is left open: `places` say where to look.

    `addresses` and `names` are those of the person who hands it in. A name alone proves nothing: others have it, too.
    """
    verdict = verify(token, keys=keys, is_revoked=lambda _place: False, now=now)
    parts = take_apart(token)
    if verdict.said is None or isinstance(parts, Fault):
        return Foreign(verdict)
    subject = parts.payload["credentialSubject"]
    if not verdict.is_valid:
        return Foreign(verdict)
    return Foreign(
        verdict,
        achievement=subject["achievement"]["id"],
        recipient=_recipient(subject, addresses, names),
        places=_places(parts.payload.get("credentialStatus", [])),
    )


def _recipient(subject: Mapping[str, Any], addresses: Collection[str], names: Collection[str]) -> Recipient:
    known = {address.strip().lower() for address in addresses if address}
    if str(subject.get("id", "")).lower() in {f"mailto:{address}" for address in known}:
        return "proven"
    listed = subject.get("identifier", [])
    identities = [one for one in (listed if isinstance(listed, list) else [listed]) if isinstance(one, dict)]
    if any(_fits(one, address) for one in identities[:20] for address in known):
        return "proven"
    said = {str(one.get("identityHash", "")) for one in identities if one.get("hashed") is not True}
    said.add(str(subject.get("name", "")))
    return "named" if _folded(said) & _folded(names) else "unknown"


def _folded(names: Iterable[str]) -> set[str]:
    """Names without what people write differently. Both languages may stand in one text."""
    parts = {part for name in names for part in name.split("·")}
    return {"".join(part.split()).casefold() for part in parts} - {""}


def _fits(identity: Mapping[str, Any], address: str) -> bool:
    """Whether an IdentityObject of Open Badges 3.0 is this mail address, hashed with its salt or plain."""
    if identity.get("identityType") not in ("emailAddress", "email"):
        return False
    said = str(identity.get("identityHash", ""))
    if identity.get("hashed") is not True:
        return said.strip().lower() == address
    way, between, digest = said.partition("$")
    if not between or way.lower() != "sha256":
        return False
    salted = (address + str(identity.get("salt", ""))).encode()
    return hmac.compare_digest(hashlib.sha256(salted).hexdigest(), digest.lower())


def _places(entries: Any) -> tuple[Place, ...]:
    """Every place; entries that are none have been faults of the verdict already."""
    listed = entries if isinstance(entries, list) else [entries]
    return tuple(Place(one["statusListCredential"], int(one["statusListIndex"])) for one in listed)


def revoked_in(listed: str, place: Place, *, keys: Iterable[PublicKey], now: datetime) -> bool | None:
    """What a signed status list says of a place; None for a list that none of these keys signed, an old one, or another one."""
    parts = take_apart(listed)
    if isinstance(parts, Fault) or parts.header.get("alg") != ALGORITHM:
        return None
    kid = parts.header.get("kid")
    key = next((one for one in keys if one.kid == kid), None)
    if key is None or signature_faults(parts, key) or checking.time_faults(parts.payload, now):
        return None
    subject = parts.payload.get("credentialSubject")
    issuer = parts.payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(subject, dict) or parts.payload.get("id") != place.url or named != key.issuer:
        return None
    if subject.get("type") != "BitstringStatusList" or subject.get("statusPurpose") != "revocation":
        return None
    try:
        return is_set(decode(str(subject.get("encodedList", ""))), place.index)
    except ValueError:
        return None
