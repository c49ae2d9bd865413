"""What waits for a person in projects: renewals to write and to decide on, milestones, changes, final reports."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import (
    ProjectChange,
    ProjectMember,
    ProjectMilestone,
    ProjectRenewal,
    ResearchProject,
)
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare

OF_PROJECT: Final[dict[str, Any]] = {
    "ref": F("uid"),
    "title_ko": F("title_ko"),
    "title_en": F("title_en"),
}
OF_PART: Final[dict[str, Any]] = {
    "ref": F("project__uid"),
    "title_ko": F("project__title_ko"),
    "title_en": F("project__title_en"),
}
RENEWAL_DAY: Final = Cast(
    Subquery(
        ProjectRenewal.objects.filter(project=OuterRef("pk"), year=OuterRef("year")).values("due_on")[:1]
    ),
    DateTimeField(),
)


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (*_of_renewals(), *_of_milestones(), *_of_the_desk()):
        declare(waiting)


def _of_renewals() -> Iterator[Waiting]:
    """The lead writes, the secretariat decides."""
    renewal = {"url": "/projects/%(ref)s/renewals", "due": RENEWAL_DAY, **OF_PROJECT}
    yield Waiting(
        kind="project_renewal_write",
        rows=_to_write,
        title=_("Write the yearly renewal: “%(name)s”"),
        why=_("A renewal that does not come lapses, and the project closes."),
        **renewal,
    )
    yield Waiting(
        kind="project_renewal_decide",
        rows=_to_decide,
        title=_("Decide on the renewal: “%(name)s”"),
        why=_("Its lead has submitted the report of the year."),
        **renewal,
    )


def _of_milestones() -> Iterator[Waiting]:
    """The lead hands in, the secretariat accepts or returns."""
    milestone = {"url": "/projects/%(ref)s/milestones", **OF_PART}
    yield Waiting(
        kind="project_milestone_late",
        rows=_late,
        title=_("Hand in a late milestone: “%(name)s”"),
        why=_("Its day has passed."),
        due=Cast(F("due_on"), DateTimeField()),
        **milestone,
    )
    yield Waiting(
        kind="project_milestone_accept",
        rows=_handed_in,
        title=_("Accept or return a milestone: “%(name)s”"),
        why=_("Its lead has handed it in."),
        **milestone,
    )


def _of_the_desk() -> Iterator[Waiting]:
    """What else the secretariat does with a project."""
    yield Waiting(
        kind="project_complete",
        rows=_to_complete,
        title=_("Complete the project with its final report: “%(name)s”"),
        why=_("It is closing."),
        url="/projects/%(ref)s",
        **OF_PROJECT,
    )
    yield Waiting(
        kind="project_change_answer",
        rows=_asked,
        title=_("Decide on a change: “%(name)s”"),
        why=_("The lead of a project asks for it."),
        url="/projects/%(ref)s/changes",
        **OF_PART,
    )


def _desk(person: Any) -> Q:
    return Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())


def _to_write(person: Any) -> "QuerySet[Any, Any]":
    return ResearchProject.objects.filter(lead_id=person.pk, state="renewal_due")


def _to_decide(person: Any) -> "QuerySet[Any, Any]":
    """Not those of one's own."""
    works = ProjectMember.objects.filter(project=OuterRef("pk"), person_id=person.pk, until=None)
    others = Q(lead_id=None) | ~Q(lead_id=person.pk)
    return ResearchProject.objects.filter(_desk(person), others, ~Exists(works), state="renewal_review")


def _to_complete(person: Any) -> "QuerySet[Any, Any]":
    return ResearchProject.objects.filter(_desk(person), state="closing")


def _late(person: Any) -> "QuerySet[Any, Any]":
    return ProjectMilestone.objects.filter(project__lead_id=person.pk, state="late")


def _handed_in(person: Any) -> "QuerySet[Any, Any]":
    others = Q(project__lead_id=None) | ~Q(project__lead_id=person.pk)
    return ProjectMilestone.objects.filter(_desk(person), others, state="submitted")


def _asked(person: Any) -> "QuerySet[Any, Any]":
    others = Q(project__lead_id=None) | ~Q(project__lead_id=person.pk)
    return ProjectChange.objects.filter(_desk(person), others, state="requested")
