"""REST: the farm now."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from dure.farm import access
from dure.farm.queries.now import Gauge, Holding, InLine, Machine, farm_now
from dure.farm.rules import Sight
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out

router = Router()
FIRST: Final = 50
"""So many of those who wait come with the farm as a whole."""


class GaugeOut(Schema):
    """How much there is of one kind (`cores`, `memory_mib`, or an accelerator's type), and how much of it is in use."""

    kind: str
    used: int
    amount: int


class MachineOut(Schema):
    """A machine of the farm. It starts jobs while it is on and its walls are strong enough."""

    name: str
    is_on: bool
    starts_jobs: bool
    protection_level: int
    gauges: list[GaugeOut]


class HoldingOut(Schema):
    """What one member has in one class; `organisation` is null for the platform itself."""

    organisation: str | None
    job_class: str
    running: int
    waiting: int
    amounts: dict[str, int]


class InLineOut(Schema):
    """A waiting job that you may know of. `expected_at` takes each job to run to its limit; jobs mostly end before."""

    uid: UUID
    name: str | None
    organisation: str | None
    job_class: str
    place: int
    reason: str
    why: str
    expected_at: datetime | None


class FarmOut(Schema):
    """The farm at one moment. `line` holds the first waiting jobs that you may know of; `in_line` says how many there are."""

    at: datetime
    running: int
    waiting: int
    gauges: list[GaugeOut]
    machines: list[MachineOut]
    holdings: list[HoldingOut]
    line: list[InLineOut]
    in_line: int


@router.get("/farm", response={200: FarmOut, **ERRORS}, summary="The farm now")
def get_farm(request: HttpRequest) -> dict[str, Any]:
    """Machines, what is in use, who has what, and the first waiting jobs that you may know of; all of them: `/farm/line`."""
    person = person_of(request)
    access.access_farm(person)
    found = farm_now(person)
    return {
        "at": found.at,
        "running": found.running,
        "waiting": found.waiting,
        "gauges": [_gauge(one) for one in found.gauges],
        "machines": [_machine(one) for one in found.machines],
        "holdings": [_holding(one) for one in found.holdings],
        "line": [_in_line(one) for one in found.line[:FIRST]],
        "in_line": len(found.line),
    }


@router.get("/farm/line", response={200: PageOut[InLineOut], **ERRORS}, summary="Who waits for what")
def list_line(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_out
    """Of the waiting jobs that you may know of, the next in line first."""
    person = person_of(request)
    access.access_farm(person)
    return page_out(request, list(farm_now(person).line), _in_line)


def _gauge(one: Gauge) -> dict[str, Any]:
    return {"kind": one.kind, "used": one.used, "amount": one.amount}


def _machine(one: Machine) -> dict[str, Any]:
    return {
        "name": one.node.name,
        "is_on": one.is_on,
        "starts_jobs": one.starts_jobs,
        "protection_level": one.node.level,
        "gauges": [_gauge(gauge) for gauge in one.gauges],
    }


def _holding(one: Holding) -> dict[str, Any]:
    return {
        "organisation": one.organisation and one.organisation.slug,
        "job_class": one.job_class,
        "running": one.running,
        "waiting": one.waiting,
        "amounts": dict(one.amounts),
    }


def _in_line(one: InLine) -> dict[str, Any]:
    job, place = one.job, one.place
    return {
        "uid": job.uid,
        "name": job.name if one.sight >= Sight.NAMES else None,
        "organisation": job.organisation and job.organisation.slug,
        "job_class": job.job_class,
        "place": place.number,
        "reason": place.reason,
        "why": place.sentence,
        "expected_at": place.expected,
    }
