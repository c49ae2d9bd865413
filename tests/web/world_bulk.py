"""Bulk actions in the small alliance of the access walk: one that parks nothing, and one whose reason is a hidden word."""

from collections.abc import Callable
from typing import Any

from dure.alliance.models import BulkBatch
from dure.foundation import clock

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {"bulk": {"secretariat", "auditor"}}


def shown(world: Any) -> Values:
    return _batch(world, "") | {("desk/bulk/new", "deed"): "topic_park"}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    return _batch(world, text("bulk"))


def _batch(world: Any, reason: str) -> Values:
    made = BulkBatch.objects.create(
        deed="topic_park",
        given={"reason": reason},
        made_by=world.people["secretariat"],
        performs_at=clock.now(),
    )
    return {("desk/bulk", "uid"): made.uid}
