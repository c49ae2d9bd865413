"""Pages of assessments: the list, the ethics of one subject, an assessment, its answers and opinions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.ethics import access, answering, forms, queries, rules, subjects
from dure.alliance.models import EthicsAssessment
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def ethics_page(request: HttpRequest) -> HttpResponse:
    """Assessments that this person may read; `?group=` leaves some."""
    person, group = signed_in(request), request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.listed(person, group=group)),
        "group": group,
        "groups": [("open", _("Being written")), ("running", _("With the board")), ("done", _("Decided"))],
        "tab": "assessments",
    }
    return render(request, "alliance/ethics/list.html", context)


@require_GET
def subject_page(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Where a subject stands, for whoever may see it; from here an assessment is begun and an incident reported."""
    return show_subject(request, subjects.find(person_of(request), kind, uid))


def show_subject(
    request: HttpRequest, subject: subjects.Subject, form: forms.IncidentForm | None = None
) -> HttpResponse:
    """Its page; `form` is a report that needs attention."""
    person = person_of(request)
    context = {
        "subject": subject,
        "seen": queries.seen(person, subject),
        "form": form or forms.IncidentForm(),
    }
    return render(request, "alliance/ethics/subject.html", context, status=422 if form else 200)


@require_POST
def begin(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """An assessment of a subject, or the one there is."""
    person = signed_in(request)
    made = answering.begin(subjects.find(person, kind, uid), by=person)
    return redirect("alliance:ethics_assessment", made.uid)


@require_GET
def assessment_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_assessment(signed_in(request), uid))


def show(
    request: HttpRequest,
    assessment: EthicsAssessment,
    taken: acting.Taken | None = None,
    opinion: forms.OpinionForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `opinion` one that does."""
    person = person_of(request)
    offers = acting.offers_of(request, assessment, forms.MOVE_FORMS)
    on_board = bool(rules.sits_on_board(person, assessment))
    context = {
        "assessment": assessment,
        "subject": subjects.load(assessment.kind, assessment.subject),
        "opinions": queries.opinions(person, assessment),
        "on_board": on_board or bool(rules.may_demand(person)),
        "may_write": bool(rules.may_write(person, assessment)),
        "may_judge": on_board and assessment.state == "submitted",
        "opinion_form": opinion or forms.OpinionForm(),
        "offers": offers,
        "forms": acting.forms_for(assessment, offers, forms.MOVE_FORMS, taken),
    }
    failed = taken is not None or opinion is not None
    return render(request, "alliance/ethics/assessment.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the answers."""
    person = signed_in(request)
    assessment = access.access_assessment(person, uid)
    demand(rules.may_write(person, assessment))
    form = forms.AnswersForm(request.POST or None, instance=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            answering.write(assessment, by=person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved. Hand it to the board when every question is answered."))
            return redirect("alliance:ethics_assessment", uid)
    context: dict[str, Any] = {"assessment": assessment, "form": form}
    return render(request, "alliance/ethics/edit.html", context, status=422 if form.errors else 200)


@require_POST
def opinion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member's opinion on the last submission."""
    person = signed_in(request)
    assessment = access.access_assessment(person, uid)
    form = forms.OpinionForm(request.POST)
    if form.is_valid():
        try:
            answering.give_opinion(assessment, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Your opinion stands there. You can change it until the decision."))
            return redirect("alliance:ethics_assessment", uid)
    return show(request, assessment, opinion=form)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand in, ask for more, approve, refuse, look at it again, withdraw."""
    assessment = access.access_assessment(signed_in(request), uid)
    taken = acting.take(request, assessment, forms.MOVE_FORMS, perform=answering.act)
    if taken.form is not None:
        return show(request, assessment, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:ethics_assessment", uid)
