"""What was found about a credential: what it says, once its signature is known to be ours, and every fault at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.engines.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A credential's content as signed. Texts may hold both languages; `skills` and `evidence` are names with addresses."""

    url: str
    issuer: str
    holder: str
    subject: str
    name: str
    description: str
    criteria: str
    awarded_at: datetime
    expires_at: datetime | None
    skills: tuple[tuple[str, str], ...]
    results: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`said` is None unless one of the issuer's keys signed it: nobody vouches for anything else, so nothing of it is repeated."""

    faults: tuple[Fault, ...]
    said: Said | None = None

    @property
    def is_valid(self) -> bool:
        return not self.faults

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(fault.code for fault in self.faults)


def said_by(payload: Mapping[str, Any]) -> Said:
    """The content of a payload that has all its parts; see `checking.shape_faults`."""
    subject = payload["credentialSubject"]
    achievement = subject["achievement"]
    names = {_text(one, "id"): _text(one, "name") for one in _objects(achievement, "resultDescription")}
    return Said(
        url=payload["id"],
        issuer=_text(payload["issuer"], "name") or payload["issuer"]["id"],
        holder=next((_text(one, "identityHash") for one in _objects(subject, "identifier")), ""),
        subject=_text(subject, "id"),
        name=achievement["name"],
        description=achievement["description"],
        criteria=achievement["criteria"]["narrative"],
        awarded_at=datetime.fromisoformat(payload["validFrom"]),
        expires_at=datetime.fromisoformat(payload["validUntil"]) if "validUntil" in payload else None,
        skills=tuple(
            (_text(one, "targetName"), _text(one, "targetUrl")) for one in _objects(achievement, "alignment")
        ),
        results=tuple(
            (names.get(_text(one, "resultDescription"), ""), _text(one, "value"))
            for one in _objects(subject, "result")
        ),
        evidence=tuple((_text(one, "name"), _text(one, "id")) for one in _objects(payload, "evidence")),
    )


def _objects(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list, which may stand alone; what is none is left out."""
    found = value.get(name, [])
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if isinstance(one, dict)]


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name, "")
    return found if isinstance(found, str) else ""
