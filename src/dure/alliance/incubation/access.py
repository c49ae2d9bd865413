"""The only ways to a batch, a startup in it or a part of one from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import IncubationBatch, StartupCase, StartupCheckpoint
from dure.foundation.access import Hidden


def access_batch(person: Any, uid: UUID) -> IncubationBatch:
    """The batch. Raises Hidden."""
    found = IncubationBatch.objects.visible_to(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_case(person: Any, uid: UUID) -> StartupCase:
    """The startup. Raises Hidden unless this person may know of it."""
    return _found(StartupCase.objects.visible_to(person), uid)


def access_inside(person: Any, uid: UUID) -> StartupCase:
    """The startup with its file. Raises Hidden unless this person may read it."""
    return _found(StartupCase.objects.inside_for(person), uid)


def _found(rows: Any, uid: UUID) -> StartupCase:
    found: StartupCase | None = rows.select_related("batch", "founder", "scouted").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_checkpoint(case: StartupCase, number: int) -> StartupCheckpoint:
    """One of its months. Raises Hidden."""
    found = case.checkpoints.filter(number=number).first()
    if found is None:
        raise Hidden(str(number))
    found.case = case
    return found
