"""Beginning a bulk action: what was looked at is kept, to be done when its ten minutes are over."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from dure.alliance.bulk import rules
from dure.alliance.bulk.deeds import Deed
from dure.alliance.bulk.looking import Look, look
from dure.alliance.models import BulkBatch, BulkItem
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

WINDOW: Final = timedelta(minutes=10)


def begin(
    deed: Deed, things: Iterable[UUID], *, by: people.Person, given: Mapping[str, Any], token: str
) -> BulkBatch:
    """Keep exactly what was looked at, without what cannot be done. Raises Denied, and Faulty when anything stands otherwise."""
    demand(rules.leads(by))
    seen = look(deed, things, by=by, given=given)
    if seen.token != token:
        raise Faulty([Fault("bulk_changed")])
    if not seen.will:
        raise Faulty([Fault("bulk_nothing")])
    try:
        return _kept(seen, by)
    except IntegrityError:  # another officer was quicker with one of them
        raise Faulty([Fault("bulk_changed")]) from None


@transaction.atomic
def _kept(seen: Look, by: people.Person) -> BulkBatch:
    now = clock.now()
    batch = BulkBatch.objects.create(
        deed=seen.deed.code,
        given=dict(seen.given),
        sha256=seen.token,
        made_by=by,
        made_at=now,
        performs_at=now + WINDOW,
    )
    BulkItem.objects.bulk_create(
        BulkItem(batch=batch, kind=seen.deed.kind, thing=one.thing, state=one.state, since=one.since)
        for one in seen.will
    )
    detail = {"deed": batch.deed, "things": [str(one.thing) for one in seen.will], "sha256": batch.sha256}
    audit.write(by=by, action="bulk_batch.begun", obj=batch, detail=detail)
    return batch
