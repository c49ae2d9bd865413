"""Consents, the export of one's own data, and the end of an account, over REST."""

from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import Denied, Hidden, Refused
from dure.foundation.middleware import client_address
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people.actions import consents
from dure.people.actions.accounts import delete_account
from dure.people.exports import export_of
from dure.people.models import Consent, ConsentText, Person
from dure.people.signed_in import signed_in

router = Router(tags=["people"])
WRONG_PASSWORD = Refused("wrong_password", _("To delete your account, send your present password."))


class TextOut(Schema):
    key: str
    version: int
    title_ko: str
    title_en: str
    body_ko: str
    body_en: str
    sha256: str
    published_at: datetime


class TextIn(Schema):
    title_ko: str = Field(min_length=1, max_length=160)
    title_en: str = Field(min_length=1, max_length=160)
    body_ko: str = Field(min_length=1, max_length=60_000)
    body_en: str = Field(min_length=1, max_length=60_000)


class ConsentIn(Schema):
    """Which texts are agreed to: the hashes bind the yes to the words that were read."""

    sha256: list[str] = Field(min_length=1, max_length=10)


class ConsentOut(Schema):
    id: int
    key: str
    version: int
    sha256: str
    given_at: datetime
    withdrawn_at: datetime | None


class GoodbyeIn(Schema):
    password: str = Field(max_length=500)


def consent_out(consent: Consent) -> dict[str, Any]:
    return {
        "id": consent.pk,
        "key": consent.text.key,
        "version": consent.text.version,
        "sha256": consent.text.sha256,
        "given_at": consent.given_at,
        "withdrawn_at": consent.withdrawn_at,
    }


@router.get("/texts", response={200: list[TextOut], **ERRORS})
def list_texts(request: HttpRequest) -> Any:  # noqa: ARG001 - ninja hands it in
    """The version in force of each text."""
    return list(consents.latest_texts())


@router.get("/texts/{key}/{int:version}", response={200: TextOut, **ERRORS})
def get_text(request: HttpRequest, key: str, version: int) -> Any:  # noqa: ARG001 - same
    text = ConsentText.objects.filter(key=key, version=min(version, 2**31 - 1)).first()
    if text is None:
        raise Hidden(key)
    return text


@router.post("/texts/{key}", response={201: TextOut, **ERRORS})
def publish_text(request: HttpRequest, key: str, body: TextIn) -> Any:
    """A new version, by the secretariat; everybody is asked again."""
    wording = consents.Wording(**body.dict())
    return Status(201, consents.publish_text(by=signed_in(request), key=key, wording=wording))


@router.get("/me/consents", response={200: PageOut[ConsentOut], **ERRORS})
def list_consents(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    rows = signed_in(request).consents.select_related("text")
    return page_out(request, rows, consent_out)


@router.get("/me/consents/waiting", response={200: list[TextOut], **ERRORS})
def waiting_texts(request: HttpRequest) -> Any:
    """Texts in force that one has not agreed to yet."""
    return list(consents.texts_to_ask(signed_in(request)))


@router.post("/me/consents", response={200: list[ConsentOut], **ERRORS})
def give_consent(request: HttpRequest, body: ConsentIn) -> Any:
    person = signed_in(request)
    texts = list(ConsentText.objects.filter(sha256__in=body.sha256))
    if {text.sha256 for text in texts} != set(body.sha256):
        raise Denied(consents.OLD_TEXT, conflict=True)
    given = consents.give_consent(person, texts, origin=client_address(request))
    return [consent_out(consent) for consent in given]


@router.delete("/me/consents/{int:consent_id}", response={200: ConsentOut, **ERRORS})
def withdraw_consent(request: HttpRequest, consent_id: int) -> Any:
    person = signed_in(request)
    return consent_out(consents.withdraw_consent(person, min(consent_id, 2**63 - 1)))


@router.get("/me/export", response={200: None, **ERRORS})
def export(request: HttpRequest) -> HttpResponse:
    """One's own data: a zip of JSON files."""
    response = HttpResponse(export_of(signed_in(request)), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="dure-my-data.zip"'
    return response


@router.post("/me/delete", response={204: None, **ERRORS})
def delete_me(request: HttpRequest, body: GoodbyeIn) -> Any:
    """Delete one's account, proven by the present password. What stays and why is told on the page `/me/delete`."""
    person = signed_in(request)
    _prove(person, body.password)
    delete_account(person)
    logout(request)
    return Status(204, None)


def _prove(person: Person, password: str) -> None:
    if not person.check_password(password):
        raise Denied(WRONG_PASSWORD)
