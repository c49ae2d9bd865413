"""Doing what a bulk action keeps, as the officer who began it, each thing asked again."""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.alliance.bulk import rules
from dure.alliance.bulk.deeds import Deed, deeds
from dure.alliance.bulk.looking import resolved
from dure.alliance.figures.words import both
from dure.alliance.models import BulkBatch, BulkItem
from dure.foundation.access import Denied, Hidden, Refused
from dure.people import api as people

log = logging.getLogger(__name__)


def perform(batch: BulkBatch) -> None:
    """Each thing for itself: what is refused keeps the others from nothing, and its reason stands beside it."""
    deed = deeds().get(batch.deed)
    officer = _officer(batch)
    data = resolved(batch.given) | {"bulk": str(batch.uid)}
    for item in batch.items.filter(result="").order_by("pk"):
        why = _tried(deed, item, officer, data) if deed and officer else rules.NO_OFFICER
        _note(item, why)


def _officer(batch: BulkBatch) -> people.Person | None:
    """Whoever began it, if they are of the secretariat still."""
    found = people.Person.objects.filter(pk=batch.made_by_id or 0, is_active=True).first()
    return found if found is not None and rules.leads(found) else None


def _tried(deed: Deed, item: BulkItem, officer: people.Person, data: Mapping[str, Any]) -> Refused | None:
    """None when it is done; else why it is not, and then nothing of it has happened."""
    try:
        with transaction.atomic():
            return _done(deed, item, officer, data)
    except Denied as denied:
        return denied.refused
    except Hidden:
        return rules.GONE
    except Exception:
        log.exception("bulk action %s failed on %s %s", item.batch_id, item.kind, item.thing)
        return rules.BROKEN


def _done(deed: Deed, item: BulkItem, officer: people.Person, data: Mapping[str, Any]) -> Refused | None:
    rows = deed.known(officer).select_for_update(of=("self",))
    thing = rows.filter(uid=item.thing).first()
    if thing is None:
        return rules.GONE
    if (thing.state, thing.state_since) != (item.state, item.since):
        return rules.CHANGED
    if found := deed.refusals(thing, by=officer, data=data):
        return found[0]
    deed.do(thing, by=officer, data=data)
    return None


def _note(item: BulkItem, why: Refused | None) -> None:
    item.result = BulkItem.Result.DONE if why is None else BulkItem.Result.REFUSED
    if why is not None:
        item.code, item.words = why.reason, both(lambda: why.message)
    item.save(update_fields=["result", "code", "words"])
