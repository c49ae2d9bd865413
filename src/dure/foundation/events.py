"""Events: typed facts recorded in the transaction that made them, delivered after commit, and again after a crash."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from dure.foundation import clock
from dure.foundation.models import Delivery, OutboxEvent

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 10


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
    names = [name for name, (kind, _) in _handlers.items() if isinstance(event, kind)]
    if not names:
        return
    row = OutboxEvent.objects.create(name=type(event).__qualname__, payload=asdict(event))
    deliveries = Delivery.objects.bulk_create(Delivery(event=row, handler=name) for name in names)
    for delivery in deliveries:
        transaction.on_commit(partial(deliver, delivery.pk), robust=True)


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
    found = _handlers.get(delivery.handler)
    delivery.attempts += 1
    try:
        with transaction.atomic():
            if found:
                kind, handle = found
                handle(kind(**delivery.event.payload))
        delivery.done_at = clock.now()
    except Exception as error:
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        log.exception("event %s failed for %s", delivery.event.name, delivery.handler)
    delivery.save()
    return delivery.done_at is not None


def deliver_pending(*, limit: int = 200) -> int:
    """Deliver what a crash or an error left behind; returns how many went out."""
    waiting = (
        Delivery.objects.filter(done_at=None, attempts__lt=MAX_ATTEMPTS)
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )
    return sum(deliver(pk) for pk in list(waiting))


def as_json(event: Event) -> str:
    """The event as it stands in the outbox."""
    return json.dumps(asdict(event), ensure_ascii=False)
