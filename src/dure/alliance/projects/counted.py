"""Figures of a year that projects bring: those under way, what their partners bring in, what came of them."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.models import ProjectOutput, ProjectPartner, ResearchProject
from dure.alliance.projects import tracks

TRACKS = {one.value: one.label for one in tracks.Track}


def register() -> None:
    """Called once when the app is ready."""
    for figure in (_under_way(), _partners(), _budget(), _outputs()):
        table.declare(figure)


def _running(first: date, last: date) -> "QuerySet[ResearchProject]":
    begun = ResearchProject.objects.exclude(state="setup").filter(starts_on__lte=last)
    return begun.filter(Q(ended_on=None) | Q(ended_on__gte=first))


def _taking_part(first: date, last: date) -> "QuerySet[ProjectPartner]":
    return ProjectPartner.objects.filter(project__in=_running(first, last).order_by().values("pk"))


def _of_project(person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Parts of projects that this person may know of."""
    found: QuerySet[Any, Any] = rows.filter(
        project__in=ResearchProject.objects.visible_to(person).order_by().values("pk")
    )
    return found


def _inside(person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Parts of projects of which this person may read all: what a partner brings in stays inside."""
    found: QuerySet[Any, Any] = rows.filter(
        project__in=ResearchProject.objects.inside_for(person).order_by().values("pk")
    )
    return found


OF_PART: dict[str, Any] = {
    "field": F("project__track"),
    "fields": TRACKS,
    "title_ko": F("project__title_ko"),
    "title_en": F("project__title_en"),
    "ref": F("project__uid"),
    "url": "/projects/%s",
}


def _under_way() -> Figure:
    leads = ProjectPartner.objects.filter(project=OuterRef("pk")).order_by("position", "pk")
    return Figure(
        code="projects",
        order=50,
        label=_("Joint projects under way"),
        definition=_(
            "Joint research projects that were under way on at least one day of the year. The field is the "
            "track; the first partner decides "
            "on region and size."
        ),
        rows=_running,
        day=F("starts_on"),
        organisation=Subquery(leads.values("organisation_id")[:1]),
        field=F("track"),
        fields=TRACKS,
        seen=table.visible,
        title_ko=F("title_ko"),
        title_en=F("title_en"),
        ref=F("uid"),
        url="/projects/%s",
    )


def _partners() -> Figure:
    return Figure(
        code="partners",
        order=51,
        label=_("Places of organisations in joint projects"),
        definition=_(
            "Each organisation counts once for each joint project under way in the year in which it is a partner."
        ),
        rows=_taking_part,
        day=F("project__starts_on"),
        organisation=F("organisation_id"),
        seen=_of_project,
        helps=True,
        **OF_PART,
    )


def _budget() -> Figure:
    def budgeted(first: date, last: date) -> "QuerySet[ProjectPartner]":
        return _taking_part(first, last).exclude(budget=0)

    return Figure(
        code="budget",
        order=52,
        label=_("Budget of the joint projects"),
        definition=_(
            "What partners bring into joint projects for a year, added up over the projects under way in the "
            "year, by currency. It is what was "
            "agreed; what was really paid stands in “Money given”."
        ),
        rows=budgeted,
        day=F("project__starts_on"),
        organisation=F("organisation_id"),
        unit=F("currency"),
        amount=F("budget"),
        seen=_inside,
        **OF_PART,
    )


def _outputs() -> Figure:
    def added(first: date, last: date) -> "QuerySet[ProjectOutput]":
        return ProjectOutput.objects.filter(added_at__date__gte=first, added_at__date__lte=last)

    leads = ProjectPartner.objects.filter(project=OuterRef("project_id")).order_by("position", "pk")
    said = {**OF_PART, "field": F("kind"), "fields": dict(ProjectOutput.Kind.choices)}
    return Figure(
        code="outputs",
        order=53,
        label=_("Outputs of the joint projects"),
        definition=_(
            "Papers, patents, models, datasets and other outputs that were entered in the year. The field is "
            "the kind of output; the first "
            "partner of the project decides on region and size."
        ),
        rows=added,
        day=F("added_at"),
        organisation=Subquery(leads.values("organisation_id")[:1]),
        seen=_of_project,
        **said,
    )
