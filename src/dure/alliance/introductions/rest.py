"""REST of what comes of a startup: introductions, rounds, what became of it; and what a batch came to."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.incubation.access import access_batch, access_inside
from dure.alliance.introductions import noting, queries, rules
from dure.alliance.introductions.pages import access_introduction
from dure.alliance.models import StartupIntroduction
from dure.foundation import workflow
from dure.foundation.access import demand
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Words = Annotated[Text, Field(max_length=500)]


class StartupIntroductionIn(Schema):
    """To a member (its slug), or to a partner elsewhere by its name."""

    organisation: Annotated[Text, Field(max_length=60)] = ""
    partner: Annotated[Text, Field(max_length=160)] = ""
    country: Annotated[Text, Field(max_length=2)] = "KR"
    what: Words


class StartupIntroductionOut(StartupIntroductionIn):
    """With where it stands and what the caller may do now."""

    uid: UUID
    state: str
    asked_on: date
    poc_on: date | None
    contract_on: date | None
    reason: str
    actions: list[OfferOut]


class IntroductionActIn(Schema):
    """One of `actions`; `nothing` needs a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


class StartupRoundIn(Schema):
    """A round as far as it is disclosed: no `amount` where that is not."""

    kind: Literal["seed", "early", "late", "loan", "grant"]
    closed_on: date
    investors: Words = ""
    amount: Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2)] | None = None
    currency: Literal["KRW", "CAD", "USD", "EUR"] = "KRW"


class StartupRoundOut(Schema):
    """The same; `amount` is text so that it stays exact, and empty where it is not disclosed."""

    uid: UUID
    kind: str
    closed_on: date
    investors: str
    amount: str
    currency: str


class StartupOutcomeIn(Schema):
    """What became of it."""

    kind: Literal["goes_on", "bought", "listed", "closed"]
    on: date
    words: Words = ""


class StartupOutcomeOut(StartupOutcomeIn):
    """The same."""

    uid: UUID


class RaisedOut(Schema):
    """Rounds, of how many the amount is disclosed, and the sums of those by currency as text."""

    rounds: int
    disclosed: int
    sums: dict[str, str]


class BatchSummaryOut(Schema):
    """What a batch came to."""

    applied: int
    taken_in: int
    inside: int
    graduated: int
    left: int
    alive: int
    introductions: int
    pocs: int
    contracts: int
    raised: RaisedOut


def introduction_out(request: HttpRequest, one: StartupIntroduction) -> dict[str, Any]:
    names = ("uid", "state", "partner", "country", "what", "asked_on", "poc_on", "contract_on", "reason")
    return {name: getattr(one, name) for name in names} | {
        "organisation": one.organisation.slug if one.organisation else "",
        "actions": offers_out(request, one),
    }


def round_out(one: Any) -> dict[str, Any]:
    names = ("uid", "kind", "closed_on", "investors", "currency")
    amount = "" if one.amount is None else f"{one.amount:f}"
    return {name: getattr(one, name) for name in names} | {"amount": amount}


def outcome_out(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "kind", "on", "words")}


def raised_out(found: queries.Raised) -> dict[str, Any]:
    sums = {code: f"{amount:f}" for code, amount in found.sums.items()}
    return {"rounds": found.rounds, "disclosed": found.disclosed, "sums": sums}


@router.get(
    "/incubation/{uuid:uid}/summary",
    auth=HOST,
    response={200: BatchSummaryOut, **ERRORS},
    summary="What a batch came to",
)
def get_summary(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    batch = access_batch(person, uid)
    demand(rules.reads_summary(person))
    found = queries.summary(batch)
    names = [name for name in BatchSummaryOut.model_fields if name != "raised"]
    return {name: getattr(found, name) for name in names} | {"raised": raised_out(found.raised)}


@router.get(
    "/startups/{uuid:uid}/introductions",
    auth=HOST,
    response={200: PageOut[StartupIntroductionOut], **ERRORS},
    summary="To whom a startup was introduced",
)
def get_introductions(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    case = access_inside(signed_in(request), uid)

    def out(one: StartupIntroduction) -> dict[str, Any]:
        one.case = case
        return introduction_out(request, one)

    return page_out(request, queries.introductions(case), out)


@router.post(
    "/startups/{uuid:uid}/introductions",
    auth=HOST,
    response={201: StartupIntroductionOut, **ERRORS},
    summary="Introduce a startup",
)
def post_introduction(request: HttpRequest, uid: UUID, body: StartupIntroductionIn) -> Any:
    person = signed_in(request)
    case = access_inside(person, uid)
    to = people.access_organisation(person, body.organisation) if body.organisation else None
    made = noting.introduce(case, by=person, given=body.dict() | {"organisation": to})
    return Status(201, introduction_out(request, made))


@router.post(
    "/startups/{uuid:uid}/introductions/{uuid:introduction}/actions",
    auth=HOST,
    response={200: StartupIntroductionOut, **ERRORS},
    summary="What came of an introduction",
)
def act_on_introduction(request: HttpRequest, uid: UUID, introduction: UUID, body: IntroductionActIn) -> Any:
    person = signed_in(request)
    case = access_inside(person, uid)
    one = access_introduction(case, introduction)
    workflow.perform(one, body.action, by=person, data={"reason": body.reason})
    return introduction_out(request, access_introduction(case, introduction))


@router.get(
    "/startups/{uuid:uid}/rounds",
    auth=HOST,
    response={200: PageOut[StartupRoundOut], **ERRORS},
    summary="Who invested in a startup, as far as disclosed",
)
def get_rounds(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    case = access_inside(signed_in(request), uid)
    return page_out(request, case.rounds.order_by("-closed_on", "-pk"), round_out)


@router.post(
    "/startups/{uuid:uid}/rounds",
    auth=HOST,
    response={201: StartupRoundOut, **ERRORS},
    summary="Write a round of investment down",
)
def post_round(request: HttpRequest, uid: UUID, body: StartupRoundIn) -> Any:
    person = signed_in(request)
    return Status(201, round_out(noting.invest(access_inside(person, uid), by=person, given=body.dict())))


@router.get(
    "/startups/{uuid:uid}/outcomes",
    auth=HOST,
    response={200: PageOut[StartupOutcomeOut], **ERRORS},
    summary="What became of a startup",
)
def get_outcomes(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    case = access_inside(signed_in(request), uid)
    return page_out(request, case.outcomes.order_by("-on", "-pk"), outcome_out)


@router.post(
    "/startups/{uuid:uid}/outcomes",
    auth=HOST,
    response={201: StartupOutcomeOut, **ERRORS},
    summary="Write down what became of a startup",
)
def post_outcome(request: HttpRequest, uid: UUID, body: StartupOutcomeIn) -> Any:
    person = signed_in(request)
    return Status(201, outcome_out(noting.became(access_inside(person, uid), by=person, given=body.dict())))
