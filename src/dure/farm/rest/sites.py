"""REST: sites, for those who speak for a member."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.farm.actions import sites
from dure.farm.models import Site, SiteDataset, SiteTask
from dure.farm.queries import sites as queries
from dure.farm.rest.sharing import Slug, own_organisation
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class SiteIn(Schema):
    """A site to be named, of an organisation that the caller represents."""

    organisation: Slug
    name: Annotated[Text, Field(max_length=80)]


class SiteOut(Schema):
    """A machine at which programs meet data that stays there."""

    uid: UUID
    organisation: str
    name: str
    joined_at: datetime | None
    seen_at: datetime | None
    closed_at: datetime | None


class SiteMadeOut(SiteOut):
    """With the code for `dure site join`, which is shown this once."""

    code: str


class SiteUseLine(Schema):
    """What a data set is used for, within the limits that its owner said at the site."""

    uid: UUID
    title: str
    state: str
    looks: int
    looks_each: int
    least_rows: int
    runs: int


class SiteDatasetOut(Schema):
    """A data set at a site; its `uid` is the code by which a host asks for it."""

    uid: UUID
    name: str
    sha256: str
    rows: int
    uses: list[SiteUseLine]


class SiteDetailOut(SiteOut):
    """With its data sets."""

    datasets: list[SiteDatasetOut]


class SiteTaskOut(Schema):
    """What ran, or waits to run, at a site. Scores stand in the site's own log, and with the hosts; not here."""

    uid: UUID
    name: str
    dataset: str
    state: str
    problem: str
    created_at: datetime
    finished_at: datetime | None


def site_out(site: Site) -> dict[str, Any]:
    names = [name for name in SiteOut.model_fields if name != "organisation"]
    return {**{name: getattr(site, name) for name in names}, "organisation": site.organisation.slug}


def _dataset_out(dataset: SiteDataset) -> dict[str, Any]:
    plain = {name: getattr(dataset, name) for name in ("uid", "name", "sha256", "rows")}
    uses = [{name: getattr(use, name) for name in SiteUseLine.model_fields} for use in dataset.uses.all()]
    return {**plain, "uses": uses}


def _task_out(task: SiteTask) -> dict[str, Any]:
    plain = {name: getattr(task, name) for name in ("uid", "name", "state", "created_at", "finished_at")}
    return {**plain, "dataset": task.use.dataset.name, "problem": task.result.get("problem", "")}


@router.get("/farm/sites", response={200: PageOut[SiteOut], **ERRORS}, summary="Sites")
def list_sites(request: HttpRequest) -> dict[str, Any]:
    """Those of organisations you represent; the secretariat and the auditor see all."""
    return page_out(request, queries.sites(signed_in(request)), site_out)


@router.post("/farm/sites", auth=HOST, response={201: SiteMadeOut, **ERRORS}, summary="Name a site")
def post_site(request: HttpRequest, body: SiteIn) -> Any:
    person = signed_in(request)
    made = sites.add(by=person, organisation=own_organisation(person, body.organisation), name=body.name)
    return Status(201, site_out(made.site) | {"code": made.code})


@router.get("/farm/sites/{uuid:uid}", response={200: SiteDetailOut, **ERRORS}, summary="A site")
def get_site(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    site = queries.access_site(person_of(request), uid)
    return site_out(site) | {"datasets": [_dataset_out(one) for one in queries.datasets(site)]}


@router.get(
    "/farm/sites/{uuid:uid}/tasks",
    response={200: PageOut[SiteTaskOut], **ERRORS},
    summary="What ran at a site",
)
def list_site_tasks(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """The newest first."""
    return page_out(request, queries.tasks(queries.access_site(person_of(request), uid)), _task_out)


@router.post(
    "/farm/sites/{uuid:uid}/close", auth=HOST, response={200: SiteOut, **ERRORS}, summary="Close a site"
)
def close_site(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Its key opens nothing any more, and what it was used for ends."""
    person = signed_in(request)
    sites.close(by=person, site=queries.access_site(person, uid))
    return site_out(queries.access_site(person, uid))
