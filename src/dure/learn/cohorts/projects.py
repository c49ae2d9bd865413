"""Team projects: making one, its teams by hand or divided, handing in, and the challenge that it ends in."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.learn.cohorts import rules, telling_coached
from dure.learn.cohorts.access_projects import own_teams
from dure.learn.cohorts.dates import in_time
from dure.learn.cohorts.dividing import Candidate, divide
from dure.learn.models import Cohort, Place, Project, ProjectTeam
from dure.people import api as people
from dure.problems import api as problems

LONGEST_REPORT: Final = 20_000
LARGEST_TEAM: Final = 50
NOT_MEMBER: Final = Refused("not_in_project_team", _("Only the members of the team do this."))
NO_CHALLENGE: Final = Refused("no_challenge", _("This project does not end in a challenge that you see."))
NOT_ENTERED: Final = Refused(
    "not_entered", _("Enter the challenge first, or join a team there; then link it here.")
)
LINKED: Final = Refused("already_linked", _("Another team of this project has linked that one already."))
HAS_WORK: Final = Refused("team_has_work", _("This team has written or entered something already; it stays."))
NOT_OPEN: Final = Refused("challenge_not_open", _("Choose a challenge that is open."))
PLAIN: Final = ("name_ko", "name_en", "brief_ko", "brief_en", "team_size", "due_at")


@transaction.atomic
def make(*, by: Any, cohort: Cohort, values: Mapping[str, Any], challenge: str = "") -> Project:
    """A project of the cohort; `challenge` is the address of an open one that its maker sees. Raises Denied, Faulty, Hidden."""
    demand(rules.leads(by, cohort))
    _check_due(cohort, values["due_at"])
    made = Project(cohort=cohort, **{name: values[name] for name in PLAIN})
    made.challenge = _open(by, challenge)
    made.save()
    audit.write(by=by, action="project.made", obj=made)
    telling_coached.tell_project(made, by=by)
    return made


@transaction.atomic
def change(*, by: Any, project: Project, values: Mapping[str, Any], challenge: str = "") -> Project:
    """Other words, another date, another challenge; one that it has already may be over by now. Raises as `make` does."""
    demand(rules.leads(by, project.cohort))
    if values["due_at"] != project.due_at:
        _check_due(project.cohort, values["due_at"])
    for name in PLAIN:
        setattr(project, name, values[name])
    if challenge != (project.challenge.slug if project.challenge else ""):
        project.challenge = _open(by, challenge)
        project.teams.update(entered=None)
    project.save()
    audit.write(by=by, action="project.changed", obj=project)
    return project


def _check_due(cohort: Cohort, at: datetime) -> None:
    if not in_time(cohort, at):
        raise Faulty([Fault("due_out_of_time", place="due_at")])


def _open(by: Any, slug: str) -> problems.Challenge | None:
    if not slug:
        return None
    found = problems.access_challenge(by, slug)
    if found.state != "open":
        raise Denied(NOT_OPEN)
    return found


@transaction.atomic
def divide_rest(*, by: Any, project: Project, seed: int | None = None) -> list[ProjectTeam]:
    """Put everybody who is in no team yet into new ones; the seed, drawn unless given, stands in the trail. Raises Denied."""
    demand(rules.leads(by, project.cohort))
    _locked(project)
    drawn = secrets.randbelow(2**32) if seed is None else seed
    free = {one.pk: one for one in without_team(project)}
    made = divide((_candidate(one) for one in free.values()), size=project.team_size, seed=drawn)
    teams = [_named(project, [free[key] for key in keys]) for keys in made]
    audit.write(by=by, action="project.divided", obj=project, detail={"seed": drawn, "people": len(free)})
    for team in teams:
        telling_coached.tell_in_team(team, by=by)
    return teams


def without_team(project: Project) -> Iterable[Place]:
    """Whoever has a place in the cohort, and is in no team of this project."""
    rows = project.cohort.places.filter(state="in").exclude(project_teams__project=project)
    return rows.select_related("person", "enrolment__standing").order_by("pk")


def _candidate(place: Place) -> Candidate:
    progress = place.enrolment.standing.done if place.enrolment else 0.0
    return Candidate(place.pk, place.organisation_id, progress)


def _named(project: Project, members: Iterable[Place]) -> ProjectTeam:
    """A team under the next number, in the cohort's language."""
    taken = set(project.teams.values_list("name", flat=True))
    with translation.override(project.cohort.language):
        names = (gettext("Team %(number)s") % {"number": number} for number in range(1, len(taken) + 2))
        name = next(name for name in names if name not in taken)
    made = ProjectTeam.objects.create(project=project, name=name)
    made.members.set(members)
    return made


@transaction.atomic
def put_team(
    *, by: Any, project: Project, name: str, members: Iterable[Place], coach: people.Person | None = None,
    team: ProjectTeam | None = None,
) -> ProjectTeam:  # fmt: skip
    """Make a team by hand, or change one. Whoever is put into it leaves the team they were in. Raises Denied, Faulty."""
    demand(rules.leads(by, project.cohort))
    _locked(project)
    chosen = list(members)
    _check_team(project, name.strip(), chosen, team)
    before = set(team.members.values_list("pk", flat=True)) if team else set()
    team = team or ProjectTeam(project=project)
    team.name, team.coach = name.strip(), coach
    team.save()
    through = ProjectTeam.members.through.objects
    through.filter(projectteam__project=project, place__in=chosen).exclude(projectteam=team).delete()
    team.members.set(chosen)
    audit.write(by=by, action="project.team", obj=team, detail={"people": len(chosen)})
    telling_coached.tell_in_team(team, by=by, known=before)
    return team


def _check_team(project: Project, name: str, members: list[Place], team: ProjectTeam | None) -> None:
    others = project.teams.exclude(pk=team.pk) if team else project.teams.all()
    faults = []
    if not name or len(name) > 60:
        faults.append(Fault("no_team_name", place="name"))
    if others.filter(name=name).exists():
        faults.append(Fault("team_name_taken", place="name"))
    if not 1 <= len(members) <= LARGEST_TEAM:
        faults.append(Fault("team_without_members", {"limit": LARGEST_TEAM}, place="members"))
    if any(one.cohort_id != project.cohort_id or not rules.takes_part(one) for one in members):
        faults.append(Fault("not_in_cohort", place="members"))
    if faults:
        raise Faulty(faults)


@transaction.atomic
def dissolve(*, by: Any, team: ProjectTeam) -> None:
    """Take a team back in which nothing was done yet. Raises Denied."""
    demand(rules.leads(by, team.project.cohort))
    locked = ProjectTeam.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if locked.report or locked.entered or locked.handed_in_at:
        raise Denied(HAS_WORK)
    audit.write(by=by, action="project.team_dissolved", obj=locked, detail={"name": locked.name})
    locked.delete()


@transaction.atomic
def write_report(
    *, by: Any, team: ProjectTeam, report: str, hand_in: bool, base: str | None = None
) -> ProjectTeam:
    """Keep the report, or hand it in; from then on each change is handed in anew, with its moment.

    `base` is the `digest_of` of the text that was changed: where a member wrote meanwhile, nothing is overwritten.
    Raises Denied, Faulty.
    """
    _demand_member(by, team)
    locked = ProjectTeam.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if base is not None and base != digest_of(locked.report):
        raise Faulty([Fault("report_changed", place="report")])
    if len(report) > LONGEST_REPORT:
        raise Faulty([Fault("report_too_long", {"limit": LONGEST_REPORT}, place="report")])
    if (hand_in or locked.handed_in_at) and not report.strip():
        raise Faulty([Fault("empty_report", place="report")])
    locked.report = report
    is_first = locked.handed_in_at is None
    if hand_in or not is_first:
        locked.handed_in_at = clock.now()
    locked.save(update_fields=["report", "handed_in_at"])
    if locked.handed_in_at is not None:
        audit.write(by=by, action="project.handed_in", obj=locked)
    if hand_in and is_first:
        telling_coached.tell_handed_in(team, by=by)
    return locked


def digest_of(report: str) -> str:
    """Of a report as it stands."""
    return hashlib.sha256(report.encode()).hexdigest()


def is_late(team: ProjectTeam, project: Project, at: datetime | None = None) -> bool:
    """Whether it was handed in after the date. It is accepted all the same."""
    moment = at or team.handed_in_at
    return moment is not None and moment > project.due_at


@transaction.atomic
def link_entered(*, by: Any, team: ProjectTeam) -> ProjectTeam:
    """Say that the team that this member is in there is this one's in the challenge. Raises Denied."""
    _demand_member(by, team)
    challenge = seen_challenge(team.project, by)
    if challenge is None:
        raise Denied(NO_CHALLENGE)
    own = problems.team_in(by, challenge)
    if own is None:
        raise Denied(NOT_ENTERED)
    _locked(team.project)
    if team.project.teams.filter(entered=own[0]).exclude(pk=team.pk).exists():
        raise Denied(LINKED)
    team.entered = own[0]
    team.save(update_fields=["entered"])
    audit.write(by=by, action="project.entered", obj=team)
    return team


def seen_challenge(project: Project, person: Any) -> problems.Challenge | None:
    """The challenge that a project ends in, for whoever may see it."""
    if project.challenge_id is None:
        return None
    rows = problems.Challenge.objects.visible_to(person).select_related("problem")
    return rows.filter(pk=project.challenge_id).first()


def _demand_member(by: Any, team: ProjectTeam) -> None:
    if not own_teams(by).filter(pk=team.pk).exists():
        raise Denied(NOT_MEMBER)


def _locked(project: Project) -> None:
    """Two who divide at once would put people into two teams."""
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
