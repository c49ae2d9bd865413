"""An issuer with two keys, and awards that it signs: what the tests of credentials begin with."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from dure.engines import credentials as ob

HOST = "https://dure.example"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LIST = f"{HOST}/badges/status/1"
ISSUER = ob.Issuer(url=f"{HOST}/badges/issuer", name="두레 AI 얼라이언스", home=HOST)


@cache
def _made(_number: int) -> str:
    return ob.fresh_pem()


def pem(number: int = 1) -> str:
    """A private key; the same number is the same key."""
    return _made(number)


@cache
def _jwk(number: int) -> dict[str, Any]:
    return ob.public_jwk(pem(number))


def signing_key(number: int = 1) -> ob.SigningKey:
    return ob.SigningKey(f"{HOST}/badges/keys/{ob.thumbprint(_jwk(number))}", pem(number))


def public_key(number: int = 1, issuer: str = ISSUER.url) -> ob.PublicKey:
    return ob.PublicKey(signing_key(number).kid, _jwk(number), issuer)


def award(**fields: Any) -> ob.Award:
    """A badge with everything that a badge can have."""
    achievement = ob.Achievement(
        url=f"{HOST}/learn/industry-ai-101",
        name=ob.Text("산업 AI 실무 101", "Industry AI practice 101"),
        description=ob.Text("현장 데이터로 배우는 열두 시간.", "Twelve hours on real data."),
        criteria=ob.Text("모든 실습 80점 이상", "Every lab with 80 points or more"),
        skills=(
            ob.Skill(
                name=ob.Text("시간 순 분할", "Time-based split"),
                url=f"{HOST}/skills/time-split",
                framework="Dure",
                code="time-split",
            ),
        ),
        creator=ob.Issuer(
            url=f"{HOST}/organisations/hanbit", name="한빛대학교", home=f"{HOST}/organisations/hanbit"
        ),
    )
    given: dict[str, Any] = {
        "url": f"{HOST}/badges/0198",
        "issuer": ISSUER,
        "achievement": achievement,
        "subject": f"{ob.HOLDER}019a0000-0000-7000-8000-000000000001",
        "holder": ob.Text("김하늘", "Haneul Kim"),
        "awarded_at": NOW - timedelta(days=30),
        "results": (ob.Result(key="labs", name=ob.Text("실습", "Labs"), value="92", required="80"),),
        "evidence": (ob.Evidence(url=f"{HOST}/challenges/engine-life", name=ob.Text("제출", "Submission")),),
        "place": ob.Place(LIST, 94_567),
    }
    return ob.Award(**{**given, **fields})


def token(number: int = 1, **fields: Any) -> str:
    return ob.sign(ob.payload(award(**fields)), signing_key(number))


def signed(payload: Mapping[str, Any], number: int = 1) -> str:
    return ob.sign(payload, signing_key(number))


def body(**changes: Any) -> dict[str, Any]:
    """The payload of an award with other values at the top; None takes one out."""
    made = ob.payload(award()) | changes
    return {name: value for name, value in made.items() if value is not None}


def decoded(text: str) -> dict[str, Any]:
    """The payload of a token, unchecked."""
    part = text.split(".")[1]
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert isinstance(found, dict)
    return found


def spelt(raw: bytes) -> str:
    """Bytes as a part of a token."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def part(value: Any) -> str:
    """A value as a part of a token, as a forger would write it."""
    return spelt(json.dumps(value).encode())


def nobody_revoked(place: ob.Place) -> bool | None:
    return False if place.url == LIST else None


def verdict(
    text: str,
    *,
    keys: Iterable[ob.PublicKey] | None = None,
    is_revoked: Callable[[ob.Place], bool | None] = nobody_revoked,
    now: datetime = NOW,
) -> ob.Verdict:
    known = [public_key()] if keys is None else keys
    return ob.verify(text, keys=known, is_revoked=is_revoked, now=now)
