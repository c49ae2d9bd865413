"""The shape in which needs, workrooms and challenges give what waits, so that one query can ask for all of it."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, F, Field, JSONField, QuerySet, Value
from django.db.models.functions import Cast


def _nothing(kind: "Field[Any, Any]") -> Cast:
    """NULL of this type: a union would take a bare one for text."""
    return Cast(Value(None), kind)


class Row(NamedTuple):
    """One thing that waits; `findings` is JSON as text. What a kind does not have is None or ""."""

    kind: str
    state: str
    key: str
    title_ko: str
    title_en: str
    day: date | None
    moment: datetime | None
    findings: str | None
    reason: str


def shaped(
    rows: "QuerySet[Any, Any]", kind: str, *, key: str, titles: tuple[Any, Any], **more: Any
) -> "QuerySet[Any, Any]":
    """Rows with the columns of `Row`; `more` gives the last four where a kind has them."""
    columns = (
        Value(kind),
        F("state"),
        Cast(key, CharField()),
        *titles,
        more.get("day", _nothing(DateField())),
        more.get("moment", _nothing(DateTimeField())),
        more.get("findings", _nothing(JSONField())),
        more.get("reason", Value("")),
    )
    found: QuerySet[Any, Any] = rows.values_list(*columns)
    return found
