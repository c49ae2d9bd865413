"""Setting a project up: its words, partners, people, milestones; outputs and risks while it runs."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.models import (
    MilestoneEvidence,
    ProjectMember,
    ProjectMilestone,
    ProjectOutput,
    ProjectPartner,
    ProjectRisk,
    ResearchProject,
)
from dure.alliance.projects import dates, rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, Audience, demand
from dure.people import api as people

FIELDS: Final = (
    "origin",
    "track",
    "title_ko",
    "title_en",
    "summary_ko",
    "summary_en",
    "agreement",
    "lead",
    "audience",
    "terms",
    "concerns",
    "kickoff_on",
    "starts_on",
)
LEADS_MAY: Final = ("summary_ko", "summary_en", "terms", "concerns", "kickoff_on")
"""What its lead changes; the rest is the secretariat's."""


@transaction.atomic
def create(*, by: people.Person, given: Mapping[str, Any]) -> ResearchProject:
    """A project that is being set up. Raises Denied, Faulty with all that is wrong."""
    demand(only_secretariat(by))
    _check(given)
    made = ResearchProject.objects.create(made_by=by, circle=_circle(given), **_said(given))
    audit.write(by=by, action="research_project.made", obj=made)
    return made


@transaction.atomic
def change(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ResearchProject:
    """Change what it says of itself; a lead changes its words alone. The track and the first day stay once it has started."""
    locked = ResearchProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    demand(rules.edits(by, locked))
    said = {name: given.get(name, getattr(locked, name)) for name in FIELDS}
    if not only_secretariat(by):
        said |= {name: getattr(locked, name) for name in FIELDS if name not in LEADS_MAY}
    if locked.state != "setup":
        said |= {"track": locked.track, "starts_on": locked.starts_on}
    _check(said)
    ResearchProject.objects.filter(pk=locked.pk).update(circle=_circle(said), **_said(said))
    changed = [name for name in FIELDS if getattr(locked, name) != said[name]]
    audit.write(by=by, action="research_project.changed", obj=locked, detail={"fields": changed})
    return ResearchProject.objects.get(pk=locked.pk)


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: given[name] for name in FIELDS if name in given}
    return said | {"concerns": sorted(set(said["concerns"]))} if "concerns" in said else said


def _check(given: Mapping[str, Any]) -> None:
    faults = []
    if not (given.get("title_ko") or given.get("title_en")):
        faults.append(Fault("project_no_title", place="title_ko"))
    if not dates.is_plausible(given["starts_on"]):
        faults.append(Fault("project_day", place="starts_on"))
    agreement = given.get("agreement")
    if given.get("origin") == "agreement" and agreement is None:
        faults.append(Fault("project_no_agreement", place="agreement"))
    if given.get("audience") == Audience.CIRCLE and (agreement is None or agreement.state not in IN_FORCE):
        faults.append(Fault("project_no_circle", place="audience"))
    if faults:
        raise Faulty(faults)


def _circle(given: Mapping[str, Any]) -> people.Circle | None:
    """The circle of its agreement, where it is shown to that one alone."""
    agreement = given.get("agreement")
    return agreement.circle if agreement is not None and given.get("audience") == Audience.CIRCLE else None


@transaction.atomic
def add_partner(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ProjectPartner:
    """An organisation that takes part. Raises Denied, Faulty."""
    demand(rules.edits(by, project))
    demand(only_secretariat(by))
    organisation, currency, budget = given["organisation"], given["currency"], given["budget"]
    faults = [Fault("project_currency", place="currency")] if currency not in DIGITS else []
    if project.partners.filter(organisation=organisation).exists():
        faults.append(Fault("project_partner_twice", place="organisation"))
    if budget < 0 or (currency in DIGITS and round(budget, DIGITS[currency]) != budget):
        faults.append(Fault("payment_amount", place="budget"))
    if faults:
        raise Faulty(faults)
    last = project.partners.aggregate(last=Max("position"))["last"]
    made = project.partners.create(position=0 if last is None else last + 1, **given)
    audit.write(by=by, action="research_project.partner", obj=project, detail={"partner": organisation})
    return made


@transaction.atomic
def remove_partner(project: ResearchProject, partner: ProjectPartner, *, by: people.Person) -> None:
    """It takes part no more; the trail says that it did. Raises Denied."""
    demand(rules.edits(by, project))
    demand(only_secretariat(by))
    detail = {"partner": partner.organisation}
    partner.delete()
    audit.write(by=by, action="research_project.partner_removed", obj=project, detail=detail)


@transaction.atomic
def add_member(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ProjectMember:
    """Somebody who belongs to one of its partners, by mail address. Raises Denied, Faulty."""
    demand(rules.edits(by, project))
    found = person_of_partners(project, given["address"])
    if found is None:
        raise Faulty([Fault("project_person_unknown", place="address")])
    if project.members.filter(person=found, until=None).exists():
        raise Faulty([Fault("project_person_twice", place="address")])
    made = project.members.create(person=found, role=given["role"])
    audit.write(by=by, action="research_project.member", obj=project, detail={"person": found})
    return made


def person_of_partners(project: ResearchProject, address: str) -> people.Person | None:
    """Whoever has this address and belongs to a partner today: nobody else can be found out by asking."""
    return person_inside(project.partners.values("organisation_id"), address)


def person_inside(organisations: Any, address: str) -> people.Person | None:
    """Whoever has this address and belongs today to one of these organisations, whose ids are given."""
    inside = people.Membership.objects.current().filter(organisation__in=organisations)
    near = people.Person.objects.filter(is_active=True, pk__in=inside.values("person_id"))
    return near.filter(email__iexact=address.strip()).first()


@transaction.atomic
def end_member(project: ResearchProject, member: ProjectMember, *, by: people.Person) -> None:
    """They work on it no more, from now on. Raises Denied."""
    demand(rules.edits(by, project))
    ProjectMember.objects.filter(pk=member.pk, until=None).update(until=clock.today())
    audit.write(by=by, action="research_project.member_ended", obj=project, detail={"person": member.person})


@transaction.atomic
def plan(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ProjectMilestone:
    """A milestone. Raises Denied, Faulty."""
    demand(rules.edits(by, project))
    faults = []
    if not (given.get("title_ko") or given.get("title_en")):
        faults.append(Fault("project_no_title", place="title_ko"))
    if not dates.is_plausible(given["due_on"]):
        faults.append(Fault("project_day", place="due_on"))
    elif given["due_on"] < project.starts_on:
        faults.append(Fault("milestone_before_start", place="due_on"))
    if faults:
        raise Faulty(faults)
    made = project.milestones.create(year=project.year, **given)
    audit.write(by=by, action="project_milestone.made", obj=made)
    return made


@transaction.atomic
def link(milestone: ProjectMilestone, *, by: people.Person, given: Mapping[str, Any]) -> MilestoneEvidence:
    """Evidence of a milestone that is not over. Raises Denied, Faulty."""
    demand(rules.edits(by, milestone.project))
    if "done" in milestone.state_tags:
        demand(rules.OVER)
    _check_link(given["link"])
    made = milestone.evidence.create(added_by=by, **given)
    audit.write(by=by, action="project_milestone.evidence", obj=milestone, detail={"link": given["link"]})
    return made


@transaction.atomic
def add_output(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ProjectOutput:
    """Something that came of it in this year. Raises Denied, Faulty."""
    demand(rules.edits(by, project))
    _check_link(given.get("link") or "/")
    made = project.outputs.create(year=project.year, added_by=by, **given)
    audit.write(by=by, action="research_project.output", obj=project, detail={"title": given["title"]})
    return made


def _check_link(link: str) -> None:
    """An address here, or one elsewhere that is encrypted."""
    here = link.startswith("/") and not link.startswith(("//", "/\\"))
    if not here and not link.startswith("https://"):
        raise Faulty([Fault("project_link", place="link")])


@transaction.atomic
def flag(project: ResearchProject, *, by: people.Person, given: Mapping[str, Any]) -> ProjectRisk:
    """Raise a risk; the secretariat hears of a high one. Raises Denied."""
    demand(rules.edits(by, project))
    made = project.risks.create(raised_by=by, **given)
    audit.write(by=by, action="research_project.risk", obj=project, detail=dict(given))
    if made.level == ProjectRisk.Level.HIGH:
        telling.tell_secretariat(telling.RISK, project)
    return made


@transaction.atomic
def clear(project: ResearchProject, risk: ProjectRisk, *, by: people.Person) -> None:
    """The risk is gone; twice changes nothing. Raises Denied."""
    demand(rules.edits(by, project))
    if ProjectRisk.objects.filter(pk=risk.pk, cleared_at=None).update(cleared_at=clock.now()):
        audit.write(by=by, action="research_project.risk_cleared", obj=project, detail={"what": risk.what})


def act(row: Any, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Any:
    """Any move of a project, a milestone or a change. Raises Denied, Hidden."""
    return workflow.perform(row, action, by=by, data=data)
