"""Tasks at sites: asked for by other apps, answered once by the site."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.farm.events import site_task_done, site_use_answered
from dure.farm.models import Site, SiteTask, SiteUse
from dure.foundation import clock, events

State = SiteTask.State
FINAL: Final = (State.DONE, State.FAILED_USER, State.FAILED_PLATFORM, State.REFUSED)
SILENT_FOR: Final = timedelta(days=7)
AT_ONCE: Final = 200
MOST_LOG: Final = 64 * 1024


@transaction.atomic
def ask(use: SiteUse, *, name: str, order: dict[str, Any], uid: UUID) -> SiteTask:
    """Have a site run a program. Asked again with the same uid it is the same task. What is allowed no more is refused."""
    task, made = SiteTask.objects.get_or_create(
        uid=uid, defaults={"use": use, "name": name[:200], "order": order}
    )
    if made and use.state != SiteUse.State.APPROVED:
        write(task, State.REFUSED, {"problem": "use_ended"})
    return task


def write(task: SiteTask, state: str, result: dict[str, Any]) -> None:
    """Write what came of it inside the caller's transaction, and tell whoever asked."""
    task.state, task.result, task.finished_at = state, result, clock.now()
    task.save(update_fields=["state", "result", "finished_at"])
    events.record(site_task_done(task))


@transaction.atomic
def take(site: Site, uid: UUID, *, state: str, result: dict[str, Any]) -> SiteTask | None:
    """A site's answer: the first one stands, and one that comes late or twice changes nothing. None for a task of another site."""
    task = SiteTask.objects.select_for_update(of=("self",)).filter(uid=uid, use__dataset__site=site).first()
    if task is not None and task.state == State.QUEUED:
        write(task, state, result)
    return task


@transaction.atomic
def take_log(site: Site, uid: UUID, *, text: str) -> SiteTask | None:
    """A log that the owner read and released."""
    task = SiteTask.objects.select_for_update(of=("self",)).filter(uid=uid, use__dataset__site=site).first()
    if task is not None and task.state in FINAL:
        task.log = text[:MOST_LOG].replace("\0", "\ufffd")
        task.save(update_fields=["log"])
    return task


@transaction.atomic
def cancel(uid: UUID) -> bool:
    """Ask no more for a task that the site has not answered. What it looked at meanwhile, its journal counts."""
    task = SiteTask.objects.select_for_update(of=("self",)).filter(uid=uid, state=State.QUEUED).first()
    if task is None:
        return False
    task.state, task.finished_at = State.CANCELLED, clock.now()
    task.save(update_fields=["state", "finished_at"])
    return True


def end_silent(now: datetime) -> int:
    """End what a site has not answered for a week, so that nobody waits for ever; returns how many."""
    old = SiteTask.objects.filter(state=State.QUEUED, created_at__lt=now - SILENT_FOR).order_by("pk")
    return sum(_end_silent(pk) for pk in list(old.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _end_silent(pk: int) -> bool:
    task = (
        SiteTask.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, state=State.QUEUED)
        .first()
    )
    if task is None:
        return False
    write(task, State.FAILED_PLATFORM, {"problem": "site_silent"})
    return True


def tell_answered(use: SiteUse) -> None:
    events.record(site_use_answered(use))
