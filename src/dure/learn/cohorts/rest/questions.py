"""REST: questions to coaches and their answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import access, queries_coaching, rules, threads
from dure.learn.cohorts.pages.questions import thread
from dure.learn.models import CoachMessage
from dure.people import api as people

router = Router()
SUBMIT = people.require_scope("submit")


class CoachThreadOut(Schema):
    """A thread by its last message; without `unit` it is about anything. `waits`: for an answer of a coach."""

    place: UUID
    learner: str
    unit: str
    waits: bool
    last_at: datetime


class CoachMessageOut(Schema):
    """A message. `attempt` is what it refers to; the body is empty once its author's account is gone."""

    uid: UUID
    author: str
    is_learner: bool
    body: str
    attempt: UUID | None
    created_at: datetime


class CoachMessageIn(Schema):
    """Markdown. `attempt` is one of the learner's own at this unit's lab; coaches leave it out."""

    body: Annotated[Text, Field(max_length=threads.LONGEST)]
    unit: Annotated[Text, Field(max_length=60)] = ""
    attempt: UUID | None = None


def _thread_out(last: Any) -> dict[str, Any]:
    return {
        "place": last.place.uid,
        "learner": last.place.person.name,
        "unit": last.unit,
        "waits": bool(last.waits),
        "last_at": last.created_at,
    }


def _message_out(message: CoachMessage, learner: int) -> dict[str, Any]:
    return {
        "uid": message.uid,
        "author": message.author.name if message.author else "",
        "is_learner": message.author_id == learner,
        "body": message.body,
        "attempt": message.attempt.uid if message.attempt else None,
        "created_at": message.created_at,
    }


@router.get(
    "/cohorts/{uuid:uid}/questions",
    response={200: PageOut[CoachThreadOut], **ERRORS},
    summary="Questions to the coaches",
)
def list_questions(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """All for those who lead, what waits for an answer first; for a learner their own."""
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    own = None if rules.leads(person, cohort) else access.access_own_place(person, cohort)
    return page_out(request, queries_coaching.threads_of(cohort, place=own), _thread_out)


@router.get(
    "/cohorts/{uuid:uid}/questions/{uuid:place}",
    response={200: PageOut[CoachMessageOut], **ERRORS},
    summary="The messages of a thread",
)
def list_coach_messages(
    request: HttpRequest,
    uid: UUID,
    place: UUID,
    unit: str = "",
    page: int = 1,  # noqa: ARG001 - same
) -> Any:
    """Of one learner about one unit, or without `unit` about anything; the last first."""
    unit = unit.replace("\x00", "")
    _cohort, found = thread(person_of(request), uid, place, unit, "en")
    rows = queries_coaching.messages_of(found, unit)
    return page_out(request, rows, lambda one: _message_out(one, found.person_id))


@router.post(
    "/cohorts/{uuid:uid}/questions/{uuid:place}",
    auth=SUBMIT,
    response={201: CoachMessageOut, **ERRORS},
    summary="Ask a coach, or answer",
)
def post_coach_message(request: HttpRequest, uid: UUID, place: UUID, body: CoachMessageIn) -> Any:
    person = person_of(request)
    _cohort, found = thread(person, uid, place, body.unit, "en")
    made = threads.write(by=person, place=found, unit=body.unit, body=body.body, attempt=body.attempt)
    return Status(201, _message_out(made, found.person_id))
