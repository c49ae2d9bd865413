"""A compact JWS taken apart, by a reader that trusts nothing: sizes are bounded, and each part has exactly one spelling."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from dure.engines.faults import Fault

MOST_CHARACTERS: Final = 64 * 1024
DEEPEST: Final = 24
# `{"` in base64url: so every header of a token begins.
_BEGINS: Final = "eyJ"
_LOOKS_LIKE_ONE: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){0,2}")


@dataclass(frozen=True, slots=True)
class Token:
    """The three parts of a compact JWS, not yet believed; the signature as it is spelt."""

    text: str
    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signature: str


def take_apart(text: str) -> Token | Fault:
    """The parts of a token, or what it is instead of one."""
    text = text.strip()
    if not text:
        return Fault("credential_empty")
    if len(text) > MOST_CHARACTERS:
        return Fault("credential_too_long", {"limit": MOST_CHARACTERS})
    if not _LOOKS_LIKE_ONE.fullmatch(text):
        return Fault("credential_malformed")
    if text.count(".") < 2:
        return Fault("credential_truncated" if text.startswith(_BEGINS) else "credential_malformed")
    header, payload, signature = text.split(".")
    try:
        return Token(text, _object(bytes_of(header)), _object(bytes_of(payload)), signature)
    except (ValueError, RecursionError):
        return Fault("credential_malformed")


def bytes_of(part: str) -> bytes:
    """Base64url without padding. Raises ValueError for a second spelling of the same bytes: each token has exactly one."""
    decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(decoded).decode().rstrip("=") != part:
        raise ValueError("a second spelling of the same bytes")
    return decoded


def _object(content: bytes) -> dict[str, Any]:
    """A JSON object. Raises ValueError also for names given twice, which two readers would read differently, and for NaN."""
    found = json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    if not isinstance(found, dict) or _depth(found) > DEEPEST:
        raise ValueError("not an object, or one too deep")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice")
    return made


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _depth(value: Any) -> int:
    """How deep objects and lists lie in each other; looks one step further than is allowed, and no deeper."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        level = [inner for outer in level for inner in _inside(outer)]
        depth += 1
    return depth


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
