"""Bulk actions' part of the walk over transitions: one that is still ahead and holds nothing."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import BulkBatch
from dure.foundation import clock

EXPECTED: dict[str, set[str]] = {"bulk_batch.cancel": {"secretariat"}, "bulk_batch.perform": set()}


def parts() -> dict[str, Any]:
    later = clock.now() + timedelta(minutes=10)
    return {"bulk_batch": BulkBatch.objects.create(deed="topic_park", performs_at=later)}
