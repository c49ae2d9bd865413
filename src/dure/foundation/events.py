"""Events: typed facts recorded in the transaction that made them, delivered after commit, and again after a crash."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q

from dure.foundation import clock
from dure.foundation.models import Delivery, OutboxEvent

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 10
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; subclasses are frozen dataclasses whose fields are JSON values."""


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]
_handlers: dict[str, tuple[type[Event], Handler]] = {}


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for every event of `kind`. It may be called twice for one event and must bear it."""
    _handlers[f"{kind.__module__}.{kind.__qualname__}>{handler.__module__}.{handler.__qualname__}"] = (
        kind,
        handler,
    )


def record(event: Event) -> None:
    """Write the event into the outbox; delivery follows on commit. Costs nothing when nobody listens."""
    names = _listeners(event)
    if not names:
        return
    row = _row(event)
    row.save()
    deliveries = Delivery.objects.bulk_create(Delivery(event=row, handler=name) for name in names)
    for delivery in deliveries:
        transaction.on_commit(partial(deliver, delivery.pk), robust=True)


def record_all(events: Iterable[Event]) -> None:
    """Write many events at once; `deliver_pending` hands them on within a minute, while nobody waits for a page."""
    listened = [(event, names) for event in events if (names := _listeners(event))]
    rows = OutboxEvent.objects.bulk_create(_row(event) for event, _ in listened)
    Delivery.objects.bulk_create(
        Delivery(event=row, handler=name)
        for row, (_, names) in zip(rows, listened, strict=True)
        for name in names
    )


def _listeners(event: Event) -> list[str]:
    return [name for name, (kind, _) in _handlers.items() if type(event) is kind]


def _row(event: Event) -> OutboxEvent:
    return OutboxEvent(name=type(event).__qualname__, payload=asdict(event))


def deliver(pk: int) -> bool:
    """Hand one event to one handler, unless another process is at it or it is done. True when it was delivered now."""
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(pk=pk, done_at=None)
            .first()
        )
        if delivery is None:
            return False
        return _try(delivery)


def _try(delivery: Delivery) -> bool:
    delivery.attempts += 1
    try:
        with transaction.atomic():
            kind, handle = _handlers[delivery.handler]
            handle(kind(**delivery.event.payload))
        delivery.done_at, delivery.error = clock.now(), ""
    except Exception as error:
        last = delivery.attempts == MAX_ATTEMPTS
        delivery.error = f"{type(error).__name__}: {error}".replace("\0", " ")[:2000]
        log.exception(
            "event %s failed for %s%s", delivery.event.name, delivery.handler, " for good" if last else ""
        )
    delivery.save()
    return delivery.done_at is not None


def deliver_pending(*, limit: int = 200) -> int:
    """Deliver what a crash or an error left behind; returns how many went out.

    The n-th try waits until 2ⁿ - 1 minutes after the event, so that the last of `MAX_ATTEMPTS` comes after eight hours.
    """
    waiting = (
        Delivery.objects.filter(_due(clock.now()), done_at=None)
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    return sum(deliver(pk) for pk in list(waiting))


def _due(now: datetime) -> Q:
    due = Q(pk__in=[])
    for tried in range(MAX_ATTEMPTS):
        due |= Q(attempts=tried, event__at__lte=now - timedelta(minutes=2**tried - 1))
    return due


def prune(now: datetime) -> int:
    """Forget events that everybody has had, a month after they happened."""
    old = OutboxEvent.objects.filter(at__lt=now - KEPT).exclude(deliveries__done_at=None)
    return old.delete()[0]
