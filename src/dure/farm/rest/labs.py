"""REST: one's own lab."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.farm.labs import actions, queries, rules
from dure.farm.labs.sources import work_of
from dure.foundation.access import demand
from dure.foundation.rest import ERRORS
from dure.people import api as people

router = Router()


class LabOut(Schema):
    """Your lab: `off`, `queued` or `running`; `closes` is when it is closed unless it is used, `ends` the latest end."""

    state: str
    since: datetime | None
    ends: datetime | None
    closes: datetime | None
    memory_mib: int
    used_bytes: int
    most_bytes: int
    address: str


class OpenIn(Schema):
    """What to open: a kind of work (`empty`, `challenge`) and which one."""

    source: str
    ref: str = ""


class OpenOut(Schema):
    """The address that opens it in your lab."""

    address: str


@router.get("/lab", response={200: LabOut, **ERRORS}, summary="Your lab")
def get_lab(request: HttpRequest) -> queries.MyLab:
    """Its state, what it may use, and what your files take."""
    person = people.signed_in(request)
    demand(rules.may_work(person))
    return queries.my_lab(person)


@router.post("/lab/open", response={200: OpenOut, **ERRORS}, summary="Open work in your lab")
def open_work(request: HttpRequest, given: OpenIn) -> dict[str, Any]:
    """Lay a fresh copy into a new folder of your home. What you have there is never written over."""
    person = people.signed_in(request)
    return {"address": actions.open_work(person, work_of(person, given.source, given.ref))}


@router.post("/lab/stop", response={204: None, **ERRORS}, summary="End your lab")
def stop_lab(request: HttpRequest) -> tuple[int, None]:
    """Your files stay."""
    actions.stop_own(people.signed_in(request))
    return 204, None
