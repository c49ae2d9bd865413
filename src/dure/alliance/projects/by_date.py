"""What time does to projects: renewals are asked for, reminded of, overdue, lapsed; milestones become late."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from dure.alliance.models import ProjectMilestone, ProjectRenewal, ResearchProject
from dure.alliance.projects import dates
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock
from dure.foundation.workflow import Stateful

BATCH: Final = 200


@on_clock("alliance.projects_ask")
def ask(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Renewals that are asked for from today on; returns how many."""
    due = ResearchProject.objects.filter(state="active", renewal_on__lte=clock.today())
    return moved_each(due, "due_renewal")


@on_clock("alliance.projects_remind")
def remind(now: datetime) -> int:  # noqa: ARG001 - same
    """Leads are reminded 14, 7 and 1 days before, each time once; returns of how many projects."""
    soon = clock.today() + timedelta(days=dates.REMINDERS[0])
    return moved_each(_with_renewal(due_on__lte=soon, due_on__gte=clock.today()), "remind")


@on_clock("alliance.projects_escalate")
def escalate(now: datetime) -> int:  # noqa: ARG001 - same
    """What has not come is told to those who speak for its organisations, once; returns of how many projects."""
    return moved_each(_with_renewal(due_on__lt=clock.today(), escalated_at=None), "escalate")


@on_clock("alliance.projects_lapse")
def lapse(now: datetime) -> int:  # noqa: ARG001 - same
    """Renewals thirty days overdue; returns how many lapsed."""
    last = clock.today() - timedelta(days=dates.LAPSES_AFTER)
    return moved_each(_with_renewal(due_on__lt=last, escalated_at__isnull=False), "lapse")


@on_clock("alliance.project_milestones_late")
def late(now: datetime) -> int:  # noqa: ARG001 - same
    """Milestones whose day has passed in a project under way; returns how many became late."""
    running = [name for name in ResearchProject.workflow.tagged("running") if name != "paused"]
    due = ProjectMilestone.objects.filter(
        state__in=("planned", "in_progress"), due_on__lt=clock.today(), project__state__in=running
    )
    return moved_each(due, "overdue")


def _with_renewal(**said: Any) -> "QuerySet[ResearchProject]":
    """Projects whose renewal of this year is asked for and not submitted, and says this."""
    this = ProjectRenewal.objects.filter(project=OuterRef("pk"), year=OuterRef("year"), **said)
    return ResearchProject.objects.filter(Exists(this), state="renewal_due")


def moved_each(rows: "QuerySet[Any]", action: str) -> int:
    """Move each row by the clock, some hundreds at a time, each asked again under its lock; returns how many moved."""
    first = list(rows.order_by(F("pk")).values_list("pk", flat=True)[:BATCH])
    return sum(_moved(rows.model, pk, action) for pk in first)


@transaction.atomic
def _moved(model: type[Stateful], pk: int, action: str) -> bool:
    """One of them, asked again under its lock."""
    found = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()  # noqa: SLF001 - Django's documented name
    if found is None or not workflow.decide(found, action, by=SYSTEM, data={}):
        return False
    workflow.perform(found, action, by=SYSTEM)
    return True
