"""What the routes of shared capacity have in common."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field

from dure.foundation import workflow
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.people import api as people


def without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    if "\x00" in text:
        message = "a text cannot hold the character NUL"
        raise ValueError(message)
    return text


Text = Annotated[str, AfterValidator(without_nul)]
Slug = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=2000)]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]


class FarmOfferOut(Schema):
    """An action from the present state; `reason` says why it is refused now."""

    action: str
    label: str
    allowed: bool
    code: str = ""
    reason: str = ""


class FarmActIn(Schema):
    """An action of the workflow with what it asks for; the others are ignored."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Long = ""
    hours: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


def offers_out(request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
    """What the caller may do now, and why not the rest."""
    return [
        {
            "action": offer.transition.action,
            "label": str(offer.transition.label),
            "allowed": bool(offer.decision),
            "code": getattr(offer.decision, "reason", ""),
            "reason": str(getattr(offer.decision, "message", "")),
        }
        for offer in workflow.offers(obj, by=person_of(request))
    ]


def act_data(body: FarmActIn) -> dict[str, Any]:
    given: dict[str, Any] = {"reason": body.reason}
    return {**given, "hours": body.hours} if body.hours else given


def own_organisation(person: people.Person, slug: str) -> people.Organisation:
    """One of the caller's organisations. Others are not there."""
    mine = people.Organisation.objects.filter(pk__in=people.organisations_of(person), slug=slug).first()
    if mine is None:
        raise Hidden(slug)
    return mine
