"""REST of scouting: the list, one startup, meetings, moves, a spreadsheet of them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.alliance.models import ScoutedStartup, ScoutingMeeting
from dure.alliance.scouting import access, importing, noting, queries
from dure.engines.faults import Faulty
from dure.foundation import workflow
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Name = Annotated[Text, Field(max_length=160)]
About = Annotated[Text, Field(max_length=2000)]
Slug = Annotated[Text, Field(max_length=60)]


class ScoutedStartupIn(Schema):
    """A startup. `fields` are those of topics; `stage` is idea, prototype, first_users, growing or mature."""

    name_ko: Name = ""
    name_en: Name = ""
    country: Annotated[Text, Field(max_length=2)] = "KR"
    region: Annotated[Text, Field(max_length=80)] = ""
    fields: Annotated[list[Annotated[Text, Field(max_length=16)]], Field(max_length=20)]
    site: Annotated[Text, Field(max_length=300)] = ""
    founded: Annotated[int, Field(ge=0, le=9999)] | None = None
    stage: Annotated[Text, Field(max_length=12)]
    about_ko: About = ""
    about_en: About = ""
    reach: Annotated[Text, Field(max_length=8)] = "own"


class NewScoutedStartupIn(ScoutedStartupIn):
    """The same, with the organisation (its slug) that looks at it; without one the secretariat does, for the alliance."""

    organisation: Slug | None = None


class ScoutedStartupOut(ScoutedStartupIn):
    """The same, with where it stands and who wrote it down: the slug of an organisation, or none for the secretariat."""

    uid: UUID
    state: str
    organisation: str | None
    created_at: datetime


class ScoutedStartupDetail(ScoutedStartupOut):
    """With what the caller may do now."""

    reason: str
    actions: list[OfferOut]


class ScoutedActIn(Schema):
    """One of `actions`; `drop` needs a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: About = ""


class ScoutingMeetingIn(Schema):
    """A meeting; `addresses` of others of one's side with commas between them, `contacts` the names of whom one met."""

    organisation: Slug | None = None
    met_on: date
    addresses: Annotated[Text, Field(max_length=1000)] = ""
    contacts: Annotated[Text, Field(max_length=300)] = ""
    said: Annotated[Text, Field(max_length=4000)]
    reach: Annotated[Text, Field(max_length=8, pattern="^(own|shared)$")] = "own"


class ScoutingMeetingOut(Schema):
    """A meeting; `contacts` is empty for all but the side that wrote it down."""

    uid: UUID
    organisation: str | None
    met_on: date
    attended: list[UUID]
    contacts: str
    said: str
    reach: str


class ScoutingFileOut(Schema):
    """What a file did, or would do: how many startups are new, how many are known."""

    new: int
    known: int
    is_dry: bool


def startup_out(one: ScoutedStartup) -> dict[str, Any]:
    names = (*noting.FIELDS, "uid", "state", "created_at")
    side = one.organisation.slug if one.organisation else None
    return {name: getattr(one, name) for name in names} | {"organisation": side}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_startup(signed_in(request), uid)
    return startup_out(one) | {"reason": one.reason, "actions": offers_out(request, one)}


def meeting_out(one: ScoutingMeeting, *, is_own: bool) -> dict[str, Any]:
    names = ("uid", "met_on", "said", "reach")
    return {name: getattr(one, name) for name in names} | {
        "organisation": one.organisation.slug if one.organisation else None,
        "attended": [person.uid for person in one.attended.all()],
        "contacts": one.contacts if is_own else "",
    }


def side_of(person: Any, slug: str | None) -> people.Organisation | None:
    """The organisation with this slug. Raises Hidden for what the caller may not see."""
    return people.access_organisation(person, slug) if slug else None


@router.get(
    "/scouting",
    auth=HOST,
    response={200: PageOut[ScoutedStartupOut], **ERRORS},
    summary="Startups that are looked at",
)
def get_scouting(
    request: HttpRequest,
    *,
    q: str = "",
    country: str = "",
    field: str = "",
    group: str = "",
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> Any:
    rows = queries.listed(signed_in(request), queries.Asked(q[:200], country, field, group))
    return page_out(request, rows, startup_out)


@router.post(
    "/scouting", auth=HOST, response={201: ScoutedStartupDetail, **ERRORS}, summary="Write a startup down"
)
def post_scouting(request: HttpRequest, body: NewScoutedStartupIn) -> Any:
    person = signed_in(request)
    given = body.dict()
    made = noting.note(by=person, organisation=side_of(person, given.pop("organisation")), given=given)
    return Status(201, detail_out(request, made.uid))


@router.post(
    "/scouting/import",
    auth=HOST,
    response={200: ScoutingFileOut, **ERRORS},
    summary="Startups from a spreadsheet",
)
def post_scouting_import(
    request: HttpRequest,
    file: File[UploadedFile],
    organisation: Form[str] = "",
    dry: Form[bool] = True,  # noqa: FBT002 - a field of the form
) -> Any:
    """With `dry` it is only looked at. Any fault refuses all of it, and all faults are told."""
    person = signed_in(request)
    seen = importing.take_over(
        file.chunks(), by=person, organisation=side_of(person, organisation or None), dry=dry
    )
    if seen.faults:
        raise Faulty(list(seen.faults))
    return {"new": len(seen.new), "known": seen.known, "is_dry": dry}


@router.get(
    "/scouting/{uuid:uid}",
    auth=HOST,
    response={200: ScoutedStartupDetail, **ERRORS},
    summary="A startup that is looked at",
)
def get_scouted(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/scouting/{uuid:uid}",
    auth=HOST,
    response={200: ScoutedStartupDetail, **ERRORS},
    summary="Write a startup anew",
)
def put_scouted(request: HttpRequest, uid: UUID, body: ScoutedStartupIn) -> Any:
    person = signed_in(request)
    noting.edit(access.access_kept(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post(
    "/scouting/{uuid:uid}/actions",
    auth=HOST,
    response={200: ScoutedStartupDetail, **ERRORS},
    summary="Move a startup that is looked at",
)
def act_on_scouted(request: HttpRequest, uid: UUID, body: ScoutedActIn) -> Any:
    person = signed_in(request)
    startup = access.access_startup(person, uid)
    workflow.perform(startup, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.get(
    "/scouting/{uuid:uid}/meetings",
    auth=HOST,
    response={200: PageOut[ScoutingMeetingOut], **ERRORS},
    summary="Who met whom there",
)
def get_scouting_meetings(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = signed_in(request)
    rows = queries.meetings_of(person, access.access_startup(person, uid))
    return page_out(request, rows, lambda one: meeting_out(one, is_own=one.is_own))


@router.post(
    "/scouting/{uuid:uid}/meetings",
    auth=HOST,
    response={201: ScoutingMeetingOut, **ERRORS},
    summary="Write a meeting down",
)
def post_scouting_meeting(request: HttpRequest, uid: UUID, body: ScoutingMeetingIn) -> Any:
    person = signed_in(request)
    startup = access.access_startup(person, uid)
    given = body.dict()
    side = side_of(person, given.pop("organisation"))
    return Status(
        201, meeting_out(noting.meet(startup, by=person, organisation=side, given=given), is_own=True)
    )
