"""Moves of evidence and endorsements: each holds its person's record, and the posteriors follow in the same transaction."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from dure.foundation import workflow
from dure.foundation.access import Actor
from dure.talent.models import Endorsement, Evidence
from dure.talent.profiles import computing, record

R = TypeVar("R", Evidence, Endorsement)


@transaction.atomic
def act_on_evidence(
    row: Evidence, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> Evidence:
    """Hide, show, contest, keep, strike. Raises Denied, Hidden."""
    return _moved(row, action, by=by, data=data)


@transaction.atomic
def act_on_endorsement(
    row: Endorsement, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> Endorsement:
    """Give, decline, withdraw, take back. Raises Denied, Hidden."""
    return _moved(row, action, by=by, data=data)


def _moved(row: R, action: str, *, by: Actor, data: Mapping[str, Any] | None) -> R:
    if by.pk == row.person_id:
        record.touch(row.person)
    else:
        record.lock(row.person_id)
    moved = workflow.perform(row, action, by=by, data=data)
    computing.recompute(row.person_id)
    return moved
