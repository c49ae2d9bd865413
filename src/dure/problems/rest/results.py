"""REST: results of people, for whom they are to see."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from dure.foundation.access import SIGN_IN, Denied
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems.models import ResultRecord
from dure.problems.queries.results import results_of
from dure.problems.rest.result_shapes import ResultFigures, figures_of

router = Router()


class PersonResultOut(ResultFigures):
    """What a person took away from a finished challenge; `low` and `high` bound the score, `rank_low` and `rank_high` the rank."""

    challenge: str
    problem: UUID
    practice: bool
    created_at: datetime


@router.get("/results", response={200: PageOut[PersonResultOut], **ERRORS}, summary="Your results")
def list_own_results(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    return page_out(request, results_of(person, reader=person), _result)


@router.get(
    "/people/{uuid:uid}/results",
    response={200: PageOut[PersonResultOut], **ERRORS},
    summary="A person's results",
)
def list_results_of(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    """Those that the caller may see: their own, teammates', those of challenges they host; the auditor all."""
    reader = person_of(request)
    return page_out(request, results_of(people.access_person(reader, uid), reader=reader), _result)


def _result(record: ResultRecord) -> dict[str, Any]:
    challenge, problem = record.challenge, record.challenge.problem
    where = {"challenge": challenge.slug, "problem": problem.uid, "practice": problem.practice}
    return {**figures_of(record), **where, "created_at": record.created_at}
