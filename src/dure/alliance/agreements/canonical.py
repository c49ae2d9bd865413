"""The one form of an agreement's content of which a hash is taken: two machines that hold the same words get the same hash.

JSON with sorted keys and no blanks, text in Unicode's composed form with line ends as LF and no blanks at the end of a line.
Numbers with a fraction are refused: amounts of money stand there as text.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed. Raises TypeError for a number with a fraction."""
    return json.dumps(
        _plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical form, as it is shown and signed."""
    return hashlib.sha256(canonical(content)).hexdigest()


def tidy(words: str) -> str:
    """A text as it stands in the canonical form."""
    lines = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        message = "a number with a fraction has no canonical form here"
        raise TypeError(message)
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
