"""Reads of the incubation for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from dure.alliance.incubation import rules, visibility
from dure.alliance.models import IncubationBatch, StartupCase, StartupCheckpoint


def batches(person: Any, *, group: str = "") -> QuerySet[IncubationBatch]:
    """The newest first, each with how many startups it took in, of which everybody may know the number."""
    rows = IncubationBatch.objects.visible_to(person)
    if group in ("open", "running", "done"):
        rows = rows.filter(state__in=IncubationBatch.workflow.tagged(group))
    taken = Count("cases", filter=Q(cases__admitted_on__isnull=False))
    return rows.annotate(taken=taken).order_by("-starts_on", "-pk")


def cases(person: Any, batch: IncubationBatch) -> QuerySet[StartupCase]:
    """Startups of a batch of which this person may know, each with whether a checkpoint is late that the person may read of."""
    late = StartupCheckpoint.objects.filter(case=OuterRef("pk"), state="late")
    read = Q(Exists(late)) & visibility.inside_q(person)
    rows = StartupCase.objects.visible_to(person).filter(batch=batch)
    return rows.annotate(is_late=ExpressionWrapper(read, BooleanField())).order_by("pk")


def own_case(person: Any, batch: IncubationBatch) -> StartupCase | None:
    """The one that this person founded."""
    return batch.cases.filter(founder_id=person.pk).first() if person.is_authenticated else None


def is_inside(person: Any, case: StartupCase) -> bool:
    return StartupCase.objects.inside_for(person).filter(pk=case.pk).exists()


def is_judging(person: Any, case: StartupCase) -> bool:
    """Whether this person reads the pitch as a juror. One query."""
    if not person.is_authenticated or case.state not in visibility.JUDGED:
        return False
    return StartupCase.objects.filter(visibility.judged_q(person), pk=case.pk).exists()


def checkpoints(case: StartupCase) -> QuerySet[StartupCheckpoint]:
    return case.checkpoints.select_related("logged_by").order_by("number")


def open_months(case: StartupCase) -> list[StartupCheckpoint]:
    """Those that are not held yet."""
    return list(case.checkpoints.filter(state__in=rules.OPEN_CHECKPOINTS).order_by("number"))
