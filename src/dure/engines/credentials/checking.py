"""What must hold of a payload, whoever signed it: all parts there, claims that agree with it, and the time."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dure.engines.credentials.payload import CONTEXTS, TYPES
from dure.engines.faults import Fault

_ACHIEVEMENT: Final = "credentialSubject.achievement"
# Open Badges 3.0 asks for these; a foreign verifier was seen to pass credentials without some of them.
REQUIRED: Final = (
    "id",
    "issuer.id",
    "credentialSubject",
    _ACHIEVEMENT,
    f"{_ACHIEVEMENT}.id",
    f"{_ACHIEVEMENT}.name",
    f"{_ACHIEVEMENT}.description",
    f"{_ACHIEVEMENT}.criteria.narrative",
    "iss",
    "jti",
)
TYPED: Final = (("credentialSubject", "AchievementSubject"), (_ACHIEVEMENT, "Achievement"))


def shape_faults(payload: Mapping[str, Any]) -> list[Fault]:
    """Every part that is missing, or is not what it must be."""
    missing = [path for path in REQUIRED if not _is_there(payload, path)]
    missing += [f"{path}.type" for path, name in TYPED if name not in _listed(_at(payload, f"{path}.type"))]
    if tuple(_listed(payload.get("@context"))[:2]) != CONTEXTS:
        missing.append("@context")
    if not set(TYPES) <= {one for one in _listed(payload.get("type")) if isinstance(one, str)}:
        missing.append("type")
    if not _holder_is_named(payload):
        missing.append("credentialSubject.id")
    missing += [name for name in ("validFrom", "nbf") if name not in payload]
    return [_missing(path) for path in dict.fromkeys(missing)] + _bad_times(payload)


def claim_faults(payload: Mapping[str, Any]) -> list[Fault]:
    """Registered claims that say something else than the credential beside them."""
    pairs = (("iss", "issuer.id"), ("jti", "id"), ("sub", "credentialSubject.id"))
    faults = [
        Fault("credential_claim", {"claim": claim}, place=path)
        for claim, path in pairs
        if claim in payload and payload[claim] != _at(payload, path)
    ]
    if "sub" not in payload and _at(payload, "credentialSubject.id"):
        faults.append(_missing("sub"))
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        if not _same_time(payload.get(claim), payload.get(name)):
            faults.append(Fault("credential_claim", {"claim": claim}, place=name))
    return faults


def time_faults(payload: Mapping[str, Any], now: datetime) -> list[Fault]:
    """Whether it is not valid yet, or no longer. Whichever of date and claim is stricter counts."""
    faults = []
    starts = [at for at in (_claimed(payload.get("nbf")), _read(payload.get("validFrom"))) if at]
    ends = [at for at in (_claimed(payload.get("exp")), _read(payload.get("validUntil"))) if at]
    if starts and now < max(starts):
        faults.append(Fault("credential_not_yet_valid", {"at": max(starts).isoformat()}))
    if ends and now >= min(ends):
        faults.append(Fault("credential_expired", {"at": min(ends).isoformat()}))
    return faults


def _missing(path: str) -> Fault:
    return Fault("credential_missing", {"field": path}, place=path)


def _bad_times(payload: Mapping[str, Any]) -> list[Fault]:
    read: dict[str, Callable[[Any], datetime | None]] = {
        "validFrom": _read,
        "validUntil": _read,
        "nbf": _claimed,
        "exp": _claimed,
    }
    return [
        Fault("credential_time", {"field": name}, place=name)
        for name, reader in read.items()
        if name in payload and reader(payload[name]) is None
    ]


def _read(value: Any) -> datetime | None:
    """A time with a zone; None for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def _claimed(value: Any) -> datetime | None:
    """A JWT's NumericDate; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _same_time(claim: Any, written: Any) -> bool:
    """Equal to the second, or both absent; what cannot be read is another fault's matter."""
    if claim is None or written is None:
        return claim is written
    claimed, read = _claimed(claim), _read(written)
    return claimed is None or read is None or int(claimed.timestamp()) == int(read.timestamp())


def _holder_is_named(payload: Mapping[str, Any]) -> bool:
    named = _at(payload, "credentialSubject.id")
    return bool(named and isinstance(named, str)) or bool(
        _listed(_at(payload, "credentialSubject.identifier"))
    )


def _is_there(payload: Mapping[str, Any], path: str) -> bool:
    """Whether there is a text, or for what holds other parts an object, at this path."""
    found = _at(payload, path)
    wanted: type = dict if path in dict(TYPED) else str
    return isinstance(found, wanted) and bool(found)


def _at(payload: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(payload, dict):
            return None
        payload = payload.get(name)
    return payload


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
