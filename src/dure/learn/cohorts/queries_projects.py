"""Projects of a cohort, their teams, and where a team stands in the challenge that its project ends in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from dure.learn.cohorts import projects
from dure.learn.cohorts.access_projects import own_teams, teams
from dure.learn.models import Cohort, Project, ProjectTeam
from dure.problems import api as problems


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team of a project as somebody inside sees it: `opens` says whether its page is for them, and with it where it stands."""

    team: ProjectTeam
    opens: bool
    is_late: bool
    standing: problems.PublicStanding | None


def projects_of(cohort: Cohort, person: Any) -> QuerySet[Project]:
    """With how many teams each has (`team_count`), and the reader's own team in each (`own`)."""
    rows = Project.objects.filter(cohort=cohort).annotate(team_count=Count("teams")).order_by("due_at", "pk")
    return rows.prefetch_related(Prefetch("teams", own_teams(person), to_attr="own"))


def teams_of(project: Project) -> QuerySet[ProjectTeam]:
    return teams().filter(project=project)


def lines(
    found: list[ProjectTeam],
    project: Project,
    person: Any,
    *,
    leads: bool,
    challenge: problems.Challenge | None,
) -> list[TeamLine]:
    """These teams. Who stands where is for the team itself and those who lead: the challenge's board names no people.

    `challenge` is the one that the person sees.
    """
    mine = set() if leads else set(own_teams(person).filter(project=project).values_list("pk", flat=True))
    entered = [team for team in found if team.entered and (leads or team.pk in mine)]
    standings = standings_for(challenge) if entered else {}
    made = []
    for team in found:
        opens = leads or team.pk in mine
        standing = standings.get(str(team.entered)) if opens else None
        made.append(TeamLine(team, opens, projects.is_late(team, project), standing))
    return made


def standings_for(challenge: problems.Challenge | None) -> Mapping[str, problems.PublicStanding]:
    """The lines of the board of a challenge that somebody sees; one query."""
    return problems.public_standings(challenge) if challenge is not None else {}


def seen_slugs(found: Sequence[Project], person: Any) -> dict[int, str]:
    """The addresses of the challenges that these projects end in, as far as the person sees them; one query."""
    wanted = [one.challenge_id for one in found if one.challenge_id]
    rows = problems.Challenge.objects.visible_to(person).filter(pk__in=wanted)
    return dict(rows.values_list("pk", "slug"))
