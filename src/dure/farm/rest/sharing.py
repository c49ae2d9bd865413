"""What the routes of shared capacity have in common."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from dure.foundation.access import Hidden
from dure.foundation.rest import Text
from dure.people import api as people

Slug = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=2000)]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]


class FarmActIn(Schema):
    """An action of the workflow with what it asks for; the others are ignored."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Long = ""
    hours: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


def act_data(body: FarmActIn) -> dict[str, Any]:
    given: dict[str, Any] = {"reason": body.reason}
    return {**given, "hours": body.hours} if body.hours else given


def own_organisation(person: people.Person, slug: str) -> people.Organisation:
    """One of the caller's organisations. Others are not there."""
    mine = people.own_organisations(person).filter(slug=slug).first()
    if mine is None:
        raise Hidden(slug)
    return mine
