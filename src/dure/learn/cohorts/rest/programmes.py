"""REST of programmes."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.learn.cohorts import programmes, queries
from dure.learn.cohorts.rest.cohorts import LEAD, cohort_out
from dure.learn.cohorts.rest.shapes import CohortOut, ProgrammeIn, ProgrammeNewIn, ProgrammeOut
from dure.learn.models import Programme
from dure.people import api as people

router = Router()


def programme_out(one: Programme) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("slug", *programmes.PLAIN)}
    return {**plain, "organisation": one.organisation.slug}


@router.get("/programmes", response={200: PageOut[ProgrammeOut], **ERRORS}, summary="Programmes")
def list_programmes(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    return page_out(request, programmes.visible_to(person_of(request)), programme_out)


@router.post("/programmes", auth=LEAD, response={201: ProgrammeOut, **ERRORS}, summary="Make a programme")
def post_programme(request: HttpRequest, body: ProgrammeNewIn) -> Any:
    person, values = people.signed_in(request), body.dict()
    home = people.access_organisation(person, values.pop("organisation"))
    made = programmes.make(by=person, organisation=home, values=values)
    return Status(201, programme_out(made))


@router.get("/programmes/{slug}", response={200: ProgrammeOut, **ERRORS}, summary="A programme")
def get_programme(request: HttpRequest, slug: str) -> dict[str, Any]:
    return programme_out(programmes.access(person_of(request), slug))


@router.put(
    "/programmes/{slug}", auth=LEAD, response={200: ProgrammeOut, **ERRORS}, summary="Change a programme"
)
def put_programme(request: HttpRequest, slug: str, body: ProgrammeIn) -> dict[str, Any]:
    """All of it at once; its address stays."""
    person = people.signed_in(request)
    found = programmes.access(person, slug)
    return programme_out(programmes.change(by=person, programme=found, values=body.dict()))


@router.get(
    "/programmes/{slug}/cohorts",
    response={200: PageOut[CohortOut], **ERRORS},
    summary="Cohorts of a programme",
)
def list_programme_cohorts(request: HttpRequest, slug: str, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    """The latest term first, as you may see them."""
    person = person_of(request)
    rows = queries.of_programme(person, programmes.access(person, slug))
    return page_out(request, rows, cohort_out)
