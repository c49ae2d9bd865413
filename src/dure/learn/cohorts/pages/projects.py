"""Team projects: the list, one with its teams, and what those who lead do with them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.access import Denied, Hidden, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import projects, queries_projects, rules
from dure.learn.cohorts.access_projects import access_inside, access_project, seen_project
from dure.learn.cohorts.forms_projects import ProjectForm, TeamForm
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Project

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def projects_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The projects of the cohort; a post makes one."""
    person = signed_in(request)
    cohort, leads = access_inside(person, uid)
    form = ProjectForm(request.POST if request.method == "POST" else None) if leads else None
    if request.method == "POST":
        demand(rules.leads(person, cohort))
        made = _made(
            form, lambda values, slug: projects.make(by=person, cohort=cohort, values=values, challenge=slug)
        )
        if made is not None:
            return redirect("learn:cohort_project", uid=uid, project=made.uid)
    page = page_of(request, queries_projects.projects_of(cohort, person))
    context = frame(request, cohort, "projects") | {"page": page, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "learn/cohort/projects.html", context, status=status)


def _made(form: Any, act: Any) -> Project | None:
    """What came of a filled form; None where it needs attention."""
    if not form.is_valid():
        return None
    values = dict(form.cleaned_data)
    try:
        found: Project = act(values, values.pop("challenge"))
    except Hidden:
        form.add_error("challenge", _("There is no such challenge that you see."))
    except Faulty as faulty:
        show_faults(form, faulty)
    except Denied as denied:
        form.add_error("challenge", str(denied.refused.message))
    else:
        return found
    return None


@require_http_methods(["GET", "POST"])
def project_page(request: HttpRequest, uid: UUID, project: UUID) -> HttpResponse:
    """What is to be made, and the teams; a post of those who lead changes it."""
    person = signed_in(request)
    found = seen_project(person, uid, project)
    if request.method != "POST":
        return _show(request, found)
    demand(rules.leads(person, found.cohort))
    form = ProjectForm(request.POST, project=found)
    act = lambda values, slug: projects.change(by=person, project=found, values=values, challenge=slug)  # noqa: E731 - one line of its own
    if _made(form, act) is None:
        return _show(request, found, form=form)
    messages.success(request, _("The project is changed."))
    return redirect("learn:cohort_project", uid=uid, project=project)


@require_POST
def divide(request: HttpRequest, uid: UUID, project: UUID) -> HttpResponse:
    """Teams for everybody who is in none."""
    person = signed_in(request)
    found, _leads = access_project(person, uid, project)
    made = len(projects.divide_rest(by=person, project=found))
    words = ngettext("%(count)s team was made.", "%(count)s teams were made.", made) % {"count": made}
    messages.success(request, words if made else _("Everybody is in a team."))
    return redirect("learn:cohort_project", uid=uid, project=project)


@require_POST
def add_team(request: HttpRequest, uid: UUID, project: UUID) -> HttpResponse:
    """A team by hand."""
    person = signed_in(request)
    found, _leads = access_project(person, uid, project)
    demand(rules.leads(person, found.cohort))
    form = TeamForm(request.POST, project=found)
    if put(request, form, found, None) is None:
        return _show(request, found, team_form=form)
    return redirect("learn:cohort_project", uid=uid, project=project)


def put(request: HttpRequest, form: TeamForm, project: Project, team: Any) -> Any:
    """Make or change a team from its form; None where the form needs attention."""
    if not form.is_valid():
        return None
    try:
        return projects.put_team(by=signed_in(request), project=project, team=team, **form.cleaned_data)
    except Faulty as faulty:
        show_faults(form, faulty)
    return None


def _show(
    request: HttpRequest,
    project: Project,
    *,
    form: forms.Form | None = None,
    team_form: forms.Form | None = None,
) -> HttpResponse:
    person, challenge = signed_in(request), projects.seen_challenge(project, signed_in(request))
    framed = frame(request, project.cohort, "projects")
    leads = framed["leads"]
    if not leads and not framed["inside"]:
        raise Hidden(project.uid)
    page = page_of(request, queries_projects.teams_of(project), per_page=PER_PAGE)
    context = framed | {
        "project": project,
        "challenge": challenge,
        "page": page,
        "lines": queries_projects.lines(
            list(page.object_list), project, person, leads=leads, challenge=challenge
        ),
    }
    if leads:
        context |= {
            "form": form or ProjectForm(project=project),
            "team_form": team_form or TeamForm(project=project),
            "form_is_open": form is not None,
            "team_form_is_open": team_form is not None,
        }
    return render(request, "learn/cohort/project.html", context, status=422 if form or team_form else 200)
