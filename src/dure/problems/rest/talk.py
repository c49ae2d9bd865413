"""REST: the discussion of a problem."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems import access, rules_talk
from dure.problems.access_talk import access_message, access_thread
from dure.problems.actions import talk
from dure.problems.models import Message, Problem
from dure.problems.queries import talk as queries

router = Router()
SUBMIT = people.require_scope("submit")


class ThreadIn(Schema):
    """A thread to begin; the body is Markdown."""

    title: str = Field(max_length=rules_talk.LONGEST_TITLE)
    body: str = Field(max_length=rules_talk.LONGEST_BODY)


class ReplyIn(Schema):
    """A reply in Markdown."""

    body: str = Field(max_length=rules_talk.LONGEST_BODY)


class AnswerIn(Schema):
    """Whether the hosts stand behind this message."""

    chosen: bool


class HideIn(Schema):
    """Whether the message is hidden, and why; its author reads the reason."""

    hidden: bool
    reason: str = Field("", max_length=300)


class TalkMessageOut(Schema):
    """A message; title and body are empty where a moderator hid it from you."""

    uid: UUID
    title: str
    body: str
    author_ko: str
    author_en: str
    is_answer: bool
    hidden: bool
    created_at: datetime


class ThreadOut(TalkMessageOut):
    """A thread in a list."""

    replies: int
    answered: bool
    last_at: datetime


def message_out(told: queries.Line) -> dict[str, Any]:
    row, author = told.message, told.message.author
    return {
        "uid": row.uid,
        "title": told.title,
        "body": told.body,
        "author_ko": author.name_ko or author.name_en,
        "author_en": author.name_en or author.name_ko,
        "is_answer": row.is_answer,
        "hidden": row.hidden_at is not None,
        "created_at": row.created_at,
    }


def thread_out(told: queries.Line) -> dict[str, Any]:
    row: Any = told.message
    more = {"replies": row.reply_count, "answered": row.answered, "last_at": row.last_at}
    return message_out(told) | more


def _threads(request: HttpRequest, problem: Problem, words: str) -> dict[str, Any]:
    found = page_out(request, queries.threads_of(problem, words), lambda row: row)
    moderates = queries.may_moderate(person_of(request), problem)
    told = queries.lines(found["items"], problem, moderates=moderates)
    return {**found, "items": [thread_out(one) for one in told]}


def _one(request: HttpRequest, message: Message) -> dict[str, Any]:
    moderates = queries.may_moderate(person_of(request), message.problem)
    return message_out(queries.lines([message], message.problem, moderates=moderates)[0])


@router.get(
    "/problems/{uuid:uid}/threads", response={200: PageOut[ThreadOut], **ERRORS}, summary="List threads"
)
def list_threads(request: HttpRequest, uid: UUID, q: str = "", page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - page is read by page_of
    return _threads(request, access.access_problem(person_of(request), uid), q)


@router.post(
    "/problems/{uuid:uid}/threads",
    auth=SUBMIT,
    response={201: TalkMessageOut, **ERRORS},
    summary="Begin a thread",
)
def post_thread(request: HttpRequest, uid: UUID, body: ThreadIn) -> Any:
    person = person_of(request)
    problem = access.access_problem(person, uid)
    made = talk.start_thread(by=person, problem=problem, title=body.title, body=body.body)
    return Status(201, _one(request, made))


@router.get(
    "/challenges/{slug}/threads",
    response={200: PageOut[ThreadOut], **ERRORS},
    summary="List threads of a challenge",
)
def list_challenge_threads(request: HttpRequest, slug: str, q: str = "", page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - same
    return _threads(request, access.access_challenge(person_of(request), slug).problem, q)


@router.post(
    "/challenges/{slug}/threads",
    auth=SUBMIT,
    response={201: TalkMessageOut, **ERRORS},
    summary="Begin a thread in a challenge",
)
def post_challenge_thread(request: HttpRequest, slug: str, body: ThreadIn) -> Any:
    person = person_of(request)
    problem = access.access_challenge(person, slug).problem
    made = talk.start_thread(by=person, problem=problem, title=body.title, body=body.body)
    return Status(201, _one(request, made))


@router.get(
    "/threads/{uuid:uid}/messages",
    response={200: PageOut[TalkMessageOut], **ERRORS},
    summary="The messages of a thread",
)
def list_messages(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - same
    person = person_of(request)
    thread = access_thread(person, uid)
    found = page_out(request, queries.messages_of(thread), lambda row: row)
    moderates = queries.may_moderate(person, thread.problem)
    told = queries.lines(found["items"], thread.problem, moderates=moderates)
    return {**found, "items": [message_out(one) for one in told]}


@router.post(
    "/threads/{uuid:uid}/messages",
    auth=SUBMIT,
    response={201: TalkMessageOut, **ERRORS},
    summary="Reply in a thread",
)
def post_message(request: HttpRequest, uid: UUID, body: ReplyIn) -> Any:
    person = person_of(request)
    made = talk.reply(by=person, thread=access_thread(person, uid), body=body.body)
    return Status(201, _one(request, made))


@router.post(
    "/messages/{uuid:uid}/answer",
    auth=people.require_scope("host"),
    response={200: TalkMessageOut, **ERRORS},
    summary="Mark or unmark as the hosts' answer",
)
def post_answer(request: HttpRequest, uid: UUID, body: AnswerIn) -> Any:
    person = person_of(request)
    message = access_message(person, uid)
    return _one(request, talk.mark_answer(by=person, message=message, chosen=body.chosen))


@router.post(
    "/messages/{uuid:uid}/hide",
    auth=people.require_scope("host"),
    response={200: TalkMessageOut, **ERRORS},
    summary="Hide a message or show it again",
)
def post_hide(request: HttpRequest, uid: UUID, body: HideIn) -> Any:
    person = person_of(request)
    message = access_message(person, uid)
    change = talk.hide if body.hidden else talk.unhide
    return _one(request, change(by=person, message=message, reason=body.reason))
