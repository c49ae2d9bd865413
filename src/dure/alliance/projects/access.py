"""The only ways to a project or a part of one from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import ProjectChange, ProjectMilestone, ProjectPartner, ResearchProject
from dure.foundation.access import Hidden

WITH = ("lead", "agreement", "circle")


def access_project(person: Any, uid: UUID) -> ResearchProject:
    """The project. Raises Hidden unless this person may know that it exists."""
    found = ResearchProject.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_inside(person: Any, uid: UUID) -> ResearchProject:
    """The project with its reports, milestones and money. Raises Hidden unless this person may read all of it."""
    found = ResearchProject.objects.inside_for(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_milestone(project: ResearchProject, uid: UUID) -> ProjectMilestone:
    """One of its milestones. Raises Hidden."""
    found = project.milestones.select_related("project").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_change(project: ResearchProject, uid: UUID) -> ProjectChange:
    """One of the changes that were asked for. Raises Hidden."""
    found = project.changes.select_related("project").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_partner(project: ResearchProject, uid: UUID) -> ProjectPartner:
    """One of its partners. Raises Hidden."""
    found = project.partners.select_related("organisation").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
