"""What waits and what is due in the concepts of the alliance, and needs; a new concept may declare its own where it is."""

from typing import Any

from django.db.models import CharField, DateField, DurationField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.commitments.matching import OWED
from dure.alliance.desk.table import NOBODY, OF_SELF, Due, Watched, due, mine_or_all, watch
from dure.alliance.models import (
    Agreement,
    Commitment,
    EthicsAssessment,
    GuruTerm,
    Joining,
    LedgerPeriod,
    LedgerReceipt,
    ProjectChange,
    ProjectMilestone,
    ProjectRenewal,
    ResearchProject,
    Topic,
)
from dure.people import api as people
from dure.problems import api as problems

OF_PROJECT: dict[str, Any] = {
    "title_ko": F("project__title_ko"),
    "title_en": F("project__title_en"),
    "ref": F("project__uid"),
}
OF_ORGANISATION: dict[str, Any] = {
    "title_ko": F("organisation__name_ko"),
    "title_en": F("organisation__name_en"),
}
OF_AGREEMENT: dict[str, Any] = {"title_ko": F("agreement__title_ko"), "title_en": F("agreement__title_en")}
LEAD: dict[str, Any] = {"who_ko": F("project__lead__name_ko"), "who_en": F("project__lead__name_en")}
NOT_OVER = ("planned", "in_progress", "late")


def register() -> None:
    """Called once when the app is ready."""
    watch(*_of_agreements(), *_of_projects(), *_of_members())
    due(*_due_of_agreements(), *_due_of_projects())


def _of_agreements() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="agreement", label=_("Agreement"), workflow=Agreement.workflow,
            rows=Agreement.objects.visible_to, url="/agreements/%s", **OF_SELF,
        ),
        Watched(
            kind="commitment", label=_("Commitment"), workflow=Commitment.workflow,
            rows=Commitment.objects.visible_to, url="/commitments/%s", **OF_AGREEMENT,
        ),
        Watched(
            kind="ledger_receipt", label=_("Receipt"), workflow=LedgerReceipt.workflow,
            rows=LedgerReceipt.objects.visible_to, url="/ledger/receipts/%s",
            title_ko=F("giver__name_ko"), title_en=F("giver__name_en"),
        ),
    )  # fmt: skip


def _of_projects() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="research_project", label=_("Research project"), workflow=ResearchProject.workflow,
            rows=ResearchProject.objects.visible_to, url="/projects/%s", **OF_SELF,
        ),
        Watched(
            kind="project_milestone", label=_("Milestone"), workflow=ProjectMilestone.workflow,
            rows=lambda person: _inside(ProjectMilestone, person), url="/projects/%s/milestones", **OF_PROJECT,
        ),
        Watched(
            kind="project_change", label=_("Change of a project"), workflow=ProjectChange.workflow,
            rows=lambda person: _inside(ProjectChange, person), url="/projects/%s/changes", **OF_PROJECT,
        ),
    )  # fmt: skip


def _of_members() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="joining", label=_("Application for membership"), workflow=Joining.workflow,
            rows=Joining.objects.visible_to, url="/joinings/%s", **OF_ORGANISATION,
        ),
        Watched(
            kind="topic", label=_("Topic"), workflow=Topic.workflow,
            rows=Topic.objects.visible_to, url="/topics/%s", **OF_SELF,
        ),
        Watched(
            kind="guru_term", label=_("Invitation of a guru"), workflow=GuruTerm.workflow,
            rows=GuruTerm.objects.visible_to, url="/gurus/%s",
            title_ko=F("person__name_ko"), title_en=F("person__name_en"),
        ),
        Watched(
            kind="ethics_assessment", label=_("Ethics assessment"), workflow=EthicsAssessment.workflow,
            rows=EthicsAssessment.objects.visible_to, url="/ethics/assessments/%s", **OF_SELF,
        ),
        Watched(
            kind="problem", label=_("Need"), workflow=problems.Problem.workflow,
            rows=problems.Problem.objects.visible_to, url="/problems/%s", **OF_SELF,
        ),
    )  # fmt: skip


def _inside(model: Any, person: Any) -> "QuerySet[Any, Any]":
    """Parts of projects of which this person may read all."""
    inside = ResearchProject.objects.inside_for(person).order_by().values("pk")
    rows: QuerySet[Any, Any] = model.objects.filter(project__in=inside)
    return rows


def _due_of_agreements() -> tuple[Due, ...]:
    return (
        Due(
            kind="agreement_ends", label=_("Agreement ends"), rows=_ending, day=F("effective_to"),
            url="/agreements/%s", **OF_SELF,
        ),
        Due(
            kind="commitment_ends", label=_("Commitment is to be delivered"), rows=_owed, day=F("ends_on"),
            url="/commitments/%s", who_ko=F("donor__name_ko"), who_en=F("donor__name_en"), **OF_AGREEMENT,
        ),
        Due(
            kind="guru_term_ends", label=_("Term of a guru ends"), rows=_terms, day=F("ends_on"), url="/gurus/%s",
            title_ko=F("person__name_ko"), title_en=F("person__name_en"),
        ),
        Due(
            kind="ethics_revisit", label=_("Ethics assessment is to be looked at again"), rows=_revisited,
            day=F("revisit_on"), url="/ethics/assessments/%s", **OF_SELF,
        ),
        Due(
            kind="ledger_period", label=_("Quarter of the ledger is to be closed"), rows=_quarters,
            day=Cast(F("starts_on") + Cast(Value("3 months", output_field=CharField()), DurationField()), DateField()),
            url="/ledger/quarters/%s", title_ko=F("starts_on"), title_en=F("starts_on"),
        ),
    )  # fmt: skip


def _due_of_projects() -> tuple[Due, ...]:
    return (
        Due(
            kind="project_renewal", label=_("Renewal of a project"), rows=_renewals, day=F("due_on"),
            url="/projects/%s/renewals", uid=F("project__uid"), **OF_PROJECT, **LEAD,
        ),
        Due(
            kind="project_milestone", label=_("Milestone"), rows=_milestones, day=F("due_on"),
            url="/projects/%s/milestones", **OF_PROJECT, **LEAD,
        ),
    )  # fmt: skip


def _ending(person: Any) -> "QuerySet[Agreement]":
    represented = Q(
        parties__organisation_id__in=people.represented_organisations(person), parties__left_at=None
    )
    rows = Agreement.objects.visible_to(person).filter(amends=None, state__in=("active", "expiring"))
    return Agreement.objects.filter(
        pk__in=rows.filter(mine_or_all(person, represented)).order_by().values("pk")
    )


def _owed(person: Any) -> "QuerySet[Commitment]":
    own = Q(donor_id__in=people.represented_organisations(person))
    return Commitment.objects.filter(mine_or_all(person, own), state__in=OWED)


def _terms(person: Any) -> "QuerySet[GuruTerm]":
    return GuruTerm.objects.filter(mine_or_all(person, Q(person_id=person.pk)), state="serving")


def _revisited(person: Any) -> "QuerySet[EthicsAssessment]":
    seen = EthicsAssessment.objects.visible_to(person).filter(revisit_on__isnull=False, state="approved")
    return EthicsAssessment.objects.filter(pk__in=seen.order_by().values("pk"))


def _quarters(person: Any) -> "QuerySet[LedgerPeriod]":
    """The secretariat's alone."""
    return LedgerPeriod.objects.filter(mine_or_all(person, NOBODY), state="open")


def _renewals(person: Any) -> "QuerySet[ProjectRenewal]":
    open_ones = ProjectRenewal.objects.filter(
        decision="", project__state__in=("renewal_due", "renewal_review")
    )
    return open_ones.filter(mine_or_all(person, Q(project__lead_id=person.pk)), year=F("project__year"))


def _milestones(person: Any) -> "QuerySet[ProjectMilestone]":
    running = ResearchProject.workflow.tagged("running")
    rows = ProjectMilestone.objects.filter(state__in=NOT_OVER, project__state__in=running)
    return rows.filter(mine_or_all(person, Q(project__lead_id=person.pk)))
