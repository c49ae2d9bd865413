"""REST: a challenge whose hidden rows stay at sites: asking their owners."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.farm import api as farm
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS
from dure.people import api as people
from dure.problems import access
from dure.problems.actions import sites as actions
from dure.problems.models import Challenge

router = Router(tags=["hosting"])
HOST = people.require_scope("host")


class SiteAskIn(Schema):
    """The code of a data set, as its owner gave it away."""

    code: str


class AskedSiteOut(Schema):
    """Whose data is asked for, and what its owner said: runs in all and of one team, and the fewest rows of a score."""

    uid: UUID
    owner: str
    dataset: str
    rows: int
    state: str
    looks: int
    looks_each: int
    least_rows: int
    note: str
    created_at: datetime
    answered_at: datetime | None


def _out(use: farm.SiteUse) -> dict[str, Any]:
    of_data = {
        "owner": use.dataset.site.organisation.slug,
        "dataset": use.dataset.name,
        "rows": use.dataset.rows,
    }
    return of_data | {name: getattr(use, name) for name in AskedSiteOut.model_fields if name not in of_data}


def _hosted(request: HttpRequest, slug: str) -> Challenge:
    return access.access_hosted(person_of(request), slug)


def _all(challenge: Challenge) -> list[dict[str, Any]]:
    return [_out(use) for use in farm.site_uses_of(challenge.uid)]


@router.get(
    "/challenges/{slug}/manage/sites",
    response={200: list[AskedSiteOut], **ERRORS},
    summary="Sites that are asked",
)
def list_asked_sites(request: HttpRequest, slug: str) -> Any:
    return _all(_hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/sites",
    auth=HOST,
    response={201: list[AskedSiteOut], **ERRORS},
    summary="Ask the owner of a data set",
)
def post_site_ask(request: HttpRequest, slug: str, body: SiteAskIn) -> Any:
    """The owner answers at the site; what changes later is asked for anew."""
    challenge = _hosted(request, slug)
    actions.ask(by=person_of(request), challenge=challenge, code=body.code)
    return Status(201, _all(challenge))


@router.delete(
    "/challenges/{slug}/manage/sites/{uuid:uid}",
    auth=HOST,
    response={200: list[AskedSiteOut], **ERRORS},
    summary="Need a site no more",
)
def delete_site_ask(request: HttpRequest, slug: str, uid: UUID) -> Any:
    challenge = _hosted(request, slug)
    actions.take_back(by=person_of(request), challenge=challenge, uid=uid)
    return _all(challenge)
