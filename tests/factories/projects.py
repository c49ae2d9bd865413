"""Research projects for tests."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from dure.alliance.models import ProjectRenewal, ResearchProject
from dure.alliance.projects import dates, editing
from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from tests.factories import agreements, people

YEAR = {"report": "We did what we planned.", "outputs": "The paper is under review.", "plan": "We go on."}


def said(**changed: Any) -> dict[str, Any]:
    """What `editing.create` is given."""
    return {
        "origin": "direct",
        "track": "speech",
        "title_ko": "음성 공동연구",
        "title_en": "Joint speech research",
        "terms": "Data stay with who brings them.",
        "starts_on": clock.today(),
        "kickoff_on": clock.today(),
        "lead": None,
        **changed,
    }


def set_up(*between: Organisation, by: Person | None = None, **changed: Any) -> ResearchProject:
    """All is there, so that it could start."""
    desk = by or agreements.secretary()
    lead = changed.pop("lead", None) or people.person(language="en")
    made = editing.create(by=desk, given=said(lead=lead, **changed))
    for one in between or (people.organisation(), people.organisation()):
        given = {"organisation": one, "role": "research", "budget": Decimal(100), "currency": "KRW"}
        editing.add_partner(made, by=desk, given=given)
    due = clock.today() + timedelta(days=100)
    editing.plan(made, by=desk, given={"title_ko": "첫 모델", "title_en": "First model", "due_on": due})
    return made


def started(*between: Organisation, **changed: Any) -> ResearchProject:
    return workflow.perform(set_up(*between, **changed), "start", by=agreements.secretary())


def on(day: date) -> Any:
    """Everything inside happens at noon of that day."""
    return clock.at(datetime.combine(day, time(3), UTC))


def due_day(project: ResearchProject) -> date:
    return dates.due_on(project.starts_on, project.year)


def fresh(project: ResearchProject) -> ResearchProject:
    return ResearchProject.objects.get(pk=project.pk)


def renewal(project: ResearchProject) -> ProjectRenewal:
    """The newest."""
    return ProjectRenewal.objects.filter(project=project).latest("year")


def lead_of(project: ResearchProject) -> Person:
    assert project.lead is not None
    return project.lead
