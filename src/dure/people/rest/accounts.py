"""Accounts and platform roles over REST, for the secretariat and operators."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from dure.foundation.access import Role, demand
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import queries, rules
from dure.people.actions import roles
from dure.people.models import Person
from dure.people.signed_in import signed_in
from dure.people.visibility import access_person

router = Router(tags=["people"])


class AccountOut(Schema):
    uid: UUID
    email: str | None
    name_ko: str
    name_en: str
    roles: list[Role]
    is_active: bool
    created_at: datetime


class ActiveIn(Schema):
    is_active: bool


class ChangeOut(Schema):
    """Who gave or took which role, or closed or opened the account."""

    at: datetime
    action: str
    role: str | None
    by: UUID | None


def change_out(entry: Any) -> dict[str, Any]:
    return {
        "at": entry.at,
        "action": entry.action,
        "role": entry.detail.get("role"),
        "by": entry.actor.uid if entry.actor else None,
    }


def _parties(request: HttpRequest, uid: UUID) -> tuple[Person, Person]:
    reader = signed_in(request)
    demand(rules.only_secretariat_or_operator(reader))
    return reader, access_person(reader, uid)


@router.get("/accounts", response={200: PageOut[AccountOut], **ERRORS})
def list_accounts(request: HttpRequest, q: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    demand(rules.only_secretariat_or_operator(signed_in(request)))
    return page_out(request, queries.accounts(q), AccountOut.from_orm)


@router.put("/accounts/{uuid:uid}/roles/{role}", response={200: AccountOut, **ERRORS})
def grant_role(request: HttpRequest, uid: UUID, role: Role) -> Any:
    reader, subject = _parties(request, uid)
    return roles.grant_role(subject, role, by=reader)


@router.delete("/accounts/{uuid:uid}/roles/{role}", response={200: AccountOut, **ERRORS})
def revoke_role(request: HttpRequest, uid: UUID, role: Role) -> Any:
    reader, subject = _parties(request, uid)
    return roles.revoke_role(subject, role, by=reader)


@router.get("/accounts/{uuid:uid}/history", response={200: PageOut[ChangeOut], **ERRORS})
def account_history(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - as above
    _reader, subject = _parties(request, uid)
    return page_out(request, roles.role_history(subject), change_out)


@router.patch("/accounts/{uuid:uid}", response={200: AccountOut, **ERRORS})
def set_active(request: HttpRequest, uid: UUID, body: ActiveIn) -> Any:
    """Close an account, or open it again."""
    reader, subject = _parties(request, uid)
    return roles.set_active(subject, by=reader, active=body.is_active)
