"""Carrying notices to the addresses people named: one after the other, a few tries each, and at last switched off."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from dure.foundation import clock, notices, outward, webhooks
from dure.foundation.models import Webhook, WebhookDelivery

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""Between one try and the next; after the last one it is given up."""
MOST_ATTEMPTS = len(WAITS) + 1
MOST_FAILURES = 5
"""So many given up in a row switch the webhook off."""
RUN = timedelta(seconds=45)
KEPT = timedelta(days=30)


def carry_due() -> int:
    """Carry all that is due, for at most `RUN`; returns how many arrived. Rows hold the state: a killed run loses nothing.

    An address that fails is left alone for the rest of the run, so that one slow receiver costs the others little.
    """
    arrived, failed = 0, set[int]()
    for pk in _due_until(clock.now() + RUN, failed):
        delivery = _claim(pk)
        if delivery is None:
            continue
        if _carry(delivery):
            arrived += 1
        else:
            failed.add(delivery.webhook_id)
    return arrived


def _due_until(end: datetime, failed: set[int]) -> Iterator[int]:
    seen = 0
    while clock.now() < end:
        due = WebhookDelivery.objects.filter(done_at=None, next_at__lte=clock.now(), pk__gt=seen)
        found = due.exclude(webhook__in=failed).order_by("pk").values_list("pk", flat=True).first()
        if found is None:
            return
        yield found
        seen = found


@transaction.atomic
def _claim(pk: int) -> WebhookDelivery | None:
    """Count the try before it is made: whoever is killed in it leaves a row that is due again later."""
    rows = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("webhook", "notice__person")
    row = rows.filter(pk=pk, done_at=None, next_at__lte=clock.now()).first()
    if row is None:
        return None
    person: Any = row.notice.person
    if row.webhook.off_at or not person.is_active:
        _give_up(row, "off")
        return None
    if row.attempts >= MOST_ATTEMPTS:  # killed in its last try
        _give_up(row, row.fault or "timeout")
        return None
    row.next_at = clock.now() + WAITS[min(row.attempts, len(WAITS) - 1)]
    row.attempts, row.tried_at = row.attempts + 1, clock.now()
    row.save(update_fields=["attempts", "next_at", "tried_at"])
    return row


def _carry(delivery: WebhookDelivery) -> bool:
    """One try, without any lock held meanwhile."""
    body, timestamp = body_of(delivery), int(clock.now().timestamp())
    signed = webhooks.signature(delivery.webhook, uid=delivery.uid, timestamp=timestamp, body=body)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": str(delivery.uid),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }
    try:
        status = outward.post(delivery.webhook.url, body, headers)
    except outward.OutwardError as error:
        _note(delivery, status=error.status, fault=error.code)
        return False
    _note(delivery, status=status, fault="")
    return True


def body_of(delivery: WebhookDelivery) -> bytes:
    """The notice as JSON, in the person's language. `text` is the word most messengers look for."""
    notice = delivery.notice
    person: Any = notice.person
    with translation.override(person.language):
        said = notices.text(notice)
    content = {
        "uid": str(delivery.uid),
        "kind": notice.kind,
        "text": said,
        "url": f"{settings.PUBLIC_URL}{notice.url}" if notice.url else "",
        "time": notice.created_at.isoformat(),
    }
    return json.dumps(content, ensure_ascii=False).encode()


@transaction.atomic
def _note(tried: WebhookDelivery, *, status: int | None, fault: str) -> None:
    """Write down how the try ended, unless a later try, a removal or a new address has overtaken it."""
    hook = Webhook.objects.select_for_update().filter(pk=tried.webhook_id).first()
    row = WebhookDelivery.objects.filter(pk=tried.pk, attempts=tried.attempts, done_at=None).first()
    if hook is None or row is None:
        return
    row.status, row.fault = status, fault
    if not fault or row.attempts >= MOST_ATTEMPTS:
        row.done_at = clock.now()
    row.save(update_fields=["status", "fault", "done_at"])
    if row.done_at:
        _count(hook, has_failed=bool(fault))


def _count(hook: Webhook, *, has_failed: bool) -> None:
    hook.failures = hook.failures + 1 if has_failed else 0
    goes_off = hook.failures >= MOST_FAILURES and hook.off_at is None
    hook.off_at = clock.now() if goes_off else hook.off_at
    hook.save(update_fields=["failures", "off_at"])
    if goes_off:
        notices.notify([hook.person], webhooks.OFF, url=webhooks.PAGE, params={"host": hook.host})


def _give_up(row: WebhookDelivery, fault: str) -> None:
    """The rest of a webhook that is off, an account that is closed, a try that was cut short too often."""
    row.done_at, row.fault = clock.now(), fault
    row.save(update_fields=["done_at", "fault"])


def prune(now: datetime) -> int:
    """Forget what is done after a month."""
    return WebhookDelivery.objects.filter(done_at__lt=now - KEPT).delete()[0]
