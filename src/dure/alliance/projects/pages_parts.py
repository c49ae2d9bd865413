"""Pages of a project's parts: partners and people, milestones, outputs, changes and risks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.alliance.models import ProjectChange, ProjectMilestone, ResearchProject
from dure.alliance.projects import access, editing, forms, rules
from dure.alliance.projects.pages import frame
from dure.foundation import acting
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@dataclass(frozen=True, slots=True)
class _Part:
    """Somebody adds something to a project."""

    person: Any
    project: ResearchProject

    def done(self, form: django_forms.BaseForm, make: Callable[..., Any], on: Any = None) -> bool:
        """Whether a filled form was carried out; else it shows what is wrong. Raises Denied before it reads the form."""
        demand(rules.edits(self.person, self.project))
        if not form.is_valid():
            return False
        try:
            make(on or self.project, by=self.person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
            return False
        return True


@require_http_methods(["GET", "POST"])
def people_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who takes part: organisations with what they bring in, and people. `what` says which form was sent."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    what = request.POST.get("what")
    partner = forms.PartnerForm(request.POST if what == "partner" else None, person=person, prefix="p")
    member = forms.MemberForm(request.POST if what == "member" else None, prefix="m")
    if what == "partner" and _Part(person, project).done(partner, editing.add_partner):
        return _back(request, "alliance:project_people", uid)
    if what == "member" and _Part(person, project).done(member, editing.add_member):
        return _back(request, "alliance:project_people", uid)
    context = frame(request, project, "people") | {
        "partners": project.partners.select_related("organisation"),
        "page": page_of(request, project.members.select_related("person").filter(until=None)),
        "partner_form": partner,
        "member_form": member,
    }
    failed = partner.errors or member.errors
    return render(request, "alliance/projects/people.html", context, status=422 if failed else 200)


def _back(request: HttpRequest, name: str, uid: UUID, *more: Any) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, uid, *more)


@require_POST
def remove_partner(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An organisation takes part no more."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    editing.remove_partner(project, access.access_partner(project, _named(request)), by=person)
    return _back(request, "alliance:project_people", uid)


@require_POST
def end_member(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody works on it no more."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    found = project.members.filter(uid=_named(request)).first()
    if found is None:
        raise Hidden(uid)
    editing.end_member(project, found, by=person)
    return _back(request, "alliance:project_people", uid)


def _named(request: HttpRequest) -> UUID:
    """The part that a button names. Raises Hidden for what is no name."""
    try:
        return UUID(request.POST.get("part", ""))
    except ValueError:
        raise Hidden from None


@require_http_methods(["GET", "POST"])
def milestones_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is to be there by when; its lead and the secretariat add to it."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    form = forms.MilestoneForm(request.POST or None)
    if request.method == "POST" and _Part(person, project).done(form, editing.plan):
        return _back(request, "alliance:project_milestones", uid)
    context = frame(request, project, "milestones") | {
        "page": page_of(request, project.milestones.prefetch_related("evidence").order_by("due_on", "pk")),
        "form": form,
    }
    return render(request, "alliance/projects/milestones.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def milestone_page(request: HttpRequest, uid: UUID, milestone: UUID) -> HttpResponse:
    """One of them: moves, and the links that show it is reached."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    one = access.access_milestone(project, milestone)
    if request.method == "POST" and "action" in request.POST:
        taken = acting.take(request, one, forms.MILESTONE_FORMS, perform=editing.act)
        return _show_milestone(request, one, taken) if taken.form else _moved(request, one, taken)
    form = forms.EvidenceForm(request.POST or None)
    if request.method == "POST" and _Part(person, project).done(form, editing.link, on=one):
        return _back(request, "alliance:project_milestone", uid, milestone)
    return _show_milestone(request, one, None, form)


def _moved(request: HttpRequest, one: ProjectMilestone, taken: acting.Taken) -> HttpResponse:
    messages.success(request, str(forms.DONE.get(taken.action, _("Saved."))))
    return redirect("alliance:project_milestone", one.project.uid, one.uid)


def _show_milestone(
    request: HttpRequest,
    one: ProjectMilestone,
    taken: acting.Taken | None = None,
    form: django_forms.BaseForm | None = None,
) -> HttpResponse:
    offers = acting.offers_of(request, one, forms.MILESTONE_FORMS)
    context = frame(request, one.project, "milestones") | {
        "milestone": one,
        "evidence": list(one.evidence.all()),
        "offers": offers,
        "forms": acting.forms_for(one, offers, forms.MILESTONE_FORMS, taken),
        "form": form or forms.EvidenceForm(),
        "adds": "done" not in one.state_tags,
    }
    failed = taken is not None or (form is not None and bool(form.errors))
    return render(request, "alliance/projects/milestone.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
def outputs_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What came of it: for everybody who may know of the project; its lead and the secretariat add to it."""
    person = person_of(request)
    project = access.access_project(person, uid)
    form = forms.OutputForm(request.POST or None)
    if request.method == "POST" and _Part(person, project).done(form, editing.add_output):
        return _back(request, "alliance:project_outputs", uid)
    context = frame(request, project, "outputs") | {
        "page": page_of(request, project.outputs.order_by("-year", "-pk")),
        "form": form,
    }
    return render(request, "alliance/projects/outputs.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def changes_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Changes that were asked for with their answers, and the risks; a risk is raised here."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    form = forms.RiskForm(request.POST or None)
    if request.method == "POST" and _Part(person, project).done(form, editing.flag):
        return _back(request, "alliance:project_changes", uid)
    return _show_changes(request, project, form)


def _show_changes(
    request: HttpRequest, project: Any, form: django_forms.BaseForm, taken: acting.Taken | None = None
) -> HttpResponse:
    page: Any = page_of(request, project.changes.select_related("asked_by", "answered_by").order_by("-pk"))
    for one in page.object_list:
        one.project = project
    context = frame(request, project, "changes") | {
        "page": page,
        "rows": [_answerable(request, one, taken) for one in page.object_list],
        "risks": list(project.risks.filter(cleared_at=None).order_by("-pk")[:50]),
        "form": form,
    }
    failed = taken is not None or bool(form.errors)
    return render(request, "alliance/projects/changes.html", context, status=422 if failed else 200)


def _answerable(request: HttpRequest, one: ProjectChange, taken: acting.Taken | None) -> dict[str, Any]:
    offers = acting.offers_of(request, one, forms.CHANGE_FORMS) if one.state == "requested" else []
    return {
        "change": one,
        "offers": offers,
        "forms": acting.forms_for(one, offers, forms.CHANGE_FORMS, taken),
    }


@require_POST
def answer_change(request: HttpRequest, uid: UUID, change: UUID) -> HttpResponse:
    """Approve, refuse or take back."""
    project = access.access_inside(signed_in(request), uid)
    one = access.access_change(project, change)
    taken = acting.take(request, one, forms.CHANGE_FORMS, perform=editing.act)
    if taken.form is not None:
        return _show_changes(request, project, forms.RiskForm(), taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:project_changes", uid)


@require_POST
def clear_risk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The risk is gone."""
    person = signed_in(request)
    project = access.access_inside(person, uid)
    found = project.risks.filter(uid=_named(request)).first()
    if found is None:
        raise Hidden(uid)
    editing.clear(project, found, by=person)
    return _back(request, "alliance:project_changes", uid)
