"""REST of verified organisations: for the secretariat."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.foundation.access import demand
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people
from dure.talent.openings import queries, readiness, rules, verifying

router = Router()
SUBMIT = people.require_scope("submit")


class VerifiedOut(Schema):
    """An organisation; `waits` where it has openings in preparation and is not verified."""

    uid: UUID
    organisation: str
    is_verified: bool
    papers: str
    verified_at: datetime | None
    waits: bool


class VerifyIn(Schema):
    """`verify` with the papers named, or `take_back` with a reason, which closes its open openings."""

    action: Literal["verify", "take_back"]
    papers: Annotated[Text, Field(max_length=300)] = ""
    reason: Annotated[Text, Field(max_length=2000)] = ""


class VerifyOut(Schema):
    """What became of it: how many openings closed."""

    is_verified: bool
    closed: int


def verified_out(organisation: Any) -> dict[str, Any]:
    is_verified = readiness.is_verified(organisation)
    row = organisation.verified_for_openings if is_verified else None
    return {
        "uid": organisation.uid,
        "organisation": organisation.slug,
        "is_verified": is_verified,
        "papers": row.papers if row else "",
        "verified_at": row.at if row else None,
        "waits": organisation.waits,
    }


@router.get(
    "/openings/verified",
    auth=SUBMIT,
    response={200: PageOut[VerifiedOut], **ERRORS},
    summary="Verified organisations",
)
def list_verified(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """All organisations, those that wait to be verified first."""
    demand(rules.may_verify(people.signed_in(request)))
    return page_out(request, queries.to_verify(), verified_out)


@router.post(
    "/openings/verified/{uuid:uid}",
    auth=SUBMIT,
    response={200: VerifyOut, **ERRORS},
    summary="Verify an organisation, or take it back",
)
def post_verified(request: HttpRequest, uid: UUID, body: VerifyIn) -> Any:
    person = people.signed_in(request)
    demand(rules.may_verify(person))
    organisation = people.access_organisation(person, uid)
    if body.action == "verify":
        verifying.verify(organisation, by=person, papers=body.papers)
        return {"is_verified": True, "closed": 0}
    closed = verifying.take_back(organisation, by=person, reason=body.reason)
    return {"is_verified": False, "closed": closed}
