"""The only ways to a project and a team of it: a project for who is inside the cohort, a team for its people and who leads."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from dure.foundation.access import Denied, Hidden
from dure.learn.cohorts import access, rules
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import Cohort, Place, Project, ProjectTeam


def access_inside(person: Any, uid: UUID) -> tuple[Cohort, bool]:
    """The cohort for whoever is inside, and whether they lead it. Raises Hidden or Denied."""
    cohort = access.access_cohort(person, uid)
    if rules.leads(person, cohort):
        return cohort, True
    if not rules.takes_part(access.place_of(person, cohort)):
        raise Denied(rules.NO_PLACE)
    return cohort, False


def access_project(person: Any, uid: UUID, project: UUID) -> tuple[Project, bool]:
    """A project of a cohort, and whether the person leads that. Raises Hidden, also for who is not inside."""
    found = seen_project(person, uid, project)
    leads = bool(rules.leads(person, found.cohort))
    if not leads and not rules.takes_part(access.place_of(person, found.cohort)):
        raise Hidden(project)
    return found, leads


def seen_project(person: Any, uid: UUID, project: UUID) -> Project:
    """A project of a cohort that the person sees; whether they are inside it is asked by the caller. Raises Hidden."""
    cohorts = Cohort.objects.visible_to(person).filter(uid=uid)
    rows = Project.objects.filter(uid=project, cohort__in=cohorts).select_related(
        "challenge", "cohort__course__organisation", "cohort__version", "cohort__circle"
    )
    found = rows.defer("cohort__version__content", "cohort__version__findings").first()
    if found is None:
        raise Hidden(project)
    return found


def access_project_team(person: Any, uid: UUID, project: UUID, team: UUID) -> tuple[ProjectTeam, bool]:
    """A team for its members and who leads the cohort. Raises Hidden for everybody else inside, too."""
    found, leads = access_project(person, uid, project)
    rows = teams().filter(project=found, uid=team)
    if not leads:
        rows = rows.filter(pk__in=own_teams(person).values("pk"))
    one = rows.first()
    if one is None:
        raise Hidden(team)
    one.project = found
    return one, leads


def own_teams(person: Any) -> QuerySet[ProjectTeam]:
    """Teams in which this person has a part now."""
    placed = ProjectTeam.members.through.objects.filter(
        place__person_id=person.pk, place__state__in=WITH_PLACE
    )
    return ProjectTeam.objects.filter(pk__in=placed.values("projectteam_id"))


def teams() -> QuerySet[ProjectTeam]:
    """Teams with who is in them."""
    members = Prefetch("members", Place.objects.select_related("person", "organisation"))
    return ProjectTeam.objects.select_related("coach").prefetch_related(members)
