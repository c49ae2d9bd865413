"""What openings look like over REST."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from dure.engines import hiring
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of
from dure.foundation.rest import OfferOut, Text, offers_out
from dure.talent.models import Opening
from dure.talent.openings import queries, readiness, rules
from dure.talent.openings.suggesting import Suggested

Kind = Literal["job", "internship", "exchange", "secondment", "scholarship", "team_seat", "mentor"]
Title = Annotated[Text, Field(max_length=160)]
Body = Annotated[Text, Field(max_length=8000)]
Help = Annotated[Text, Field(max_length=2000)]
Amount = Annotated[int, Field(ge=0, lt=10**12)]
SAID = (
    "text_ko",
    "text_en",
    "languages",
    "starts_on",
    "ends_on",
    "weekly_hours",
    "steps",
    "accessibility_ko",
    "accessibility_en",
    "pay_from",
    "pay_to",
    "pay_currency",
    "pay_per",
    "opened_at",
)
LISTED = ("uid", "state", "kind", "title_ko", "title_en", "seats", "regions", "remote", "deadline")


class AskedIn(Schema):
    """How a list is narrowed; empty is any. `show` is `open` or `all`; `mine` leaves those that the caller looks after."""

    words: Text = ""
    kind: Text = ""
    region: Text = ""
    remote: Text = ""
    language: Text = ""
    skill: Text = ""
    organisation: Text = ""
    show: Literal["open", "all"] = "open"
    mine: Literal["", "1"] = ""


class OpeningStepIn(Schema):
    """One step of the selection, in one language or both."""

    ko: Annotated[Text, Field(max_length=200)] = ""
    en: Annotated[Text, Field(max_length=200)] = ""


class OpeningIn(Schema):
    """What is said of an opening.

    `regions` holds ISO 3166-2:KR codes, and abroad ISO 3166-1 codes; `languages` maps ISO 639-1 codes to levels 1 (A1) to 6 (C2).
    A field that hiring law forbids, or that an opening does not have, is refused.
    """

    title_ko: Title = ""
    title_en: Title = ""
    text_ko: Body = ""
    text_en: Body = ""
    seats: Annotated[int, Field(ge=1, le=10_000)] = 1
    regions: Annotated[list[Text], Field(max_length=40)] = []
    remote: Literal["no", "partly", "fully"] = "no"
    languages: Annotated[dict[Text, int], Field(max_length=10)] = {}
    starts_on: date | None = None
    ends_on: date | None = None
    weekly_hours: Annotated[int, Field(ge=1, le=52)] | None = None
    deadline: datetime
    steps: Annotated[list[OpeningStepIn], Field(max_length=12)] = []
    accessibility_ko: Help = ""
    accessibility_en: Help = ""
    pay_from: Amount | None = None
    pay_to: Amount | None = None
    pay_currency: Annotated[Text, Field(max_length=3)] = ""
    pay_per: Literal["", "hour", "day", "week", "month", "year", "once"] = ""


class NewOpeningIn(OpeningIn):
    """The same, with its kind and the slug of the organisation that offers it."""

    organisation: Text
    kind: Kind


class RequirementIn(Schema):
    """A skill by its slug, with a level 1 to 4; `weight` counts among the welcome ones."""

    skill: Annotated[Text, Field(max_length=60)]
    level: Annotated[int, Field(ge=1, le=4)]
    is_must: bool = True
    weight: Annotated[float, Field(ge=0, le=1)] = 1.0


class RequirementsIn(Schema):
    """All skills that are asked for."""

    requirements: Annotated[list[RequirementIn], Field(max_length=20)]


class RequirementOut(Schema):
    skill: str
    level: int
    is_must: bool
    weight: float


class PassageOut(Schema):
    """Words of the text, with what stands before and after them."""

    before: str
    found: str
    after: str


class DismissIn(Schema):
    """A skill that the text names, by its slug; `is_dismissed` false has it suggested again."""

    skill: Annotated[Text, Field(max_length=60)]
    is_dismissed: bool = True


class SuggestedOut(Schema):
    """A skill that the text names; `level_said` is false where the level is only the usual one."""

    skill: str
    level: int
    level_said: bool
    is_must: bool
    places: list[PassageOut]


class LackOut(Schema):
    """One thing that keeps a draft from opening."""

    code: str
    message: str


class OpeningOut(Schema):
    """An opening as lists show it."""

    uid: UUID
    state: str
    kind: str
    organisation: str
    is_verified: bool
    title_ko: str
    title_en: str
    seats: int
    regions: list[str]
    remote: str
    deadline: datetime


class OpeningDetail(OpeningOut):
    """All of it, with the skills it asks for and what the caller may do; `lacks` is for who looks after it."""

    text_ko: str
    text_en: str
    languages: dict[str, int]
    starts_on: date | None
    ends_on: date | None
    weekly_hours: int | None
    steps: list[dict[str, str]]
    accessibility_ko: str
    accessibility_en: str
    pay_from: int | None
    pay_to: int | None
    pay_currency: str
    pay_per: str
    opened_at: datetime | None
    reason: str
    verified_at: datetime | None
    requirements: list[RequirementOut]
    lacks: list[LackOut]
    actions: list[OfferOut]


class OpeningActIn(Schema):
    """A move; `reason` is needed to withdraw."""

    action: Literal["open", "close", "reopen", "fill", "withdraw"]
    reason: Annotated[Text, Field(max_length=2000)] = ""


def opening_out(opening: Opening) -> dict[str, Any]:
    said = {name: getattr(opening, name) for name in LISTED}
    home = opening.organisation
    return said | {"organisation": home.slug, "is_verified": readiness.is_verified(home)}


def detail_out(request: HttpRequest, opening: Opening) -> dict[str, Any]:
    verified = queries.verification(opening.organisation)
    is_manager = bool(rules.may_manage(person_of(request), opening))
    lacks = readiness.lacks(opening) if is_manager and opening.state == "draft" else []
    rows = opening.requirements.values("skill", "level", "is_must", "weight")
    return (
        opening_out(opening)
        | {name: getattr(opening, name) for name in SAID}
        | {
            "reason": opening.reason,
            "verified_at": verified.at if verified else None,
            "requirements": list(rows),
            "lacks": [{"code": one.reason, "message": str(one.message)} for one in lacks],
            "actions": offers_out(request, opening),
        }
    )


def suggestion_out(one: Suggested) -> dict[str, Any]:
    named = ("level", "level_said", "is_must")
    said = {name: getattr(one, name) for name in named}
    return said | {"skill": one.skill.slug, "places": [asdict(place) for place in one.places]}


def said_of(request: HttpRequest, body: OpeningIn) -> dict[str, Any]:
    """What was sent, as `making` takes it. Raises Faulty for every field that an opening does not have."""
    names = [name[:80] for name in json.loads(request.body) if name not in type(body).model_fields]
    forbidden = hiring.forbidden_fields(names)
    faults = [
        Fault(
            "hiring_field_forbidden" if name in forbidden else "opening_field_unknown",
            {"value": name},
            place=name,
        )
        for name in names
    ]
    if faults:
        raise Faulty(faults)
    return body.model_dump() | {"problem": None}
