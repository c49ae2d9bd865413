"""What time does to votes: counted, extended or closed when they end; void where the key is gone; keys that nobody needs swept."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from dure.alliance.models import Vote
from dure.alliance.votes import keys
from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

BATCH: Final = 200


@on_clock("alliance.votes_close")
def close(now: datetime) -> int:
    """Votes whose time has come; returns how many moved."""
    due = Vote.objects.filter(state="open", closes_at__lte=now)
    return sum(_moved(pk, ("void", "tally", "extend", "fail")) for pk in _first(due))


@on_clock("alliance.votes_void")
def void(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Open votes whose key is gone, before their time: electors hear of it at once. Returns how many; then keys are swept."""
    rows = Vote.objects.filter(state="open").order_by("pk").values_list("pk", "uid")[:BATCH]
    gone = [pk for pk, uid in rows if keys.read(uid) is None]
    voided = sum(_moved(pk, ("void",)) for pk in gone)
    keys.sweep(lambda name: Vote.objects.filter(uid=name, state__in=("draft", "open")).exists())
    return voided


def _first(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _moved(pk: int, actions: tuple[str, ...]) -> bool:
    """The first of these moves that is due, asked again under the row's lock."""
    found = Vote.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return False
    for action in actions:
        if workflow.decide(found, action, by=SYSTEM, data={}):
            workflow.perform(found, action, by=SYSTEM)
            return True
    return False
