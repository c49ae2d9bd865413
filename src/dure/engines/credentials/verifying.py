"""Verifying a credential against known keys. Nothing is fetched: an address in a token is compared, and never followed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from dure.engines.credentials import checking
from dure.engines.credentials.keys import ALGORITHM, PublicKey
from dure.engines.credentials.tokens import MOST_CHARACTERS, Token, bytes_of, take_apart
from dure.engines.credentials.values import Place
from dure.engines.credentials.verdict import Verdict, said_by
from dure.engines.faults import Fault

# Open Badges 3.0, section 8.2.4.1: one of `kid` and `jwk`, and no header besides.
HEADERS: Final = frozenset({"alg", "kid", "jwk", "typ"})
IsRevoked = Callable[[Place], bool | None]


def verify(token: str, *, keys: Iterable[PublicKey], is_revoked: IsRevoked, now: datetime) -> Verdict:
    """Everything that is wrong with a token, at once.

    `keys` are all that may have signed it, each with the issuer that it signs for. `is_revoked` answers for a place in a status
    list, with None for a list that it does not know. What the token says of keys only chooses among `keys`.
    """
    parts = take_apart(token)
    if isinstance(parts, Fault):
        return Verdict((parts,))
    faults = _header_faults(parts.header)
    key = _chosen(parts.header, keys)
    if key is None:
        faults.append(Fault("credential_unknown_key"))
    elif not faults:
        faults += signature_faults(parts, key)
    is_ours = key is not None and not faults
    shape = checking.shape_faults(parts.payload)
    faults += shape + checking.claim_faults(parts.payload) + checking.time_faults(parts.payload, now)
    faults += _issuer_faults(parts.payload, key) + _status_faults(parts.payload, is_revoked)
    return Verdict(tuple(faults), said_by(parts.payload) if is_ours and not shape else None)


def _header_faults(header: Mapping[str, Any]) -> list[Fault]:
    faults = []
    if header.get("alg") != ALGORITHM:
        faults.append(Fault("credential_algorithm", {"found": str(header.get("alg", ""))[:40]}))
    if header.get("typ", "JWT") != "JWT":
        faults.append(Fault("credential_type", {"found": str(header["typ"])[:40]}))
    if others := sorted(set(header) - HEADERS):
        faults.append(Fault("credential_headers", {"names": ", ".join(others)[:200]}))
    if isinstance(header.get("jwk"), dict) and "d" in header["jwk"]:
        faults.append(Fault("credential_private_key"))
    return faults


def _chosen(header: Mapping[str, Any], keys: Iterable[PublicKey]) -> PublicKey | None:
    """The known key that a token names. Where it names one by address and one by value, they must be the same."""
    named = [key for key in keys if _names(header, key)]
    return named[0] if named else None


def _names(header: Mapping[str, Any], key: PublicKey) -> bool:
    if "kid" not in header and "jwk" not in header:
        return False
    return header.get("kid", key.kid) == key.kid and ("jwk" not in header or _is_same(header["jwk"], key))


def _is_same(jwk: Any, key: PublicKey) -> bool:
    if not isinstance(jwk, dict):
        return False
    return all(jwk.get(part) == key.jwk[part] for part in ("kty", "n", "e"))


def signature_faults(token: Token, key: PublicKey) -> list[Fault]:
    """What is wrong with its signature by this key."""
    whole = len(bytes_of(key.jwk["n"]))
    if len(token.signature) < -(-whole * 4 // 3):
        return [Fault("credential_truncated")]
    registry = jws.JWSRegistry(algorithms=[ALGORITHM])
    registry.max_header_length = registry.max_payload_length = MOST_CHARACTERS
    try:
        bytes_of(token.signature)
        jws.deserialize_compact(token.text, RSAKey.import_key(dict(key.jwk)), registry=registry)
    except (JoseError, ValueError):
        return [Fault("credential_signature")]
    return []


def _issuer_faults(payload: Mapping[str, Any], key: PublicKey | None) -> list[Fault]:
    """A key signs for its own issuer only. Of an unknown key nothing can be said."""
    issuer = payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if key is None or named is None or named == key.issuer:
        return []
    return [Fault("credential_issuer", {"found": str(named)[:200]})]


def _status_faults(payload: Mapping[str, Any], is_revoked: IsRevoked) -> list[Fault]:
    entries = payload.get("credentialStatus", [])
    faults = [
        _status_fault(entry, is_revoked) for entry in (entries if isinstance(entries, list) else [entries])
    ]
    return [fault for fault in faults if fault]


def _status_fault(entry: Any, is_revoked: IsRevoked) -> Fault | None:
    place = _place(entry)
    answer = is_revoked(place) if place else None
    if answer is None:
        return Fault("credential_status_unknown")
    return Fault("credential_revoked") if answer else None


def _place(entry: Any) -> Place | None:
    if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
        return None
    url, index = entry.get("statusListCredential"), entry.get("statusListIndex")
    if entry.get("statusPurpose") != "revocation" or not isinstance(url, str) or not isinstance(index, str):
        return None
    return Place(url, int(index)) if index.isascii() and index.isdigit() and len(index) < 10 else None
