"""What a person takes along of projects, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.alliance.models import ProjectChange, ProjectMember, ProjectRenewal, ProjectRisk, ResearchProject
from dure.foundation import events
from dure.people import api as people

OF_PROJECT = ("uid", "title_ko", "title_en")
OF_MEMBER = ("project__uid", "project__title_ko", "project__title_en", "role", "since", "until")
OF_RENEWAL = ("project__uid", "year", "report", "outputs", "plan", "submitted_at", "decision")
OF_CHANGE = ("project__uid", "kind", "what", "reason", "asked_at", "state")
OF_RISK = ("project__uid", "level", "what", "raised_at", "cleared_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("research_projects", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one leads and works on, and what one wrote there."""
    renewals = ProjectRenewal.objects.filter(submitted_by=person)
    return {
        "leads": list(ResearchProject.objects.filter(lead=person).order_by("id").values(*OF_PROJECT)),
        "works_on": list(ProjectMember.objects.filter(person=person).order_by("id").values(*OF_MEMBER)),
        "renewals": list(renewals.order_by("id").values(*OF_RENEWAL)),
        "changes": list(ProjectChange.objects.filter(asked_by=person).order_by("id").values(*OF_CHANGE)),
        "risks": list(ProjectRisk.objects.filter(raised_by=person).order_by("id").values(*OF_RISK)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Who worked on what goes; the reports stay with the project, without a name: other organisations rest on them."""
    ProjectMember.objects.filter(person_id=event.person).delete()
    ResearchProject.objects.filter(lead_id=event.person).update(lead=None)
    ProjectRenewal.objects.filter(submitted_by_id=event.person).update(submitted_by=None)
    ProjectChange.objects.filter(asked_by_id=event.person).update(asked_by=None)
    ProjectRisk.objects.filter(raised_by_id=event.person).update(raised_by=None)
