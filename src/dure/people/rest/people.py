"""People and one's own profile over REST."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.foundation import pages
from dure.foundation.access import Audience, Role
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import queries
from dure.people.actions.profile import edit_profile
from dure.people.models import Person
from dure.people.signed_in import signed_in
from dure.people.visibility import access_person

router = Router(tags=["people"])


class PlaceOut(Schema):
    """A current membership, in short."""

    organisation: UUID
    organisation_name: str
    role: str
    title: str


class PersonOut(Schema):
    """What the caller may see of a person; `email` only for those who may write to them."""

    uid: UUID
    name_ko: str
    name_en: str
    headline_ko: str
    headline_en: str
    roles: list[Role]
    memberships: list[PlaceOut]


class PersonPageOut(PersonOut):
    about_ko: str
    about_en: str
    audience: Audience
    who_sees: str
    email: str | None


class MeOut(Schema):
    uid: UUID
    email: str | None
    name_ko: str
    name_en: str
    headline_ko: str
    headline_en: str
    about_ko: str
    about_en: str
    language: str
    time_zone: str
    audience: Audience
    roles: list[Role]
    created_at: datetime


class MePatch(Schema):
    """Fields that are left out stay as they are."""

    name_ko: str | None = Field(None, max_length=80)
    name_en: str | None = Field(None, max_length=80)
    headline_ko: str | None = Field(None, max_length=160)
    headline_en: str | None = Field(None, max_length=160)
    about_ko: str | None = Field(None, max_length=4000)
    about_en: str | None = Field(None, max_length=4000)
    language: str | None = Field(None, max_length=2)
    time_zone: str | None = Field(None, max_length=40)
    audience: Audience | None = None


class PreviewOut(Schema):
    """Who could open the profile under one audience, in words."""

    audience: Audience
    sentence: str


def person_out(person: Any) -> dict[str, Any]:
    """A person with the memberships that `queries.people` has loaded."""
    return {
        "uid": person.uid,
        "name_ko": person.name_ko,
        "name_en": person.name_en,
        "headline_ko": person.headline_ko,
        "headline_en": person.headline_en,
        "roles": person.roles,
        "memberships": [_place(membership) for membership in person.current],
    }


def _place(membership: Any) -> dict[str, Any]:
    return {
        "organisation": membership.organisation.uid,
        "organisation_name": membership.organisation.name,
        "role": membership.role,
        "title": membership.title,
    }


@router.get("/people", response={200: PageOut[PersonOut], **ERRORS})
def list_people(request: HttpRequest, q: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    """Those whose profile the caller may open."""
    return page_out(request, queries.people(pages.person_of(request), words=q), person_out)


@router.get("/people/{uuid:uid}", response={200: PersonPageOut, **ERRORS})
def get_person(request: HttpRequest, uid: UUID) -> Any:
    reader = pages.person_of(request)
    subject: Any = access_person(reader, uid)
    subject.current = queries.current_memberships(reader, subject)
    return {
        **person_out(subject),
        "about_ko": subject.about_ko,
        "about_en": subject.about_en,
        "audience": subject.audience,
        "who_sees": queries.who_sees_profile(subject.audience),
        "email": subject.email if queries.may_see_email(reader, subject) else None,
    }


@router.get("/me", response={200: MeOut, **ERRORS})
def get_me(request: HttpRequest) -> Person:
    return signed_in(request)


@router.patch("/me", response={200: MeOut, **ERRORS})
def edit_me(request: HttpRequest, body: MePatch) -> Person:
    sent = {name: "" if value is None else value for name, value in body.dict(exclude_unset=True).items()}
    return edit_profile(signed_in(request), sent)


@router.get("/me/who-sees", response={200: list[PreviewOut], **ERRORS})
def preview(request: HttpRequest) -> Any:
    """Who could open one's profile under each audience."""
    signed_in(request)
    return [{"audience": value, "sentence": queries.who_sees_profile(value)} for value in Audience]
