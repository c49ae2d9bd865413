"""REST of topics: the list, one of them, moves, following, the discussion."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.models import Topic, TopicMessage
from dure.alliance.roundtables.access import access_roundtable
from dure.alliance.topics import access, adoption, following, proposing, queries
from dure.foundation import workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=200)]
Long = Annotated[Text, Field(max_length=8000)]
Words = Annotated[Text, Field(max_length=2000)]


class TopicOut(Schema):
    """A topic; `organisation` is a slug, None where a guru proposed it."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    field: str
    reach: str
    organisation: str | None
    created_at: datetime


class TopicBecameOut(Schema):
    """What a topic became; `url` and `state` are empty for who does not see it."""

    kind: str
    url: str
    state: str
    progress: str


class TopicDetail(TopicOut):
    """All of it, with what the caller may do now."""

    text_ko: str
    text_en: str
    why_ko: str
    why_en: str
    reason: str
    merged_into: UUID | None
    became: TopicBecameOut | None
    is_followed: bool
    actions: list[OfferOut]


class TopicText(Schema):
    """Its text, in Korean, in English or in both."""

    title_ko: Title = ""
    title_en: Title = ""
    text_ko: Long = ""
    text_en: Long = ""
    why_ko: Words = ""
    why_en: Words = ""
    field: Annotated[Text, Field(max_length=16)]
    reach: Annotated[Text, Field(max_length=12)] = "members"


class TopicIn(TopicText):
    """The same, with the organisation that proposes it (its slug); without one the caller does, as a guru."""

    organisation: Annotated[Text, Field(max_length=60)] | None = None


class TopicActIn(Schema):
    """One of `actions`; `merge`, `park`, `reject` and `withdraw` need a `reason`, `merge` a topic, `schedule` a roundtable.

    `adopt` needs a `kind`: `problem` with an `organisation` (its slug), `project` with a `track`, or `call`.
    """

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""
    into: UUID | None = None
    roundtable: UUID | None = None
    minutes: int | None = None
    kind: Annotated[Text, Field(max_length=20)] = ""
    organisation: Annotated[Text, Field(max_length=60)] | None = None
    track: Annotated[Text, Field(max_length=20)] = ""


class TopicFollowIn(Schema):
    """Whether the caller is to be told."""

    follow: bool


class TopicMessageIn(Schema):
    """A word of the discussion."""

    body: Annotated[Text, Field(min_length=1, max_length=4000, pattern=r"\S")]


class TopicMessageOut(Schema):
    """What was said, by whom; no name where the account is gone."""

    uid: UUID
    by: str
    body: str
    at: datetime


def topic_out(topic: Topic) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", "field", "reach", "created_at")
    return {name: getattr(topic, name) for name in names} | {
        "organisation": topic.organisation.slug if topic.organisation else None
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    topic = access.access_topic(person, uid)
    names = ("text_ko", "text_en", "why_ko", "why_en", "reason")
    return (
        topic_out(topic)
        | {name: getattr(topic, name) for name in names}
        | {
            "merged_into": topic.merged_into.uid if topic.merged_into else None,
            "became": became_out(adoption.became(person, topic)),
            "is_followed": following.follows(topic, person),
            "actions": offers_out(request, topic),
        }
    )


def message_out(one: TopicMessage) -> dict[str, Any]:
    return {"uid": one.uid, "by": one.by.name if one.by else "", "body": one.body, "at": one.at}


def became_out(found: adoption.Became | None) -> dict[str, str] | None:
    if found is None:
        return None
    seen = found.seen
    state, progress, url = (seen.row.state, seen.progress, seen.url) if seen else ("", "", "")
    return {"kind": found.adoption.kind, "url": url, "state": state, "progress": progress}


@router.get("/topics", auth=None, response={200: PageOut[TopicOut], **ERRORS}, summary="Topics")
def get_topics(request: HttpRequest, group: str = "", field: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(person_of(request), group=group, field=field), topic_out)


@router.post("/topics", auth=HOST, response={201: TopicDetail, **ERRORS}, summary="Propose a topic")
def post_topic(request: HttpRequest, body: TopicIn) -> Any:
    person, given = signed_in(request), body.dict()
    slug = given["organisation"]
    given["organisation"] = people.access_organisation(person, slug) if slug else None
    made = proposing.propose(by=person, given=given)
    return Status(201, detail_out(request, made.uid))


@router.get("/topics/{uuid:uid}", auth=None, response={200: TopicDetail, **ERRORS}, summary="A topic")
def get_topic(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/topics/{uuid:uid}", auth=HOST, response={200: TopicDetail, **ERRORS}, summary="Change a topic's text"
)
def put_topic(request: HttpRequest, uid: UUID, body: TopicText) -> Any:
    person = signed_in(request)
    proposing.edit(access.access_topic(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post(
    "/topics/{uuid:uid}/actions", auth=HOST, response={200: TopicDetail, **ERRORS}, summary="Move a topic"
)
def act_on_topic(request: HttpRequest, uid: UUID, body: TopicActIn) -> Any:
    person = signed_in(request)
    topic = access.access_topic(person, uid)
    data: dict[str, Any] = {"reason": body.reason}
    if body.into is not None:
        data["into"] = access.access_topic(person, body.into)
    if body.kind:
        organisation = people.access_organisation(person, body.organisation) if body.organisation else None
        data |= {"kind": body.kind, "organisation": organisation, "track": body.track}
    if body.roundtable is not None:
        data |= {"roundtable": access_roundtable(person, body.roundtable), "minutes": body.minutes}
    workflow.perform(topic, body.action, by=person, data=data)
    return detail_out(request, uid)


@router.post(
    "/topics/{uuid:uid}/follow", auth=HOST, response={200: TopicDetail, **ERRORS}, summary="Follow a topic"
)
def follow_topic(request: HttpRequest, uid: UUID, body: TopicFollowIn) -> Any:
    person = signed_in(request)
    topic = access.access_topic(person, uid)
    change = following.follow if body.follow else following.unfollow
    change(topic, by=person)
    return detail_out(request, uid)


@router.get(
    "/topics/{uuid:uid}/messages",
    auth=None,
    response={200: PageOut[TopicMessageOut], **ERRORS},
    summary="The discussion of a topic",
)
def get_topic_messages(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    topic = access.access_topic(person_of(request), uid)
    return page_out(request, queries.messages_of(topic), message_out)


@router.post(
    "/topics/{uuid:uid}/messages",
    auth=HOST,
    response={201: TopicMessageOut, **ERRORS},
    summary="Write in the discussion of a topic",
)
def post_topic_message(request: HttpRequest, uid: UUID, body: TopicMessageIn) -> Any:
    person = signed_in(request)
    made = proposing.write(access.access_topic(person, uid), by=person, body=body.body)
    return Status(201, message_out(made))
