"""REST of members: the list, one of them and its moves, deputies, the contact book, levels."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.members import access, contacts, queries, rules, sight, standing, visibility
from dure.alliance.members.rest_joining import level_named
from dure.alliance.members.rest_joining import router as joining_router
from dure.foundation.access import demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
router.add_router("", joining_router)
HOST = people.require_scope("host")
Short = Annotated[Text, Field(max_length=60)]


class AllianceMemberOut(Schema):
    """A member of today; `level` is empty where none was given yet."""

    organisation: str
    name_ko: str
    name_en: str
    kind: str
    country: str
    level: str
    since: date


class AllianceMemberDetail(Schema):
    """One that is or was a member; `state` and `level` are empty where no level was given. `reason` is for its own people."""

    organisation: str
    level: str
    state: str
    since: date
    until: date | None
    reason: str
    actions: list[OfferOut]


class AllianceMemberActIn(Schema):
    """One of `actions`: `change_level` needs `level` (a slug), and all but `resume` a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    level: Annotated[Text, Field(max_length=40)] = ""
    reason: Annotated[Text, Field(max_length=2000)] = ""


class MemberEnterIn(Schema):
    """The level, as a slug."""

    level: Annotated[Text, Field(max_length=40)]


class DeputyIn(Schema):
    """Somebody of the organisation who speaks for it in that time."""

    deputy: UUID
    since: date
    until: date


class SpeakerOut(Schema):
    """Who speaks for the organisation from when until when."""

    person: UUID
    name_ko: str
    name_en: str
    position: str
    since: date
    until: date | None


class ContactOut(SpeakerOut):
    """A line of the contact book."""

    organisation: str
    email: str


class ShareOut(Schema):
    """A circle through which another member sees something; `agreement` where it is that of an agreement."""

    name: str
    agreement: UUID | None
    problems: int
    commitments: int


class SightOut(Schema):
    """Another member (a slug) with all through which it sees something."""

    organisation: str
    shares: list[ShareOut]


class MemberLevelOut(Schema):
    """A level; `count` members are at it today."""

    uid: UUID
    slug: str
    name_ko: str
    name_en: str
    about_ko: str
    about_en: str
    needs_agreement: bool
    position: int
    count: int


class MemberLevelIn(Schema):
    """A level of membership."""

    slug: Annotated[Text, Field(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name_ko: Annotated[Short, Field(min_length=1)]
    name_en: Annotated[Short, Field(min_length=1)]
    about_ko: Annotated[Text, Field(max_length=300)] = ""
    about_en: Annotated[Text, Field(max_length=300)] = ""
    needs_agreement: bool = False
    position: Annotated[int, Field(ge=0, le=1000)] = 0


def member_out(one: Any) -> dict[str, Any]:
    return {
        "organisation": one.slug,
        "name_ko": one.name_ko,
        "name_en": one.name_en,
        "kind": one.kind,
        "country": one.country,
        "level": one.standing[0].level.slug if one.standing else "",
        "since": one.joined_on,
    }


def detail_out(request: HttpRequest, slug: str) -> dict[str, Any]:
    person = person_of(request)
    organisation = access.access_organisation(person, slug)
    member = queries.member_of(organisation)
    reads_inside = visibility.reads_inside(person, organisation)
    return {
        "organisation": organisation.slug,
        "level": member.level.slug if member else "",
        "state": member.state if member else "",
        "since": member.since if member else organisation.joined_on,
        "until": member.until if member else organisation.left_on,
        "reason": member.reason if member and reads_inside else "",
        "actions": offers_out(request, member) if member else [],
    }


def speaker_out(row: people.Membership) -> dict[str, Any]:
    return {
        "person": row.person.uid,
        "name_ko": row.person.name_ko,
        "name_en": row.person.name_en,
        "position": row.title,
        "since": row.starts_on,
        "until": row.ends_on,
    }


def sight_out(row: sight.Sight) -> dict[str, Any]:
    shares = [
        {
            "name": one.name,
            "agreement": one.agreement.uid if one.agreement else None,
            "problems": one.problems,
            "commitments": one.commitments,
        }
        for one in row.shares
    ]
    return {"organisation": row.organisation.slug, "shares": shares}


def contact_out(row: people.Membership) -> dict[str, Any]:
    return speaker_out(row) | {"organisation": row.organisation.slug, "email": row.person.email}


@router.get("/members", auth=None, response={200: PageOut[AllianceMemberOut], **ERRORS}, summary="Members")
def get_members(request: HttpRequest, q: Short = "", level: Short = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Members of today by name; `q` finds some, `level` is a slug."""
    return page_out(request, queries.listed(words=q, level=level), member_out)


@router.get("/members/{slug}", auth=None, response={200: AllianceMemberDetail, **ERRORS}, summary="A member")
def get_member(request: HttpRequest, slug: str) -> Any:
    return detail_out(request, slug)


@router.post(
    "/members/{slug}/actions",
    auth=HOST,
    response={200: AllianceMemberDetail, **ERRORS},
    summary="Move a membership",
)
def act_on_member(request: HttpRequest, slug: str, body: AllianceMemberActIn) -> Any:
    person = signed_in(request)
    member = access.access_member(person, slug)
    level = level_named(body.level) if body.level else None
    standing.act(member, body.action, by=person, data={"reason": body.reason, "level": level})
    return detail_out(request, slug)


@router.post(
    "/members/{slug}/enter",
    auth=HOST,
    response={200: AllianceMemberDetail, **ERRORS},
    summary="Give a member its level",
)
def enter_member(request: HttpRequest, slug: str, body: MemberEnterIn) -> Any:
    """For one that is in the register as a member since earlier."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(rules.only_secretariat(person))
    standing.enter(organisation, by=person, level=level_named(body.level))
    return detail_out(request, slug)


@router.get(
    "/members/{slug}/deputies", response={200: PageOut[SpeakerOut], **ERRORS}, summary="Who speaks for it"
)
def get_deputies(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Representatives and deputies, past ones too; for its representatives and the secretariat."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(people.may_speak_for(person, organisation, rules.NOT_SPEAKER))
    return page_out(request, queries.speakers(organisation), speaker_out)


@router.post(
    "/members/{slug}/deputies", auth=HOST, response={201: SpeakerOut, **ERRORS}, summary="Name a deputy"
)
def post_deputy(request: HttpRequest, slug: str, body: DeputyIn) -> Any:
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(people.may_speak_for(person, organisation, rules.NOT_SPEAKER))
    deputy = people.access_person(person, body.deputy)
    made = standing.name_deputy(organisation, by=person, deputy=deputy, since=body.since, until=body.until)
    return Status(201, speaker_out(made))


@router.get(
    "/members/{slug}/sight",
    response={200: PageOut[SightOut], **ERRORS},
    summary="What others see of a member",
)
def get_sight(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """For its representatives, the secretariat and the auditor: what each other member sees beyond what all see."""
    person = signed_in(request)
    organisation = access.access_organisation(person, slug)
    demand(rules.may_read_sight(person, organisation))
    found = page_out(request, sight.others(organisation), lambda one: one)
    rows = sight.sights(organisation, found["items"], sight.reached(organisation))
    return found | {"items": [sight_out(row) for row in rows]}


@router.get("/contact-book", response={200: PageOut[ContactOut], **ERRORS}, summary="The contact book")
def get_contact_book(request: HttpRequest, q: Short = "", past: bool = False, page: int = 1) -> Any:  # noqa: ARG001, FBT001, FBT002 - read by page_of; a query of the address
    """Who speaks for which organisation; for the secretariat and the auditor."""
    demand(rules.may_look(signed_in(request)))
    return page_out(request, contacts.listed(words=q, everybody=past), contact_out)


@router.get("/member-levels", auth=None, response={200: PageOut[MemberLevelOut], **ERRORS}, summary="Levels")
def get_member_levels(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.levels(), lambda one: one)


@router.post("/member-levels", auth=HOST, response={201: MemberLevelOut, **ERRORS}, summary="Make a level")
def post_member_level(request: HttpRequest, body: MemberLevelIn) -> Any:
    made = standing.put_level(None, by=signed_in(request), given=body.dict())
    return Status(201, queries.levels().get(pk=made.pk))


@router.put(
    "/member-levels/{uuid:uid}",
    auth=HOST,
    response={200: MemberLevelOut, **ERRORS},
    summary="Change a level",
)
def put_member_level(request: HttpRequest, uid: UUID, body: MemberLevelIn) -> Any:
    person = signed_in(request)
    level = standing.put_level(access.access_level(person, uid), by=person, given=body.dict())
    return queries.levels().get(pk=level.pk)
