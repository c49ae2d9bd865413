"""REST: one's notices, what of them comes by mail, and the webhook to which they go."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation import notices, outward, webhooks
from dure.foundation.access import Hidden
from dure.foundation.models import Notice, Webhook, WebhookDelivery
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, PageOut, page_out

router = Router(tags=["notices"])


class NoticeOut(Schema):
    kind: str
    text: str
    url: str
    created_at: datetime
    read_at: datetime | None


class WishOut(Schema):
    kind: str
    label: str
    mail: bool


class WishesIn(Schema):
    """Exactly these kinds come by mail from now on."""

    mailed: list[str] = Field(max_length=500)


class WebhookIn(Schema):
    url: str = Field(max_length=outward.LONGEST)


class WebhookOut(Schema):
    """`failures` counts what was given up in a row; `off_at` is set when there were too many."""

    url: str
    failures: int
    off_at: datetime | None
    created_at: datetime


class SavedOut(WebhookOut):
    """`key` is the signing key when a new one was made, shown this once."""

    key: str | None


class DeliveryOut(Schema):
    """A notice on its way (`done_at` empty), arrived (`fault` empty) or given up; `status` is the receiver's last answer."""

    uid: UUID
    kind: str
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    done_at: datetime | None
    status: int | None
    fault: str


def _notice_out(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "text": notices.text(notice),
        "url": notice.url,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }


def _delivery_out(row: WebhookDelivery) -> dict[str, Any]:
    names = ("uid", "attempts", "tried_at", "done_at", "status", "fault")
    kept = {name: getattr(row, name) for name in names}
    return {**kept, "kind": row.notice.kind, "next_at": None if row.done_at else row.next_at}


def _saved_out(saved: webhooks.Saved) -> SavedOut:
    return SavedOut(key=saved.key, **WebhookOut.from_orm(saved.webhook).dict())


@router.get("/me/notices", response={200: PageOut[NoticeOut], **ERRORS}, summary="My notices, newest first")
def list_notices(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    return page_out(request, Notice.objects.filter(person=signed_in(request)), _notice_out)


@router.post("/me/notices/read", response={204: None, **ERRORS}, summary="Mark all my notices as read")
def read_notices(request: HttpRequest) -> Any:
    notices.mark_read(signed_in(request))
    return Status(204, None)


def _wishes(person: Any) -> list[dict[str, Any]]:
    found = notices.wishes(person)
    return [{"kind": wish.kind.key, "label": str(wish.kind.label), "mail": wish.mail} for wish in found]


@router.get("/me/notices/mail", response={200: list[WishOut], **ERRORS}, summary="Which kinds come by mail")
def list_wishes(request: HttpRequest) -> Any:
    return _wishes(signed_in(request))


@router.put("/me/notices/mail", response={200: list[WishOut], **ERRORS}, summary="Choose what comes by mail")
def save_wishes(request: HttpRequest, body: WishesIn) -> Any:
    person = signed_in(request)
    notices.set_wishes(person, mailed=set(body.mailed))
    return _wishes(person)


@router.get("/me/webhook", response={200: WebhookOut, **ERRORS}, summary="My webhook")
def get_webhook(request: HttpRequest) -> Webhook:
    hook = webhooks.webhook_of(signed_in(request))
    if hook is None:
        raise Hidden("webhook")
    return hook


@router.put(
    "/me/webhook", response={200: SavedOut, **ERRORS}, summary="Name my webhook, or switch it on again"
)
def set_webhook(request: HttpRequest, body: WebhookIn) -> Any:
    return _saved_out(webhooks.set_webhook(signed_in(request), body.url))


@router.delete("/me/webhook", response={204: None, **ERRORS}, summary="Remove my webhook")
def remove_webhook(request: HttpRequest) -> Any:
    webhooks.remove_webhook(signed_in(request))
    return Status(204, None)


@router.post("/me/webhook/key", response={200: SavedOut, **ERRORS}, summary="Renew the signing key")
def renew_key(request: HttpRequest) -> Any:
    return _saved_out(webhooks.renew_key(signed_in(request)))


@router.get(
    "/me/webhook/deliveries",
    response={200: PageOut[DeliveryOut], **ERRORS},
    summary="What went to my webhook, newest first",
)
def list_deliveries(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - same
    return page_out(request, webhooks.deliveries_of(signed_in(request)), _delivery_out)
