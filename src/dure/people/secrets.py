"""Secrets that people carry: made here, shown once, kept only as a hash."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """A fresh secret: `plain` goes to the person and is never stored; `sha256` is what the database keeps."""

    plain: str
    sha256: str


def fresh(prefix: str = "") -> Secret:
    """256 random bits: too many to guess, so a plain fast hash is enough."""
    plain = prefix + secrets.token_urlsafe(32)
    return Secret(plain, digest(plain))


def digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()


def same(plain: str, sha256: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(digest(plain), sha256)
