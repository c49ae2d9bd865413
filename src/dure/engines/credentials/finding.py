"""The token in whatever a person hands in: the token itself, a picture that it was baked into, or JSON that carries it."""

import json
from typing import Any, Final

from dure.engines.credentials import svg
from dure.engines.faults import Fault, Faulty

MOST_BYTES: Final = svg.MOST_BYTES
# W3C Verifiable Credentials 2.0, section 4.13: a signed credential inside JSON.
_ENVELOPED: Final = ("data:application/vc+jwt,", "data:application/jwt,")


def token_in(content: bytes) -> str:
    """The token. Raises Faulty: too large, no text, or nothing that holds a signed credential."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("credential_file_too_large", {"limit": MOST_BYTES})])
    if content.startswith(b"\x89PNG"):
        raise Faulty([Fault("credential_png")])
    begins = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins == b"<" or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return svg.read(content)
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Faulty([Fault("credential_malformed")]) from error
    return _in_json(text) if begins in {b"{", b"[", b'"'} else text


def _in_json(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Faulty([Fault("credential_malformed")]) from error
    token = _carried(found)
    if token is None:
        raise Faulty([Fault("credential_unsigned")])
    return token


def _carried(found: Any) -> str | None:
    """A token as a JSON text, in an envelope of the standard, or in the answer of an Open Badges service."""
    if isinstance(found, str):
        return found
    if not isinstance(found, dict):
        return None
    listed = found.get("compactJwsString")
    if isinstance(listed, list) and len(listed) == 1 and isinstance(listed[0], str):
        return listed[0]
    address = found.get("id")
    if found.get("type") == "EnvelopedVerifiableCredential" and isinstance(address, str):
        return next((address[len(kind) :] for kind in _ENVELOPED if address.startswith(kind)), None)
    return None
