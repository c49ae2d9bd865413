"""REST of votes: the list, one of them with rule and result, preparing, moves, the ballot, the published list."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from dure.alliance.models import Vote, VoteElector
from dure.alliance.roundtables.access import access_roundtable
from dure.alliance.topics.access import access_topic
from dure.alliance.votes import access, casting, drafting, queries, words
from dure.engines import voting
from dure.foundation import workflow
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=200)]
Words = Annotated[Text, Field(max_length=4000)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


class VoteOut(Schema):
    """A vote that the caller may read."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    opened_at: datetime | None
    closes_at: datetime
    reach: str


class VoteItemOut(Schema):
    """A topic on the ballot; `key` is its number as an option, `won` is None before the tally."""

    key: str
    topic: UUID
    title_ko: str
    title_en: str
    won: bool | None


class VoteDetail(VoteOut):
    """All of it. `rule` is the engine's, `rule_said` and `result_said` are its sentences; `digest` is of the published list."""

    about_ko: str
    about_en: str
    roundtable: UUID | None
    rule: dict[str, Any]
    rule_said: list[str]
    extension_days: int
    items: list[VoteItemOut]
    may_vote: bool
    has_cast: bool
    result_said: list[str]
    digest: str
    reason: str
    actions: list[OfferOut]


class VoteIn(Schema):
    """What is voted on, and the rule; `topics` are uids of topics under discussion."""

    title_ko: Title = ""
    title_en: Title = ""
    about_ko: Words = ""
    about_en: Words = ""
    topics: Annotated[list[UUID], Field(max_length=50)]
    method: Literal["motion", "approval", "ranking"]
    unit: Literal["person", "organisation"] = "person"
    quorum: Literal["none", "third", "half", "two_thirds"] = "half"
    majority: Literal["half", "two_thirds"] = "half"
    winners: int = 1
    most_approvals: int | None = None
    ties: Literal["chair", "open", "fails"] = "chair"
    closes_at: Moment
    extension_days: int = 7
    roundtable: UUID | None = None


class VoteActIn(Schema):
    """One of `actions`; `cancel` needs a `reason`, `settle` the `order` of the tied options."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    order: list[Annotated[Text, Field(max_length=8)]] = []


class BallotIn(Schema):
    """Options in tiers, the best first (one tier for a motion or an approval, none to abstain), and words of the voter's own."""

    choice: Annotated[
        list[Annotated[list[Annotated[Text, Field(max_length=8)]], Field(max_length=50)]],
        Field(max_length=50),
    ]
    nonce: Annotated[Text, Field(max_length=200)]


class BallotReceiptOut(Schema):
    """What the voter keeps. It is given once."""

    vote: str
    token: str
    nonce: str
    choice: list[list[str]]
    code: str


class PublishedBallotOut(Schema):
    """A ballot of the published list, without a name; `weight` is a fraction."""

    code: str
    choice: list[list[str]]
    weight: str


class VoteElectorOut(Schema):
    """Who may vote; `took_part` is None while the vote is open. No name where the account is gone."""

    name_ko: str
    name_en: str
    organisation: str | None
    took_part: bool | None


def vote_out(one: Vote) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", "opened_at", "closes_at", "reach")
    return {name: getattr(one, name) for name in names}


def item_out(one: Any) -> dict[str, Any]:
    topic = one.topic
    titles = {name: getattr(topic, name) for name in ("title_ko", "title_en")}
    return {"key": one.key, "topic": topic.uid, "won": one.won} | titles


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_vote(person, uid)
    items, elector, counted = queries.items(one), casting.elector_of(person, one), queries.result_of(one)
    names = ("about_ko", "about_en", "rule", "extension_days", "digest", "reason")
    return {
        **vote_out(one),
        **{name: getattr(one, name) for name in names},
        "roundtable": one.roundtable.uid if one.roundtable else None,
        "rule_said": words.rule_said(one),
        "items": [item_out(item) for item in items],
        "may_vote": elector is not None,
        "has_cast": elector is not None and elector.has_cast,
        "result_said": words.result_said(one, words.names_of(one, items), counted) if counted else [],
        "actions": offers_out(request, one),
    }


def given_of(person: Any, body: VoteIn) -> dict[str, Any]:
    """The body with rows in the place of uids. Raises Hidden for what the caller may not see."""
    topics = {uid: access_topic(person, uid) for uid in body.topics}
    roundtable = access_roundtable(person, body.roundtable) if body.roundtable else None
    return body.dict() | {"topics": list(topics.values()), "roundtable": roundtable}


@router.get("/votes", auth=HOST, response={200: PageOut[VoteOut], **ERRORS}, summary="Votes on topics")
def get_votes(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(signed_in(request), group=group), vote_out)


@router.post("/votes", auth=HOST, response={201: VoteDetail, **ERRORS}, summary="Prepare a vote")
def post_vote(request: HttpRequest, body: VoteIn) -> Any:
    person = signed_in(request)
    made = drafting.prepare(by=person, given=given_of(person, body))
    return Status(201, detail_out(request, made.uid))


@router.get("/votes/{uuid:uid}", auth=HOST, response={200: VoteDetail, **ERRORS}, summary="A vote")
def get_vote(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put("/votes/{uuid:uid}", auth=HOST, response={200: VoteDetail, **ERRORS}, summary="Prepare it anew")
def put_vote(request: HttpRequest, uid: UUID, body: VoteIn) -> Any:
    person = signed_in(request)
    vote = access.access_own(person, uid)
    drafting.edit(vote, by=person, given=given_of(person, body))
    return detail_out(request, uid)


@router.post(
    "/votes/{uuid:uid}/actions", auth=HOST, response={200: VoteDetail, **ERRORS}, summary="Move a vote"
)
def act_on_vote(request: HttpRequest, uid: UUID, body: VoteActIn) -> Any:
    person = signed_in(request)
    vote = access.access_vote(person, uid)
    data: dict[str, Any] = {name: value for name, value in body.dict(exclude={"action"}).items() if value}
    workflow.perform(vote, body.action, by=person, data=data)
    return detail_out(request, uid)


@router.post(
    "/votes/{uuid:uid}/ballot",
    auth=HOST,
    response={200: BallotReceiptOut, **ERRORS},
    summary="Cast a ballot, or another in its place; the answer is the receipt",
)
def cast_ballot(request: HttpRequest, response: HttpResponse, uid: UUID, body: BallotIn) -> Any:
    person = signed_in(request)
    choice = tuple(tuple(tier) for tier in body.choice)
    made = casting.cast(access.access_vote(person, uid), by=person, choice=choice, nonce=body.nonce)
    response["Cache-Control"] = "private, no-store"
    return {name: getattr(made, name) for name in ("vote", "token", "nonce", "choice", "code")}


@router.get(
    "/votes/{uuid:uid}/ballots",
    auth=HOST,
    response={200: PageOut[PublishedBallotOut], **ERRORS},
    summary="The published ballots of a vote, sorted by receipt code",
)
def get_ballots(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    vote = access.access_vote(signed_in(request), uid)
    if vote.state != "decided":
        raise Hidden(uid)
    return page_out(request, list(vote.published.rows), ballot_out, per_page=100)


def ballot_out(row: voting.Row) -> dict[str, Any]:
    return {"code": row.code, "choice": [list(tier) for tier in row.choice], "weight": str(row.weight)}


@router.get(
    "/votes/{uuid:uid}/electors",
    auth=HOST,
    response={200: PageOut[VoteElectorOut], **ERRORS},
    summary="Who may vote, and once it is over who took part",
)
def get_electors(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = signed_in(request)
    vote = access.access_vote(person, uid)
    if vote.opened_at is None or not queries.reads_electors(person, vote):
        raise Hidden(uid)
    is_over = "done" in vote.state_tags
    rows = vote.electors.select_related("person", "organisation").order_by("pk")
    return page_out(request, rows, lambda one: elector_out(one, is_over=is_over))


def elector_out(one: VoteElector, *, is_over: bool) -> dict[str, Any]:
    return {
        "name_ko": one.person.name_ko if one.person else "",
        "name_en": one.person.name_en if one.person else "",
        "organisation": one.organisation.slug if one.organisation else None,
        "took_part": one.has_cast if is_over else None,
    }
