"""A project team's own page: its people, its report, and where it stands in the challenge."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import render, signed_in
from dure.learn.cohorts import projects, queries_projects, rules
from dure.learn.cohorts.access_projects import access_project_team, own_teams
from dure.learn.cohorts.forms_projects import TeamForm
from dure.learn.cohorts.pages.frame import frame
from dure.learn.cohorts.pages.projects import put
from dure.learn.models import ProjectTeam


@require_GET
def team_page(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> HttpResponse:
    found, leads = access_project_team(signed_in(request), uid, project, team)
    return _show(request, found, leads=leads)


@require_POST
def report(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> HttpResponse:
    """Keep the report or hand it in. Nothing typed is lost where that is refused."""
    person = signed_in(request)
    found, leads = access_project_team(person, uid, project, team)
    written, hand_in = (
        request.POST.get("report", "").replace("\r\n", "\n"),
        request.POST.get("do") == "hand_in",
    )
    base = request.POST.get("base") or None
    try:
        projects.write_report(by=person, team=found, report=written, hand_in=hand_in, base=base)
    except Faulty as faulty:
        return _show(request, found, leads=leads, faults=faulty.faults, written=written)
    except Denied as denied:
        return _show(request, found, leads=leads, refused=denied.refused, written=written)
    messages.success(request, _("The report is handed in.") if hand_in else _("The report is kept."))
    return redirect("learn:project_team", uid, project, team)


@require_POST
def enter(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> HttpResponse:
    """Link the team in the challenge."""
    person = signed_in(request)
    found, leads = access_project_team(person, uid, project, team)
    try:
        projects.link_entered(by=person, team=found)
    except Denied as denied:
        return _show(request, found, leads=leads, refused=denied.refused)
    return redirect("learn:project_team", uid, project, team)


@require_POST
def change(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> HttpResponse:
    """Who leads the cohort changes the team, or takes it back."""
    person = signed_in(request)
    found, _leads = access_project_team(person, uid, project, team)
    demand(rules.leads(person, found.project.cohort))
    if request.POST.get("do") == "dissolve":
        try:
            projects.dissolve(by=person, team=found)
        except Denied as denied:
            return _show(request, found, leads=True, refused=denied.refused)
        return redirect("learn:cohort_project", uid=uid, project=project)
    form = TeamForm(request.POST, project=found.project, team=found)
    if put(request, form, found.project, found) is None:
        return _show(request, found, leads=True, form=form)
    return redirect("learn:project_team", uid, project, team)


def _show(
    request: HttpRequest,
    team: ProjectTeam,
    *,
    leads: bool,
    form: forms.Form | None = None,
    faults: list[Fault] | None = None,
    refused: Refused | None = None,
    written: str | None = None,
) -> HttpResponse:
    person, project = signed_in(request), team.project
    challenge = projects.seen_challenge(project, person)
    context: dict[str, Any] = frame(request, project.cohort, "projects") | {
        "project": project,
        "team": team,
        "is_member": own_teams(person).filter(pk=team.pk).exists(),
        "is_late": projects.is_late(team, project),
        "challenge": challenge,
        "standing": queries_projects.standings_for(challenge).get(str(team.entered))
        if team.entered
        else None,
        "written": team.report if written is None else written,
        "base": projects.digest_of(team.report),
        "faults": faults,
        "refused": refused,
    }
    if leads:
        context |= {"form": form or TeamForm(project=project, team=team), "form_is_open": form is not None}
    status = 422 if faults or form else 403 if refused is not None else 200
    return render(request, "learn/cohort/project_team.html", context, status=status)
