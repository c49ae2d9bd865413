"""REST: what members gave, lent and used."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from dure.farm import access_sharing
from dure.farm.models import UsageEntry
from dure.farm.queries import usage as queries
from dure.farm.usage_csv import usage_file
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people

router = Router()


class UsageLineOut(Schema):
    """Hours; `accelerator` is empty for processor cores. Of months they are weighed by the catalogue."""

    name: str
    accelerator: str
    given: float
    lent: float
    used: float
    excused: float


class UsageOut(Schema):
    """The last twelve months of a member. `until`: everything before it is counted."""

    organisation: str
    until: datetime | None
    months: list[UsageLineOut]
    accelerators: list[UsageLineOut]
    projects: list[UsageLineOut]


class UsageEntryOut(Schema):
    """One entry, in seconds × units as exact decimals. Of its two sides the member's own is named, never another member's.

    `provider`: the machine is the member's. `consumer` and `project`: it ran on the member's account.
    """

    hour: datetime
    recorded_at: datetime
    revision: int
    accelerator: str
    provider: str | None
    consumer: str | None
    project: str
    delivered: str
    consumed: str
    excused: str


def line_out(line: queries.Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in UsageLineOut.model_fields}


@router.get("/farm/usage/{slug}", response={200: UsageOut, **ERRORS}, summary="What a member gave and used")
def get_usage(request: HttpRequest, slug: str) -> Any:
    """For its representatives, the secretariat, the operators and the auditor."""
    organisation = access_sharing.access_usage(person_of(request), slug.replace("\x00", ""))
    found = queries.usage_of(organisation)
    return {
        "organisation": organisation.slug,
        "until": found.until,
        "months": [line_out(line) for line in found.months],
        "accelerators": [line_out(line) for line in found.kinds],
        "projects": [line_out(line) for line in found.projects],
    }


@router.get(
    "/farm/usage/{slug}/entries",
    response={200: PageOut[UsageEntryOut], **ERRORS},
    summary="The entries behind it, newest first",
)
def list_entries(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    organisation = access_sharing.access_usage(person_of(request), slug.replace("\x00", ""))

    def make(entry: UsageEntry) -> dict[str, Any]:
        return _entry_out(entry, organisation)

    return page_out(request, queries.entries_of(organisation), make, per_page=100)


def _entry_out(entry: UsageEntry, organisation: people.Organisation) -> dict[str, Any]:
    is_own = entry.consumer_id == organisation.pk
    gives = entry.provider_id == organisation.pk
    return {
        "hour": entry.hour,
        "recorded_at": entry.recorded_at,
        "revision": entry.revision,
        "accelerator": entry.accelerator,
        "provider": organisation.slug if gives else None,
        "consumer": organisation.slug if is_own else None,
        "project": entry.project if is_own else "",
        "delivered": str(entry.delivered),
        "consumed": str(entry.consumed),
        "excused": str(entry.excused),
    }


@router.get("/farm/usage/{slug}/csv", response={200: None, **ERRORS}, summary="The same by day, as CSV")
def get_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """With a byte order mark, by which Excel knows that it is UTF-8."""
    return usage_file(access_sharing.access_usage(person_of(request), slug.replace("\x00", "")))
