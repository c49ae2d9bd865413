"""Every later move of an application, and the order of the waiting list. Each locks the opening, and fills what came free."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.foundation import audit, workflow
from dure.foundation.access import Actor, Denied, demand
from dure.talent.applications import rules
from dure.talent.applications.seats import fill, lock, waiting_in
from dure.talent.applications.words import Apart, apart
from dure.talent.models import Application


@transaction.atomic
def act(
    application: Application, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> Application:
    """Move an application. The last seat is given once, and one that comes free goes to whoever waits, in the same transaction.

    Raises Denied, Hidden.
    """
    opening = lock(application.opening)
    moved = workflow.perform(application, action, by=by, data=apart(data or {}))
    fill(opening)
    return moved


@transaction.atomic
def move_on_list(application: Application, *, by: Any, earlier: bool, reason: str) -> Application:
    """Change places with whoever stands before (or after) on the waiting list, for a reason. Raises Denied."""
    opening = lock(application.opening)
    locked = Application.objects.get(pk=application.pk)
    demand(rules.may_move(by, locked))
    if not reason.strip():
        raise Denied(rules.NO_WORDS)
    other = _neighbour(locked, earlier=earlier)
    if other is None:
        return locked
    locked.position, other.position = other.position, locked.position
    Application.objects.bulk_update([locked, other], ["position"])
    detail = {"earlier": earlier, "reason": Apart(reason), "other": other, "opening": opening}
    audit.write(by=by, action="application.moved_on_list", obj=locked, detail=detail)
    return locked


def _neighbour(application: Application, *, earlier: bool) -> Application | None:
    waiting = waiting_in(application.opening)
    if earlier:
        return waiting.filter(position__lt=application.position).last()
    return waiting.filter(position__gt=application.position).first()
