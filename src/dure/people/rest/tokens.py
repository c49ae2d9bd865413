"""Personal access tokens over REST."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people.actions import tokens
from dure.people.models import PersonalAccessToken
from dure.people.signed_in import signed_in

router = Router(tags=["people"])


class TokenIn(Schema):
    name: str = Field(max_length=80)
    scopes: list[PersonalAccessToken.Scope] = Field(max_length=4)
    days: int = Field(90, ge=1, le=tokens.MAX_DAYS)


class TokenOut(Schema):
    """What may be shown of a token at any time."""

    uid: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewTokenOut(TokenOut):
    """A token just made: `token` is the secret, shown this once."""

    token: str


@router.get("/me/tokens", response={200: PageOut[TokenOut], **ERRORS})
def list_tokens(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    return page_out(request, tokens.tokens_of(signed_in(request)), TokenOut.from_orm)


@router.post("/me/tokens", response={201: NewTokenOut, **ERRORS})
def create_token(request: HttpRequest, body: TokenIn) -> Any:
    """Make a token. Its secret is in this answer and nowhere else."""
    made = tokens.create_token(signed_in(request), name=body.name, scopes=body.scopes, days=body.days)
    shown = TokenOut.from_orm(made.token).dict()
    return Status(201, NewTokenOut(token=made.plain, **shown))


@router.delete("/me/tokens/{uuid:uid}", response={200: TokenOut, **ERRORS})
def revoke_token(request: HttpRequest, uid: UUID) -> Any:
    return tokens.revoke_token(signed_in(request), uid)
