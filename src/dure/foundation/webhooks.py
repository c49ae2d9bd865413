"""Webhooks: each new notice goes, signed, to one address that the person named: a messenger, a text message service, a program.

The signature follows the Standard Webhooks convention, so that receivers can check it with a ready-made library.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dure.foundation import audit, clock, notices, outward
from dure.foundation.access import Denied, Hidden, Refused
from dure.foundation.models import Notice, Webhook, WebhookDelivery
from dure.foundation.models.webhook import fresh_salt

PREFIX = "whsec_"
TASK = "dure.foundation.tasks.carry_notices"
LANE = "webhooks"
SET = "foundation.webhook_set"
OFF = "foundation.webhook_off"
PAGE = "/notices/webhook"
FAULTS = {**outward.FAULTS, "off": _("The webhook was switched off before it could go.")}


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved webhook. `key` is the signing key when it is a new one, shown this once."""

    webhook: Webhook
    key: str | None


def register() -> None:
    """What the ground floor says itself, and that it carries notices outwards."""
    notices.register_kind(
        SET,
        _("My notices go to a new address"),
        _("Your notices now also go to %(host)s."),
        group=notices.ACCOUNT,
    )
    notices.register_kind(
        OFF,
        _("My webhook is switched off"),
        _(
            "Your notices no longer go to %(host)s: too many did not arrive. Look at the reasons and save the address again."
        ),
        group=notices.ACCOUNT,
    )
    notices.register_carrier(queue)


def webhook_of(person: Any) -> Webhook | None:
    return Webhook.objects.filter(person=person).first()


def deliveries_of(person: Any) -> QuerySet[WebhookDelivery]:
    """What went to the person's address or is on its way, newest first."""
    return WebhookDelivery.objects.filter(webhook__person=person).select_related("notice")


def set_webhook(person: Any, url: str) -> Saved:
    """From now on each new notice also goes to `url`, the first at once. A new address gets a new key.

    Raises Denied when we do not go there.
    """
    try:
        outward.target(url)
    except outward.OutwardError as error:
        raise Denied(Refused(error.code, outward.FAULTS[error.code])) from error
    with transaction.atomic():
        saved = _save(person, url)
        audit.write(by=person, action="person.webhook_set", detail={"host": saved.webhook.host})
        notices.notify([person], SET, url=PAGE, params={"host": saved.webhook.host})
    return saved


def _save(person: Any, url: str) -> Saved:
    hook, is_new = Webhook.objects.select_for_update().get_or_create(person=person, defaults={"url": url})
    if hook.url != url:
        hook.url, hook.salt, is_new = url, fresh_salt(), True
    hook.failures, hook.off_at = 0, None
    hook.save()
    return Saved(hook, key_of(hook) if is_new else None)


@transaction.atomic
def renew_key(person: Any) -> Saved:
    """A new signing key; the old one signs nothing from now on. Raises Hidden without a webhook."""
    hook = _locked(person)
    hook.salt = fresh_salt()
    hook.save(update_fields=["salt"])
    audit.write(by=person, action="person.webhook_renewed", detail={"host": hook.host})
    return Saved(hook, key_of(hook))


@transaction.atomic
def remove_webhook(person: Any) -> None:
    """No notice goes outwards any more, and the list of what went is forgotten. Raises Hidden without a webhook."""
    hook = _locked(person)
    audit.write(by=person, action="person.webhook_removed", detail={"host": hook.host})
    hook.delete()


def _locked(person: Any) -> Webhook:
    hook = Webhook.objects.select_for_update().filter(person=person).first()
    if hook is None:
        raise Hidden("webhook")
    return hook


def _key_bytes(hook: Webhook) -> bytes:
    return salted_hmac("dure.webhook", hook.salt, algorithm="sha256").digest()


def key_of(hook: Webhook) -> str:
    return PREFIX + base64.b64encode(_key_bytes(hook)).decode()


def signature(hook: Webhook, *, uid: UUID, timestamp: int, body: bytes) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over `uid.timestamp.body`."""
    signed = f"{uid}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(_key_bytes(hook), signed, hashlib.sha256)).decode()


def queue(fresh: Sequence[Notice]) -> None:
    """Write down what is to be carried, in the caller's transaction; the worker starts after it."""
    people = {notice.person_id for notice in fresh}
    hooks = {hook.person_id: hook for hook in Webhook.objects.filter(person__in=people, off_at=None)}
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook=hooks[notice.person_id], notice=notice, next_at=clock.now())
        for notice in fresh
        if notice.person_id in hooks
    )
    if hooks:
        poke()


def poke() -> None:
    """Ask the worker to look now instead of at the next minute."""
    try:
        with transaction.atomic():
            app.configure_task(TASK, lock=LANE, queueing_lock=LANE).defer(timestamp=0)
    except AlreadyEnqueued:
        return
