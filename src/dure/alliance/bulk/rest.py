"""REST of bulk actions: what can be done at once, looking, beginning, one of them, taking back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.bulk import access, batches, queries, rules
from dure.alliance.bulk.deeds import deeds
from dure.alliance.bulk.looking import NEEDED, Look, look
from dure.alliance.models import BulkBatch, BulkItem
from dure.foundation import workflow
from dure.foundation.access import demand
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class BulkDeedOut(Schema):
    """Something that can be done to several things of one kind; `needs` names what it asks for besides them."""

    code: str
    kind: str
    label: str
    needs: list[str]


class BulkLookIn(Schema):
    """`deed` is a code of `/desk/bulk/deeds`; `reason`, or `roundtable` (a uid) and `minutes`, where it needs them."""

    deed: Annotated[Text, Field(max_length=40)]
    things: Annotated[list[UUID], Field(max_length=200)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    roundtable: UUID | None = None
    minutes: Annotated[int, Field(ge=0, le=10_000)] = 0


class BulkBeginIn(BulkLookIn):
    """`token` is that of what was looked at: when anything stands otherwise, nothing is done."""

    token: Annotated[Text, Field(max_length=64)]


class BulkRefusalOut(Schema):
    """One reason why a thing would be left out."""

    reason: str
    message: str


class BulkSeenOut(Schema):
    """A thing: it would be done where `refusals` is empty."""

    thing: UUID
    title: str
    url: str
    state: str
    refusals: list[BulkRefusalOut]


class BulkLookOut(Schema):
    """What would happen, with the token that begins exactly this."""

    token: str
    rows: list[BulkSeenOut]


class BulkBatchOut(Schema):
    """A bulk action; it can be taken back until `performs_at`."""

    uid: UUID
    state: str
    deed: str
    label: str
    made_at: datetime
    performs_at: datetime


class BulkItemOut(Schema):
    """A thing of it: `result` is empty while it is ahead, else done, refused (`code`, `why`) or cancelled."""

    thing: UUID
    title: str
    url: str
    result: str
    code: str
    why: str


def batch_out(one: BulkBatch) -> dict[str, Any]:
    names = ("uid", "state", "deed", "made_at", "performs_at")
    return {name: getattr(one, name) for name in names} | {"label": queries.label_of(one)}


def _given(body: BulkLookIn) -> dict[str, Any]:
    roundtable = str(body.roundtable) if body.roundtable else ""
    return {"reason": body.reason, "roundtable": roundtable, "minutes": body.minutes}


def _look_out(seen: Look) -> dict[str, Any]:
    names = ("thing", "title", "url", "state")
    return {
        "token": seen.token,
        "rows": [
            {name: getattr(one, name) for name in names}
            | {"refusals": [{"reason": why.reason, "message": str(why.message)} for why in one.refusals]}
            for one in seen.rows
        ],
    }


@router.get(
    "/desk/bulk/deeds",
    auth=HOST,
    response={200: list[BulkDeedOut], **ERRORS},
    summary="What can be done to several things at once",
)
def get_deeds(request: HttpRequest) -> Any:
    demand(rules.leads(signed_in(request)))
    return [
        {"code": one.code, "kind": one.kind, "label": str(one.label), "needs": list(NEEDED[one.needs])}
        for one in deeds().values()
    ]


@router.post(
    "/desk/bulk/look",
    auth=HOST,
    response={200: BulkLookOut, **ERRORS},
    summary="What a bulk action would do",
)
def post_look(request: HttpRequest, body: BulkLookIn) -> Any:
    person = signed_in(request)
    deed = access.access_deed(person, body.deed)
    return _look_out(look(deed, body.things, by=person, given=_given(body)))


@router.get("/desk/bulk", auth=HOST, response={200: PageOut[BulkBatchOut], **ERRORS}, summary="Bulk actions")
def get_batches(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    demand(rules.may_look(person))
    return page_out(request, queries.batches(person), batch_out)


@router.post("/desk/bulk", auth=HOST, response={201: BulkBatchOut, **ERRORS}, summary="Begin a bulk action")
def post_batch(request: HttpRequest, body: BulkBeginIn) -> Any:
    person = signed_in(request)
    deed = access.access_deed(person, body.deed)
    made = batches.begin(deed, body.things, by=person, given=_given(body), token=body.token)
    return Status(201, batch_out(made))


@router.get(
    "/desk/bulk/{uuid:uid}", auth=HOST, response={200: BulkBatchOut, **ERRORS}, summary="A bulk action"
)
def get_batch(request: HttpRequest, uid: UUID) -> Any:
    return batch_out(access.access_batch(signed_in(request), uid))


@router.get(
    "/desk/bulk/{uuid:uid}/items",
    auth=HOST,
    response={200: PageOut[BulkItemOut], **ERRORS},
    summary="What came of each thing of a bulk action",
)
def get_items(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    found = queries.items(person, batch)
    known = {row.item.pk: row for row in queries.rows(person, batch, list(found))}

    def item_out(item: BulkItem) -> dict[str, Any]:
        row = known[item.pk]
        return {
            "thing": item.thing, "title": row.title, "url": row.url, "result": item.result, "code": item.code,
            "why": row.why,
        }  # fmt: skip

    return page_out(request, found, item_out)


@router.post(
    "/desk/bulk/{uuid:uid}/cancel",
    auth=HOST,
    response={200: BulkBatchOut, **ERRORS},
    summary="Take a bulk action back",
)
def post_cancel(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    return batch_out(workflow.perform(access.access_batch(person, uid), "cancel", by=person))
