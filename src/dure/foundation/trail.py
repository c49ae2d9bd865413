"""Reading the audit trail: for auditors, and for nobody who could wish it otherwise alone."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import SIGN_IN, Denied, Refused, Role, has_role
from dure.foundation.models import AuditEntry

READERS = (Role.AUDITOR, Role.SECRETARIAT)
NOT_A_READER = Refused("not_auditor", _("Only auditors and the secretariat read the trail."))
COLUMNS = ("at", "actor", "action", "entity", "uid", "detail", "origin")


def trail(person: Any, asked: Mapping[str, str]) -> "QuerySet[AuditEntry]":
    """Entries, newest first, by the action's beginning (`action`) and the object (`uid`). Raises Denied."""
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    if not has_role(person, *READERS):
        raise Denied(NOT_A_READER)
    rows = AuditEntry.objects.select_related("actor").order_by("-id")
    if asked.get("action"):
        rows = rows.filter(action__startswith=asked["action"].strip())
    if asked.get("uid"):
        rows = rows.filter(uid__in=_uids(asked["uid"]))
    return rows


def _uids(text: str) -> list[UUID]:
    try:
        return [UUID(text.strip())]
    except (ValueError, ValidationError):
        return []


def as_csv(entries: Iterable[AuditEntry]) -> str:
    """Entries as CSV; a cell that a spreadsheet would run as a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(value) for value in _cells(entry)] for entry in entries)
    return out.getvalue()


def _cells(entry: AuditEntry) -> list[Any]:
    actor = str(entry.actor) if entry.actor else entry.actor_name
    return [
        entry.at.isoformat(),
        actor,
        entry.action,
        entry.entity,
        entry.uid or "",
        entry.detail,
        entry.origin,
    ]


def inert(value: Any) -> Any:
    """A cell that no spreadsheet runs."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
