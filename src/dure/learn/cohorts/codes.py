"""The code by which people say that they are in the room: six digits, another one every thirty seconds. Pure.

It is made from a key of the cohort that never leaves the server; one that was passed on is worth little a minute later.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

STEP_S: Final = 30
DIGITS: Final = 6
BEFORE: Final = timedelta(minutes=15)
"""Codes count from so long before a session until its end."""


def code_at(key: bytes, session: UUID, at: datetime) -> str:
    """The code of that moment."""
    return _of_step(key, session, _step(at))


def is_code(key: bytes, session: UUID, given: str, at: datetime) -> bool:
    """Whether it is the code of that moment or the one before. Both are always compared, in constant time."""
    step = _step(at)
    sent = given.strip().encode()
    found = [hmac.compare_digest(sent, _of_step(key, session, one).encode()) for one in (step, step - 1)]
    return any(found)


def seconds_left(at: datetime) -> int:
    """How long the code of that moment stays."""
    return STEP_S - int(at.timestamp()) % STEP_S


def is_open(starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether codes count at that moment."""
    return starts_at - BEFORE <= at <= ends_at


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_S


def _of_step(key: bytes, session: UUID, step: int) -> str:
    said = session.bytes + step.to_bytes(8, "big", signed=True)
    number = int.from_bytes(hmac.new(key, said, hashlib.sha256).digest()[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"
