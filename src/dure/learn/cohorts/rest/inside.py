"""REST of what is inside a cohort: seats, people, what a sponsor reads, news."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import access, news, places, queries, rules, seats, sponsors
from dure.learn.cohorts.rest.cohorts import LEAD
from dure.learn.cohorts.rest.shapes import (
    AnnouncementIn,
    AnnouncementOut,
    CohortPersonOut,
    PlaceActIn,
    SeatBlockOut,
    SeatsIn,
    SeatsReturnIn,
    SponsoredPersonOut,
)
from dure.learn.models import Announcement, Place, SeatBlock
from dure.people import api as people

router = Router()


def block_out(block: Any) -> dict[str, Any]:
    plain = {name: getattr(block, name) for name in ("uid", "seats", "returned", "taken", "free", "given_at")}
    reserved_for = block.reserved_for.slug if block.reserved_for else ""
    return {**plain, "sponsor": block.sponsor.slug, "reserved_for": reserved_for}


def person_out(place: Place, *, motives: bool = True) -> dict[str, Any]:
    return {
        "uid": place.uid,
        "name": place.person.name,
        "organisation": place.organisation.slug if place.organisation else "",
        "state": place.state,
        "done": place.enrolment.standing.done if place.enrolment else None,
        "motive": place.motive if motives else "",
        "applied_at": place.applied_at,
        "decided_at": place.decided_at,
    }


def news_out(one: Announcement) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("uid", "title", "body", "created_at")},
        "author": one.author.name if one.author else "",
    }


@router.get(
    "/cohorts/{uuid:uid}/seats",
    response={200: PageOut[SeatBlockOut], **ERRORS},
    summary="Seats of a cohort you lead",
)
def list_seats(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    return page_out(request, seats.of(access.access_roster(person_of(request), uid)), block_out)


@router.post(
    "/cohorts/{uuid:uid}/seats",
    auth=LEAD,
    response={201: SeatBlockOut, **ERRORS},
    summary="Enter seats that an organisation gives",
)
def give_seats(request: HttpRequest, uid: UUID, body: SeatsIn) -> Any:
    """Whoever waits for one has it at once."""
    person = people.signed_in(request)
    cohort = access.access_led(person, uid)
    sponsor = people.access_organisation(person, body.sponsor)
    home = people.access_organisation(person, body.reserved_for) if body.reserved_for else None
    made = seats.give(by=person, cohort=cohort, sponsor=sponsor, seats=body.seats, reserved_for=home)
    return Status(201, _block(made))


@router.post(
    "/cohorts/{uuid:uid}/seats/{uuid:block}/return",
    auth=LEAD,
    response={200: SeatBlockOut, **ERRORS},
    summary="Take back seats that nobody has",
)
def return_seats(request: HttpRequest, uid: UUID, block: UUID, body: SeatsReturnIn) -> dict[str, Any]:
    """For those who lead the cohort, and for the sponsor's representatives."""
    person = people.signed_in(request)
    found = access.access_block(person, uid, block)
    return _block(seats.give_back(by=person, block=found, count=body.count))


def _block(block: SeatBlock) -> dict[str, Any]:
    return block_out(seats.of(block.cohort).get(pk=block.pk))


@router.get(
    "/cohorts/{uuid:uid}/people",
    response={200: PageOut[CohortPersonOut], **ERRORS},
    summary="People in a cohort you lead",
)
def list_people(
    request: HttpRequest,
    uid: UUID,
    state: Text = "",
    organisation: Text = "",
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    """Those who wait for a decision first; `state` and `organisation` (its address) narrow the list."""
    person = person_of(request)
    cohort = access.access_roster(person, uid)
    rows = queries.roster(cohort, state=state, organisation=organisation)
    motives = bool(rules.leads(person, cohort))
    return page_out(request, rows, lambda place: person_out(place, motives=motives))


@router.post(
    "/cohorts/{uuid:uid}/people/{uuid:place}/act",
    auth=LEAD,
    response={200: CohortPersonOut, **ERRORS},
    summary="Give a place, queue, decline, or take out",
)
def decide_on_place(request: HttpRequest, uid: UUID, place: UUID, body: PlaceActIn) -> dict[str, Any]:
    person = people.signed_in(request)
    cohort = access.access_led(person, uid)
    found = access.access_place_in(cohort, place)
    places.act(found, body.action, by=person, data={"reason": body.reason})
    return person_out(access.access_place_in(cohort, place))


@router.get(
    "/cohorts/{uuid:uid}/sponsor/{organisation}/seats",
    response={200: PageOut[SeatBlockOut], **ERRORS},
    summary="Seats your organisation gives in a cohort",
)
def list_sponsored_seats(
    request: HttpRequest,
    uid: UUID,
    organisation: str,
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    cohort, sponsor = access.access_sponsored(person_of(request), uid, organisation)
    return page_out(request, sponsors.blocks_of(cohort, sponsor), block_out)


@router.get(
    "/cohorts/{uuid:uid}/sponsor/{organisation}/people",
    response={200: PageOut[SponsoredPersonOut], **ERRORS},
    summary="Your organisation's people in a cohort",
)
def list_sponsored_people(
    request: HttpRequest,
    uid: UUID,
    organisation: str,
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    """Nobody else's people, and no answers."""
    cohort, sponsor = access.access_sponsored(person_of(request), uid, organisation)
    found = page_out(request, sponsors.people_of(cohort, sponsor), lambda place: place)
    return found | {"items": [_sponsored(row) for row in sponsors.rows(cohort, found["items"])]}


def _sponsored(row: sponsors.Row) -> dict[str, Any]:
    enrolment = row.place.enrolment
    return {
        "name": row.place.person.name,
        "state": row.place.state,
        "done": row.done,
        "minutes": row.hours.minutes,
        "last_at": enrolment.standing.last_at if enrolment else None,
    }


@router.get(
    "/cohorts/{uuid:uid}/news",
    response={200: PageOut[AnnouncementOut], **ERRORS},
    summary="What was announced in your cohort",
)
def list_news(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    return page_out(request, news.of(access.access_inside(person_of(request), uid)), news_out)


@router.post(
    "/cohorts/{uuid:uid}/news",
    auth=LEAD,
    response={201: AnnouncementOut, **ERRORS},
    summary="Tell everybody in a cohort",
)
def post_news(request: HttpRequest, uid: UUID, body: AnnouncementIn) -> Any:
    person = people.signed_in(request)
    made = news.announce(by=person, cohort=access.access_led(person, uid), **body.dict())
    return Status(201, news_out(made))
