"""Pages of projects: list and board, one of them, its renewals, the month of renewals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.models import ProjectPartner, ResearchProject
from dure.alliance.projects import access, dates, editing, forms, queries, rules, sheets, tracks, words
from dure.alliance.topics.becoming import topic_of_project
from dure.foundation import acting, clock
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def projects_page(request: HttpRequest) -> HttpResponse:
    """Track by state and the timeline, narrowed by `?group=`, `?track=` and `?mine=1`; with `?as=` a file."""
    person, said = person_of(request), request.GET
    asked = queries.Asked(said.get("group", ""), said.get("track", ""), said.get("mine") == "1")
    rows = queries.listed(person, asked)
    if form := sheets.asked_for(request):
        return sheets.projects(form, rows)
    page: Any = page_of(request, rows)
    scale = queries.axis(rows)
    context = {
        "asked": asked,
        "page": page,
        "bars": queries.bars(person, list(page.object_list), scale),
        "ticks": queries.ticks(scale),
        "matrix": queries.matrix(rows),
        "states": [state.label for state in ResearchProject.workflow.states],
        "groups": [("open", _("Being set up")), ("running", _("Under way")), ("done", _("Over"))],
        "track_groups": tracks.Group.choices,
        "tracks": tracks.Track.choices,
        "steps": words.STEPS,
        "may_make": bool(only_secretariat(person)),
    }
    return render(request, "alliance/projects/list.html", context)


@require_GET
def month_page(request: HttpRequest) -> HttpResponse:
    """Renewals that are due in one month, by where they stand; `?month=2026-12`, `?step=` leaves one column."""
    person = signed_in(request)
    month = dates.month_of(request.GET.get("month", ""), clock.today())
    rows, step = queries.renewals_of_month(person, month), request.GET.get("step", "")
    before, after = queries.months_beside(person, month)
    context = {
        "month": month,
        "before": before,
        "after": after,
        "columns": [(name, words.STEPS[name], count) for name, count in queries.steps(rows).items()],
        "step": step,
        "page": page_of(request, queries.standing_at(rows, step)),
        "names": words.STEPS,
    }
    return render(request, "alliance/projects/month.html", context)


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """The secretariat sets a project up."""
    person = signed_in(request)
    demand(only_secretariat(person))
    form = forms.ProjectForm(request.POST or None, person=person, is_secretary=True)
    if request.method == "POST" and form.is_valid():
        try:
            made = editing.create(by=person, given=form.said)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("It is being set up. Add its partners, people and milestones."))
            return redirect("alliance:project", made.uid)
    context = {"form": form, "project": None}
    return render(request, "alliance/projects/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What it says of itself."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    demand(rules.edits(person, project))
    is_secretary = bool(only_secretariat(person))
    form = forms.ProjectForm(request.POST or None, instance=project, person=person, is_secretary=is_secretary)
    if request.method == "POST" and form.is_valid():
        try:
            editing.change(project, by=person, given=form.said)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved."))
            return redirect("alliance:project", uid)
    context = {"form": form, "project": project}
    return render(request, "alliance/projects/edit.html", context, status=422 if form.errors else 200)


def frame(request: HttpRequest, project: ResearchProject, tab: str) -> dict[str, Any]:
    """What every page of a project needs; one query and that of the circle's names."""
    person = person_of(request)
    is_inside = ResearchProject.objects.inside_for(person).filter(pk=project.pk).exists()
    return {
        "project": project,
        "tab": tab,
        "is_inside": is_inside,
        "edits": bool(rules.edits(person, project)),
        "is_secretary": bool(only_secretariat(person)),
        "who_sees": words.who_sees(project),
    }


@require_GET
def project_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_project(person_of(request), uid))


def show(request: HttpRequest, project: ResearchProject, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    context = frame(request, project, "overview")
    # Read once: what is missing, ethics and the page itself ask for them.
    rows = ProjectPartner.objects.select_related("organisation")
    prefetch_related_objects([project], Prefetch("partners", queryset=rows))
    offers = [
        one
        for one in acting.offers_of(request, project, forms.MOVE_FORMS)
        if one.transition.action not in forms.OF_RENEWAL
    ]
    partners = list(project.partners.all())
    context |= {
        "next": words.NEXT[project.state],
        "topic": topic_of_project(person_of(request), project),
        "partners": partners,
        "budgets": queries.budgets(partners),
        "outputs": list(project.outputs.all()[:6]),
        "proposal": queries.proposal_of(person_of(request), project),
        "lacking": project.lacking if context["is_inside"] and project.state == "setup" else [],
        "held": rules.held(project, person_of(request)) if context["is_inside"] else [],
        "offers": offers if context["is_inside"] else [],
        "forms": acting.forms_for(project, offers, forms.MOVE_FORMS, taken),
    }
    return render(request, "alliance/projects/project.html", context, status=422 if taken else 200)


@require_GET
def renewals_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every year's report, plan and decision, the newest first."""
    return show_renewals(request, access.access_inside(signed_in(request), uid))


def show_renewals(
    request: HttpRequest, project: ResearchProject, taken: acting.Taken | None = None
) -> HttpResponse:
    offers = [
        one
        for one in acting.offers_of(request, project, forms.MOVE_FORMS)
        if one.transition.action in forms.OF_RENEWAL
    ]
    made = acting.forms_for(project, offers, forms.MOVE_FORMS, taken)
    renewal = project.renewal
    if renewal is not None and "submit_renewal" in made and not made["submit_renewal"].is_bound:
        made["submit_renewal"].initial = {
            name: getattr(renewal, name) for name in ("report", "outputs", "plan")
        }
    rows = project.renewals.select_related("submitted_by", "decided_by")
    context = frame(request, project, "renewals") | {
        "page": page_of(request, rows, per_page=5),
        "offers": offers,
        "forms": made,
        "next": words.NEXT[project.state],
    }
    return render(request, "alliance/projects/renewals.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Any move of a project by hand."""
    project = access.access_inside(signed_in(request), uid)
    taken = acting.take(request, project, forms.MOVE_FORMS, perform=editing.act)
    of_renewal = taken.action in forms.OF_RENEWAL
    if taken.form is not None:
        return show_renewals(request, project, taken) if of_renewal else show(request, project, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:project_renewals" if of_renewal else "alliance:project", uid)
