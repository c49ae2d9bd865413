"""What waits and what is due of the incubation and of the residents of joint labs."""

from typing import Any, Final

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from dure.alliance.desk.table import NOBODY, OF_SELF, Due, Watched, due, mine_or_all, oversees, watch
from dure.alliance.incubation.rules import INSIDE
from dure.alliance.models import (
    IncubationBatch,
    JointLab,
    Resident,
    StartupCase,
    StartupCheckpoint,
    StartupMentor,
)

OF_CASE: Final[dict[str, Any]] = {
    "title_ko": F("case__name_ko"),
    "title_en": F("case__name_en"),
    "ref": F("case__uid"),
}
OF_LAB: Final[dict[str, Any]] = {
    "title_ko": F("lab__name_ko"),
    "title_en": F("lab__name_en"),
    "ref": Concat(
        Cast(F("lab__uid"), CharField()),
        Value("/residents/"),
        Cast(F("uid"), CharField()),
        output_field=CharField(),
    ),
}


def register() -> None:
    """Called once when the app is ready."""
    watch(*_watched())
    due(*_due_of_batches(), *_due_of_residents())


def _watched() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="incubation_batch", label=IncubationBatch.workflow.label, workflow=IncubationBatch.workflow,
            rows=IncubationBatch.objects.visible_to, url="/incubation/%s", **OF_SELF,
        ),
        Watched(
            kind="startup_case", label=StartupCase.workflow.label, workflow=StartupCase.workflow,
            rows=StartupCase.objects.inside_for, url="/startups/%s", title_ko=F("name_ko"),
            title_en=F("name_en"),
        ),
        Watched(
            kind="startup_checkpoint", label=StartupCheckpoint.workflow.label,
            workflow=StartupCheckpoint.workflow, rows=_reminded, url="/startups/%s/checkpoints", **OF_CASE,
        ),
        Watched(
            kind="resident", label=Resident.workflow.label, workflow=Resident.workflow,
            rows=Resident.objects.visible_to, url="/joint-labs/%s", **OF_LAB,
        ),
    )  # fmt: skip


def _months(person: Any) -> "QuerySet[StartupCheckpoint]":
    inside = StartupCase.objects.inside_for(person).filter(state__in=INSIDE).order_by().values("pk")
    return StartupCheckpoint.objects.filter(case__in=inside)


def _reminded(person: Any) -> "QuerySet[StartupCheckpoint]":
    """A month that lies ahead waits for nobody: from the reminder on it does."""
    return _months(person).filter(reminded_at__isnull=False)


def _due_of_batches() -> tuple[Due, ...]:
    mentors = StartupMentor.objects.filter(case=OuterRef("case_id"), until=None).order_by("pk")
    return (
        Due(
            kind="batch_call", label=_("Call of a batch closes"), rows=lambda person: _batches(person, "open"),
            day=F("apply_until"), url="/incubation/%s", **OF_SELF,
        ),
        Due(
            kind="batch_ends", label=_("Batch ends"), rows=lambda person: _batches(person, "running"),
            day=F("ends_on"), url="/incubation/%s", **OF_SELF,
        ),
        Due(
            kind="checkpoint", label=_("Checkpoint of a startup"), rows=_to_hold, day=F("due_on"),
            url="/startups/%s/checkpoints", who_ko=Subquery(mentors.values("person__name_ko")[:1]),
            who_en=Subquery(mentors.values("person__name_en")[:1]), **OF_CASE,
        ),
    )  # fmt: skip


def _batches(person: Any, state: str) -> "QuerySet[IncubationBatch]":
    return IncubationBatch.objects.filter(mine_or_all(person, NOBODY), state=state)


def _to_hold(person: Any) -> "QuerySet[StartupCheckpoint]":
    """For its mentors; all for whoever oversees the alliance."""
    rows = _months(person).filter(state__in=("planned", "late"))
    mentored = StartupMentor.objects.filter(person_id=person.pk, until=None).order_by().values("case_id")
    return rows if oversees(person) else rows.filter(case__in=mentored)


def _due_of_residents() -> tuple[Due, ...]:
    said: dict[str, Any] = {
        "url": "/joint-labs/%s",
        "who_ko": F("person__name_ko"),
        "who_en": F("person__name_en"),
        **OF_LAB,
    }
    return (
        Due(
            kind="resident_comes", label=_("Somebody comes to a joint lab"), day=F("since"),
            rows=lambda person: _residents(person).filter(state="expected"), **said,
        ),
        Due(
            kind="resident_leaves", label=_("Stay in a joint lab ends"), day=F("until"),
            rows=lambda person: _residents(person).filter(
                state__in=("working", "leaving"), until__isnull=False
            ),
            **said,
        ),
    )  # fmt: skip


def _residents(person: Any) -> "QuerySet[Resident]":
    """Of labs that the person looks after."""
    kept = JointLab.keepers.through.objects.filter(person_id=person.pk).order_by().values("jointlab_id")
    return Resident.objects.filter(mine_or_all(person, Q(lab_id__in=kept)))
