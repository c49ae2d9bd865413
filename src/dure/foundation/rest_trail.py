"""REST: the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from dure.foundation.models import AuditEntry
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.foundation.trail import trail

router = Router(tags=["audit"])


class EntryOut(Schema):
    """One entry of the trail."""

    at: datetime
    actor: str
    action: str
    entity: str
    uid: UUID | None
    detail: dict[str, Any]
    origin: str


def entry_out(entry: AuditEntry) -> dict[str, Any]:
    actor = str(entry.actor) if entry.actor else entry.actor_name
    return {
        "at": entry.at,
        "actor": actor,
        "action": entry.action,
        "entity": entry.entity,
        "uid": entry.uid,
        "detail": entry.detail,
        "origin": entry.origin,
    }


@router.get("/audit", response={200: PageOut[EntryOut], **ERRORS}, summary="The audit trail, newest first")
def list_entries(request: HttpRequest, page: int = 1, action: str = "", uid: str = "") -> dict[str, Any]:  # noqa: ARG001 - page_of reads it
    return page_out(request, trail(person_of(request), {"action": action, "uid": uid}), entry_out)
