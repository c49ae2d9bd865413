"""REST of cohorts: the list, one of them, making and changing it, applying, and giving one's place up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from dure.foundation import workflow
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, offers_out, page_out
from dure.learn import access as courses
from dure.learn.cohorts import access, making, places, queries, rules
from dure.learn.cohorts.rest.shapes import (
    CohortActIn,
    CohortApplyIn,
    CohortDetailOut,
    CohortIn,
    CohortNewIn,
    CohortOut,
    CohortsAskedIn,
    OwnPlaceOut,
)
from dure.learn.models import Cohort, Place
from dure.people import api as people

router = Router()
LEAD = people.require_scope("host")
LEARN = people.require_scope("submit")
PLAIN = ("uid", "state", *making.PLAIN)


def cohort_out(cohort: Any) -> dict[str, Any]:
    """A row of a list: it has `free` seats."""
    return {
        **{name: getattr(cohort, name) for name in PLAIN},
        "course": cohort.course.slug,
        "programme": cohort.programme.slug if cohort.programme else "",
        "seats_free": cohort.free,
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """A cohort as this person sees it now."""
    person = person_of(request)
    cohort: Any = access.access_cohort(person, uid)
    own = (
        list(people.own_organisations(person).values_list("pk", flat=True)) if person.is_authenticated else []
    )
    seats = queries.seats_of(cohort, own)
    place = access.place_of(person, cohort)
    numbers = queries.numbers_of(cohort, place)
    cohort.free = seats.free
    return cohort_out(cohort) | {
        "version": cohort.version.number,
        "digest": cohort.version.digest,
        "hours": cohort.course.hours,
        "sessions": numbers.sessions,
        "seats": seats.offered,
        "seats_for_you": seats.for_reader,
        "waiting": numbers.waiting,
        "coaches": [one.name for one in queries.coaches_of(cohort)],
        "takes_people": bool(rules.takes_people(cohort)),
        "changes": [
            {"before": one.detail["before"], "after": one.detail["after"], "at": one.at}
            for one in queries.syllabus_history(cohort)
        ],
        "place": place_out(place, numbers) if place else None,
        "actions": offers_out(request, cohort) if rules.leads(person, cohort) else [],
    }


def place_out(place: Place, numbers: queries.Numbers) -> dict[str, Any]:
    waits = place.state == "waiting"
    return {
        "uid": place.uid,
        "state": place.state,
        "organisation": place.organisation.slug if place.organisation else "",
        "motive": place.motive,
        "waiting_number": numbers.ahead + 1 if waits else None,
        "applied_at": place.applied_at,
        "decided_at": place.decided_at,
    }


@router.get("/cohorts", response={200: PageOut[CohortOut], **ERRORS}, summary="Cohorts you can apply to")
def list_cohorts(
    request: HttpRequest,
    asked: Query[CohortsAskedIn],
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    """With `mine` those you are in, have applied to or coach, also those that are over."""
    return page_out(request, queries.listed(person_of(request), queries.Asked(**asked.dict())), cohort_out)


@router.get("/cohorts/{uuid:uid}", response={200: CohortDetailOut, **ERRORS}, summary="A cohort")
def get_cohort(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return detail_out(request, uid)


@router.post(
    "/courses/{slug}/cohorts",
    auth=LEAD,
    response={201: CohortDetailOut, **ERRORS},
    summary="Make a cohort of a course",
)
def post_cohort(request: HttpRequest, slug: str, body: CohortNewIn) -> Any:
    """It is in preparation until it is opened."""
    person = people.signed_in(request)
    values = body.dict()
    for name in ("sponsor", "reserved_for"):
        values[name] = people.access_organisation(person, values[name]) if values[name] else None
    made = making.make(by=person, course=courses.access_course(person, slug), values=values)
    return Status(201, detail_out(request, made.uid))


@router.put(
    "/cohorts/{uuid:uid}", auth=LEAD, response={200: CohortDetailOut, **ERRORS}, summary="Change a cohort"
)
def put_cohort(request: HttpRequest, uid: UUID, body: CohortIn) -> dict[str, Any]:
    """All of it at once. Another version tells everybody in it, and moves them there."""
    person = people.signed_in(request)
    making.change(by=person, cohort=access.access_led(person, uid), values=body.dict())
    return detail_out(request, uid)


@router.post(
    "/cohorts/{uuid:uid}/act",
    auth=LEAD,
    response={200: CohortDetailOut, **ERRORS},
    summary="Open, begin, end or call off a cohort",
)
def act_on_cohort(request: HttpRequest, uid: UUID, body: CohortActIn) -> dict[str, Any]:
    person = people.signed_in(request)
    cohort: Cohort = access.access_led(person, uid)
    workflow.perform(cohort, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.post(
    "/cohorts/{uuid:uid}/apply",
    auth=LEARN,
    response={200: OwnPlaceOut, **ERRORS},
    summary="Apply to a cohort, also again",
)
def apply_to_cohort(request: HttpRequest, uid: UUID, body: CohortApplyIn) -> dict[str, Any]:
    """Whoever has asked already gets that place back. `state` says whether there is a seat: in, waiting or applied."""
    person = people.signed_in(request)
    cohort = access.access_cohort(person, uid)
    home = people.access_organisation(person, body.organisation) if body.organisation else None
    places.apply(by=person, cohort=cohort, organisation=home, motive=body.motive)
    return _own(person, cohort)


@router.get(
    "/cohorts/{uuid:uid}/place", response={200: OwnPlaceOut, **ERRORS}, summary="Your place in a cohort"
)
def get_own_place(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    return _own(person, access.access_cohort(person, uid))


@router.delete(
    "/cohorts/{uuid:uid}/place",
    auth=LEARN,
    response={200: OwnPlaceOut, **ERRORS},
    summary="Give up your place, or take your application back",
)
def give_up_place(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = people.signed_in(request)
    cohort = access.access_cohort(person, uid)
    place = access.place_of(person, cohort)
    if place is None:
        raise Hidden(uid)
    places.act(place, "withdraw", by=person)
    return _own(person, cohort)


def _own(person: Any, cohort: Cohort) -> dict[str, Any]:
    place = access.place_of(person, cohort)
    if place is None:
        raise Hidden(cohort.uid)
    return place_out(place, queries.numbers_of(cohort, place))
