"""Revocation as bits: W3C Bitstring Status List 1.0. Bit 0 is the highest of the first byte; 1 means revoked."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from dure.engines.credentials.payload import CONTEXTS, moment
from dure.engines.credentials.values import Issuer

# The least that the standard allows: so many neighbours hide which credential somebody asks about.
ENTRIES: Final = 131_072
MOST_BYTES: Final = 1024 * 1024


def bits(revoked: Iterable[int], *, entries: int = ENTRIES) -> bytes:
    """A list of `entries` bits with these indices set. Raises ValueError for an index outside, or a size that is no full byte."""
    if entries < 8 or entries % 8:
        raise ValueError(f"{entries} is no number of whole bytes")
    made = bytearray(entries // 8)
    for index in revoked:
        if not 0 <= index < entries:
            raise ValueError(f"no entry {index} in a list of {entries}")
        made[index // 8] |= 0x80 >> index % 8
    return bytes(made)


def is_set(listed: bytes, index: int) -> bool | None:
    """Whether the bit is 1; None where the list has no such entry."""
    if not 0 <= index < len(listed) * 8:
        return None
    return bool(listed[index // 8] & 0x80 >> index % 8)


def encode(listed: bytes) -> str:
    """Gzip, then multibase base64url. Without a date inside, so that the same list is always the same text."""
    packed = gzip.compress(listed, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(encoded: str) -> bytes:
    """The bits again. Raises ValueError for anything else than `encode` makes, and for more than `MOST_BYTES`."""
    if not encoded.startswith("u"):
        raise ValueError("a list begins with the sign of base64url, u")
    body = encoded[1:]
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        inflater = zlib.decompressobj(wbits=31)
        listed = inflater.decompress(packed, MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("not a packed list") from error
    if not inflater.eof or inflater.unused_data:
        raise ValueError("a list that is cut off, too long, or followed by something else")
    return listed


def status_payload(
    *, url: str, issuer: Issuer, listed: bytes, made_at: datetime, until: datetime
) -> dict[str, Any]:
    """The list as a credential of its own, to be signed. After `until` a copy counts no more: old ones revive no badge."""
    return {
        "@context": [CONTEXTS[0]],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.url,
        "validFrom": moment(made_at),
        "validUntil": moment(until),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(listed),
        },
        "iss": issuer.url,
        "jti": url,
        "nbf": int(made_at.timestamp()),
        "exp": int(until.timestamp()),
    }
