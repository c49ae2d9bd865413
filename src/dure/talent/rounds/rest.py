"""REST of placement rounds: the list, one of them, preparing and running it, its certificate and file."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation import files, workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundResult, RoundSeat
from dure.talent.models.round import LAST_CLASS, MOST_SEATS
from dure.talent.rounds import access, preparing, queries

router = Router()
SUBMIT = people.require_scope("submit")
Title = Annotated[Text, Field(min_length=1, max_length=160)]
Words = Annotated[Text, Field(max_length=4000)]
Run = Annotated[int, Field(ge=0, le=99_999)]
SAID = ("about_ko", "about_en", "rules_ko", "rules_en", "reason", "inputs_sha256", "closed_at")


class PlacementRoundIn(Schema):
    """What is said of a round."""

    title_ko: Title
    title_en: Title
    about_ko: Words
    about_en: Words
    rules_ko: Words = ""
    rules_en: Words = ""
    rank_until: datetime


class NewPlacementRoundIn(PlacementRoundIn):
    """The same, with the slug of the organisation that runs it."""

    organisation: Text


class PlacementRoundOut(Schema):
    """A round as lists show it."""

    uid: UUID
    state: str
    organisation: str
    title_ko: str
    title_en: str
    rank_until: datetime


class PlacementRoundDetail(PlacementRoundOut):
    """All that everybody may read, and what the caller may do. Counts name nobody."""

    about_ko: str
    about_en: str
    rules_ko: str
    rules_en: str
    reason: str
    inputs_sha256: str
    closed_at: datetime | None
    openings: int
    seats: int
    entries: int
    offers: list[OfferOut]


class PlacementActIn(Schema):
    """`open`, `extend` (with `rank_until` and a reason), `take_by_hand`, `decide`, `cancel` or `end` (with a reason)."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    rank_until: datetime | None = None


class PlacementLimit(Schema):
    """`institution:SLUG`, `region:CODE` or `institution:*`; `reserve` seats are for it first, at most `quota` go to it."""

    group: Annotated[Text, Field(max_length=80)]
    reserve: Annotated[int, Field(ge=0, le=MOST_SEATS)] = 0
    quota: Annotated[int, Field(ge=0, le=MOST_SEATS)] | None = None


class PlacementSeatIn(Schema):
    """Seats of an opening (its uid); `otherwise` is the class of whoever is not classed, null: not acceptable."""

    opening: UUID
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    otherwise: Annotated[int, Field(ge=1, le=LAST_CLASS)] | None = None
    limits: Annotated[list[PlacementLimit], Field(max_length=preparing.MOST_LIMITS)] = []


class PlacementSeatOut(Schema):
    """Seats of an opening in a round."""

    uid: UUID
    opening: UUID
    title_ko: str
    title_en: str
    organisation: str
    seats: int


class PlacementRunOut(Schema):
    """One run of a round; `of` names it for its certificate and file."""

    of: int
    solved_at: datetime
    inputs_sha256: str
    seed: str
    is_superseded: bool


def run_out(result: RoundResult, of: int, *, is_last: bool) -> dict[str, Any]:
    names = ("solved_at", "inputs_sha256", "seed")
    return {name: getattr(result, name) for name in names} | {"of": of, "is_superseded": not is_last}


def round_out(found: PlacementRound) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", "rank_until")
    return {name: getattr(found, name) for name in names} | {"organisation": found.organisation.slug}


def detail_out(request: HttpRequest, found: PlacementRound) -> dict[str, Any]:
    said = {name: getattr(found, name) for name in SAID}
    return {**round_out(found), **said, **queries.counts(found), "offers": offers_out(request, found)}


def seat_out(seat: RoundSeat) -> dict[str, Any]:
    return {
        "uid": seat.uid,
        "opening": seat.opening.uid,
        "title_ko": seat.opening.title_ko,
        "title_en": seat.opening.title_en,
        "organisation": seat.opening.organisation.slug,
        "seats": seat.seats,
    }


@router.get(
    "/placement-rounds", response={200: PageOut[PlacementRoundOut], **ERRORS}, summary="Placement rounds"
)
def list_placement_rounds(request: HttpRequest, state: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(person_of(request), state=state), round_out)


@router.post(
    "/placement-rounds",
    auth=SUBMIT,
    response={201: PlacementRoundDetail, **ERRORS},
    summary="Prepare a round",
)
def post_placement_round(request: HttpRequest, body: NewPlacementRoundIn) -> Any:
    person = people.signed_in(request)
    organisation = people.access_organisation(person, body.organisation)
    made = preparing.create(by=person, organisation=organisation, given=body.model_dump())
    return Status(201, detail_out(request, made))


@router.get(
    "/placement-rounds/{uuid:uid}", response={200: PlacementRoundDetail, **ERRORS}, summary="One round"
)
def get_placement_round(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_round(person_of(request), uid))


@router.put(
    "/placement-rounds/{uuid:uid}",
    auth=SUBMIT,
    response={200: PlacementRoundDetail, **ERRORS},
    summary="Change what is said of a round in preparation",
)
def put_placement_round(request: HttpRequest, uid: UUID, body: PlacementRoundIn) -> Any:
    person = people.signed_in(request)
    changed = preparing.edit(access.access_managed(person, uid), by=person, given=body.model_dump())
    return detail_out(request, changed)


@router.post(
    "/placement-rounds/{uuid:uid}/act",
    auth=SUBMIT,
    response={200: PlacementRoundDetail, **ERRORS},
    summary="Move a round",
)
def act_on_placement_round(request: HttpRequest, uid: UUID, body: PlacementActIn) -> Any:
    person = people.signed_in(request)
    found = access.access_managed(person, uid)
    data = {"reason": body.reason, "rank_until": body.rank_until}
    return detail_out(request, workflow.perform(found, body.action, by=person, data=data))


@router.get(
    "/placement-rounds/{uuid:uid}/seats",
    response={200: PageOut[PlacementSeatOut], **ERRORS},
    summary="Its seats",
)
def list_placement_seats(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.seats(access.access_round(person_of(request), uid)), seat_out)


@router.put(
    "/placement-rounds/{uuid:uid}/seats",
    auth=SUBMIT,
    response={200: PlacementSeatOut, **ERRORS},
    summary="Add or change the seats of an opening",
)
def put_placement_seat(request: HttpRequest, uid: UUID, body: PlacementSeatIn) -> Any:
    person = people.signed_in(request)
    found = access.access_managed(person, uid)
    seat = preparing.put_seat(
        found,
        by=person,
        opening=access.access_offered(person, body.opening),
        seats=body.seats,
        limits=[limit.model_dump() for limit in body.limits],
        otherwise=body.otherwise,
    )
    return seat_out(seat)


@router.delete(
    "/placement-rounds/{uuid:uid}/seats/{uuid:seat}",
    auth=SUBMIT,
    response={204: None, **ERRORS},
    summary="Take an opening out of a round in preparation",
)
def delete_placement_seat(request: HttpRequest, uid: UUID, seat: UUID) -> Any:
    person = people.signed_in(request)
    preparing.drop_seat(access.access_seat(person, uid, seat), by=person)
    return Status(204, None)


@router.get(
    "/placement-rounds/{uuid:uid}/certificate",
    response={200: dict[str, Any], **ERRORS},
    summary="Hashes and counts of the verified result, for everybody",
)
def get_placement_certificate(request: HttpRequest, uid: UUID, of: Run = 0) -> Any:
    """`of` is the run, the first being 1; 0 is the one in force, which supersedes the others."""
    found = access.access_round(person_of(request), uid)
    return queries.certificate(access.access_result(found, of=of))


@router.get(
    "/placement-rounds/{uuid:uid}/runs",
    response={200: list[PlacementRunOut], **ERRORS},
    summary="Its runs: the first, and one after each correction",
)
def list_placement_runs(request: HttpRequest, uid: UUID) -> Any:
    """At most 21. The last is in force; all keep their certificates."""
    runs = queries.results(access.access_round(person_of(request), uid))
    return [run_out(one, of, is_last=of == len(runs)) for of, one in enumerate(runs, start=1)]


@router.get(
    "/placement-rounds/{uuid:uid}/file",
    response={200: None, **ERRORS},
    summary="The pseudonymous file that auditors run again",
)
def get_placement_file(request: HttpRequest, uid: UUID, of: Run = 0) -> Any:
    person = signed_in(request)
    result = access.access_file(person, access.access_round(person, uid), of=of)
    return files.download(result.file_id, filename=f"placement-{uid}.json", size=result.file.size)
