"""REST of the desk: what waits for whom, and what is due."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.alliance.desk import queries, rules
from dure.foundation.access import demand
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class DeskWaitOut(Schema):
    """Something that waits for `whom` (secretariat, organisation, lead, …) since a moment."""

    kind: str
    label: str
    whom: str
    since: datetime
    days: int
    state: str
    title: str
    url: str


class DeskDueOut(Schema):
    """Something that is due on a day; `who` says whose it is, where that is known."""

    kind: str
    label: str
    day: date
    days_late: int
    title: str
    who: str
    url: str


class DeskSummaryOut(Schema):
    """How much of a kind waits for whom, and for how many days the oldest."""

    kind: str
    label: str
    whom: str
    count: int
    days: int


def wait_out(row: Any) -> dict[str, Any]:
    one = queries.wait_of(row)
    names = ("kind", "label", "whom", "since", "days", "title", "url")
    return {name: getattr(one, name) for name in names} | {"state": one.state_label}


def due_out(row: Any) -> dict[str, Any]:
    one = queries.due_of(row)
    return {name: getattr(one, name) for name in ("kind", "label", "day", "days_late", "title", "who", "url")}


@router.get(
    "/desk/waiting",
    auth=HOST,
    response={200: PageOut[DeskWaitOut], **ERRORS},
    summary="What waits for whom, the oldest first",
)
def get_waiting(request: HttpRequest, kind: str = "", whom: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    demand(rules.may_look(person))
    return page_out(request, queries.waits(person, kind=kind, whom=whom), wait_out)


@router.get(
    "/desk/summary",
    auth=HOST,
    response={200: list[DeskSummaryOut], **ERRORS},
    summary="How much waits for whom, by kind",
)
def get_summary(request: HttpRequest) -> Any:
    person = signed_in(request)
    demand(rules.may_look(person))
    names = ("kind", "label", "whom", "count", "days")
    return [{name: getattr(one, name) for name in names} for one in queries.summary(person)]


@router.get(
    "/desk/due",
    auth=HOST,
    response={200: PageOut[DeskDueOut], **ERRORS},
    summary="What is due within 30 or 90 days, and what is late",
)
def get_due(request: HttpRequest, days: int = 30, kind: str = "", late: bool = False, page: int = 1) -> Any:  # noqa: ARG001, FBT001, FBT002 - same; names of REST
    person = signed_in(request)
    demand(rules.may_look(person))
    span = 90 if days == 90 else 30
    return page_out(request, queries.due(person, days=span, kind=kind, late=late), due_out)
