"""Writing the audit trail: who did what, when, on which object, from where."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from dure.foundation.access import Actor, Nobody
from dure.foundation.models import AuditEntry

_origin: ContextVar[str] = ContextVar("audit_origin", default="")
SECRET_WORDS = ("password", "secret", "token", "key", "file")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@contextmanager
def origin(address: str) -> Iterator[None]:
    """Everything written inside came from this network address (or this command)."""
    token = _origin.set(address[:64])
    try:
        yield
    finally:
        _origin.reset(token)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, to which object. `detail` must be plain JSON values; secrets are dropped by name."""

    action: str
    obj: models.Model | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def write(
    *, by: Actor, action: str, obj: models.Model | None = None, detail: Mapping[str, Any] | None = None
) -> None:
    """Append one entry; see `Deed`."""
    write_all(by=by, deeds=[Deed(action, obj, detail or {})])


def write_all(*, by: Actor, deeds: Iterable[Deed]) -> None:
    """Append an entry for each deed, in their order."""
    AuditEntry.objects.bulk_create([_entry(by, deed) for deed in deeds], batch_size=1_000)


def _entry(by: Actor, deed: Deed) -> AuditEntry:
    return AuditEntry(
        actor_id=by.pk,
        actor_name=by.name if isinstance(by, Nobody) else "",
        action=deed.action,
        entity=deed.obj._meta.label if deed.obj else "",  # noqa: SLF001 - Django's documented name
        uid=getattr(deed.obj, "uid", None),
        detail=plain(deed.detail),
        origin=_origin.get(),
    )


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The part of `data` that can stand in a trail: JSON values, no secrets, long texts cut."""
    return {
        key: _plain_value(value)
        for key, value in data.items()
        if not any(word in key.lower() for word in SECRET_WORDS)
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, bool | int | None) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(getattr(value, "uid", value.pk))
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(item) for item in list(value)[:50]]
    if isinstance(value, Mapping):
        return plain({str(key): item for key, item in value.items()})
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(value)[:500])
