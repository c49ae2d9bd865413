"""Organisations, memberships and invitations over REST."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation import pages
from dure.foundation.access import demand
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import queries, rules
from dure.people.actions import invitations, memberships, organisations
from dure.people.models import Invitation, Membership, Organisation, Person
from dure.people.rest.people import PersonOut, person_out
from dure.people.signed_in import signed_in
from dure.people.visibility import access_invitation, access_membership, access_organisation

router = Router(tags=["people"])

# Spelt out: the document knows shapes by name alone, and the platform's own roles are called Role there already.
MembershipRole = Literal["representative", "problem_owner", "coordinator", "member"]


class OrganisationOut(Schema):
    uid: UUID
    slug: str
    name_ko: str
    name_en: str
    kind: Organisation.Kind
    country: str
    business_number: str | None
    ror_id: str | None
    website: str
    about_ko: str
    about_en: str
    joined_on: date | None
    left_on: date | None
    is_member: bool


class OrganisationPatch(Schema):
    """Fields that are left out stay as they are. The register's own fields are for the secretariat."""

    name_ko: str | None = Field(None, max_length=120)
    name_en: str | None = Field(None, max_length=120)
    website: str | None = Field(None, max_length=200)
    about_ko: str | None = Field(None, max_length=4000)
    about_en: str | None = Field(None, max_length=4000)
    ror_id: str | None = Field(None, max_length=60)
    business_number: str | None = Field(None, max_length=20)
    slug: str | None = Field(None, max_length=60)
    kind: Organisation.Kind | None = None
    country: str | None = Field(None, min_length=2, max_length=2)
    joined_on: date | None = None
    left_on: date | None = None


class OrganisationIn(OrganisationPatch):
    kind: Organisation.Kind


class MembershipOut(Schema):
    uid: UUID
    person: UUID
    person_name: str
    email: str | None
    organisation: UUID
    organisation_name: str
    role: MembershipRole
    title: str
    starts_on: date
    ends_on: date | None
    is_over: bool


class RoleIn(Schema):
    role: MembershipRole


class InvitationIn(Schema):
    email: str = Field(max_length=254)
    role: MembershipRole = "member"


class PlatformInvitationIn(Schema):
    email: str = Field(max_length=254)


class AcceptIn(Schema):
    token: str = Field(max_length=100)


class InvitationOut(Schema):
    uid: UUID
    email: str
    organisation: UUID | None
    organisation_name: str | None
    role: MembershipRole
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


def membership_out(membership: Membership) -> dict[str, Any]:
    return {
        "uid": membership.uid,
        "person": membership.person.uid,
        "person_name": membership.person.name,
        "email": membership.person.email,
        "organisation": membership.organisation.uid,
        "organisation_name": membership.organisation.name,
        "role": membership.role,
        "title": membership.title,
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "is_over": membership.is_over,
    }


def invitation_out(invitation: Invitation) -> dict[str, Any]:
    organisation = invitation.organisation
    return {
        "uid": invitation.uid,
        "email": invitation.email,
        "organisation": organisation.uid if organisation else None,
        "organisation_name": organisation.name if organisation else None,
        "role": invitation.role,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "accepted_at": invitation.accepted_at,
        "revoked_at": invitation.revoked_at,
    }


def _given(body: Schema) -> dict[str, Any]:
    """The fields that were sent; an explicit null empties a text."""
    texts = {"name_ko", "name_en", "website", "about_ko", "about_en", "slug", "country", "kind"}
    sent = body.dict(exclude_unset=True)
    return {name: "" if value is None and name in texts else value for name, value in sent.items()}


@router.get("/organisations", response={200: PageOut[OrganisationOut], **ERRORS})
def list_organisations(
    request: HttpRequest,
    q: str = "",
    kind: Organisation.Kind | None = None,
    country: str = "",
    page: int = 1,  # noqa: ARG001 - page_out reads it from the query
) -> Any:
    rows = queries.organisations(pages.person_of(request), words=q, kind=kind or "", country=country)
    return page_out(request, rows, OrganisationOut.from_orm)


@router.post("/organisations", response={201: OrganisationOut, **ERRORS})
def create_organisation(request: HttpRequest, body: OrganisationIn) -> Any:
    """For the secretariat. All faults come at once, each with its field as `place`."""
    return Status(201, organisations.create_organisation(by=signed_in(request), values=_given(body)))


@router.get("/organisations/{uuid:uid}", response={200: OrganisationOut, **ERRORS})
def get_organisation(request: HttpRequest, uid: UUID) -> Any:
    return access_organisation(pages.person_of(request), uid)


@router.patch("/organisations/{uuid:uid}", response={200: OrganisationOut, **ERRORS})
def edit_organisation(request: HttpRequest, uid: UUID, body: OrganisationPatch) -> Any:
    person = signed_in(request)
    organisation = access_organisation(person, uid)
    return organisations.edit_organisation(organisation, by=person, values=_given(body))


@router.get("/organisations/{uuid:uid}/people", response={200: PageOut[PersonOut], **ERRORS})
def list_people_of(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - as above
    """Those whose profile the caller may open."""
    reader = pages.person_of(request)
    rows = queries.people(reader, organisation=access_organisation(reader, uid))
    return page_out(request, rows, person_out)


@router.get("/organisations/{uuid:uid}/memberships", response={200: PageOut[MembershipOut], **ERRORS})
def list_memberships(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - as above
    """Everybody with role and dates, for those who look after the organisation."""
    _person, organisation = _look_after(request, uid)
    return page_out(request, queries.roll(organisation).select_related("organisation"), membership_out)


def _look_after(request: HttpRequest, uid: UUID) -> tuple[Person, Organisation]:
    person = signed_in(request)
    organisation = access_organisation(person, uid)
    demand(rules.may_edit_organisation(person, organisation))
    return person, organisation


@router.patch("/memberships/{uuid:uid}", response={200: MembershipOut, **ERRORS})
def set_role(request: HttpRequest, uid: UUID, body: RoleIn) -> Any:
    """The old membership ends and one with the new role begins; the answer is the new one."""
    person = signed_in(request)
    return membership_out(memberships.set_role(access_membership(person, uid), by=person, role=body.role))


@router.delete("/memberships/{uuid:uid}", response={200: MembershipOut, **ERRORS})
def end_membership(request: HttpRequest, uid: UUID) -> Any:
    """Leave, or let somebody go."""
    person = signed_in(request)
    return membership_out(memberships.end_membership(access_membership(person, uid), by=person))


@router.get("/me/memberships", response={200: PageOut[MembershipOut], **ERRORS})
def my_memberships(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - as above
    rows = queries.own_memberships(signed_in(request)).select_related("person")
    return page_out(request, rows, membership_out)


@router.get("/organisations/{uuid:uid}/invitations", response={200: PageOut[InvitationOut], **ERRORS})
def list_invitations(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - as above
    _person, organisation = _look_after(request, uid)
    rows = invitations.open_invitations(organisation).select_related("organisation")
    return page_out(request, rows, invitation_out)


@router.post("/organisations/{uuid:uid}/invitations", response={201: InvitationOut, **ERRORS})
def invite(request: HttpRequest, uid: UUID, body: InvitationIn) -> Any:
    """Sends a mail with a link; the link is never in an answer."""
    person = signed_in(request)
    made = invitations.invite(
        by=person,
        email=body.email,
        organisation=access_organisation(person, uid),
        role=body.role,
        base_url=request.build_absolute_uri("/"),
    )
    return Status(201, invitation_out(made))


@router.get("/invitations", response={200: PageOut[InvitationOut], **ERRORS})
def list_platform_invitations(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - as above
    """Open invitations into the platform alone, for the secretariat."""
    demand(rules.only_secretariat(signed_in(request)))
    return page_out(request, invitations.open_invitations(None), invitation_out)


@router.post("/invitations", response={201: InvitationOut, **ERRORS})
def invite_to_platform(request: HttpRequest, body: PlatformInvitationIn) -> Any:
    base = request.build_absolute_uri("/")
    made = invitations.invite(by=signed_in(request), email=body.email, base_url=base)
    return Status(201, invitation_out(made))


@router.delete("/invitations/{uuid:uid}", response={200: InvitationOut, **ERRORS})
def revoke_invitation(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    return invitation_out(invitations.revoke_invitation(access_invitation(person, uid), by=person))


@router.get("/me/invitations", response={200: PageOut[InvitationOut], **ERRORS})
def my_invitations(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - as above
    return page_out(request, invitations.invitations_for(signed_in(request)), invitation_out)


@router.post("/me/invitations/{uuid:uid}/accept", response={200: InvitationOut, **ERRORS})
def accept_mine(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    return invitation_out(invitations.accept_invitation(invitations.access_mine(person, uid), by=person))


@router.post("/me/invitations/accept", response={200: InvitationOut, **ERRORS})
def accept_by_token(request: HttpRequest, body: AcceptIn) -> Any:
    """With the word from the link in the mail."""
    person = signed_in(request)
    return invitation_out(invitations.accept_by_token(body.token, by=person))
