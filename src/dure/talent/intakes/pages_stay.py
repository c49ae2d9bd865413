"""Pages of a stay: what is to be done, stipend, reports, credit, return, and a year later."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import acting, clock
from dure.foundation.access import Hidden
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.intakes import access, caring, forms, queries, rules
from dure.talent.models import MonthlyReport, Stay


@require_GET
def stays_page(request: HttpRequest) -> HttpResponse:
    """One's own stays, and those that one supervises."""
    return render(
        request, "talent/intakes/stays.html", {"page": page_of(request, queries.mine(signed_in(request)))}
    )


@require_GET
def stay_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_stay(person_of(request), uid))


def show(
    request: HttpRequest,
    stay: Stay,
    *,
    taken: acting.Taken | None = None,
    bound: Mapping[str, django_forms.BaseForm] | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move and `bound` a form that needs attention, by its name."""
    person = person_of(request)
    cares, own = rules.may_look_after(person, stay), rules.is_own(person, stay)
    offers = acting.offers_of(request, stay, forms.STAY_FORMS)
    months = caring.months_of(stay)
    side = MonthlyReport.Side.PARTICIPANT if own else MonthlyReport.Side.HOST
    context = {
        "stay": stay,
        "is_own": own,
        "cares": cares,
        "offers": offers,
        "forms": acting.forms_for(stay, offers, forms.STAY_FORMS, taken),
        "duties": list(stay.duties.select_related("done_by")),
        "stipends": list(stay.stipends.all()),
        "reports": queries.reports(person, stay),
        "runs": bool(rules.may_manage(person, stay.intake)),
        "credits": list(stay.credits.select_related("institution", "given_by")),
        "missing": queries.missing_months(stay, months, side) if own or cares else [],
        "reporting": bool(rules.takes_reports(stay)) and bool(own or cares),
        "may_say_later": bool(own) and bool(rules.may_be_asked(stay)) and not stay.later,
        "made": {name: form_of(name, stay, person) for name in WRITTEN} | dict(bound or {}),
        "today": clock.today(),
    }
    return render(request, "talent/intakes/stay.html", context, status=422 if taken or bound else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin, end, complete, break off."""
    stay = access.access_stay(signed_in(request), uid)
    taken = acting.take(request, stay, forms.STAY_FORMS)
    if taken.form is not None:
        return show(request, stay, taken=taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:stay", uid)


PLAIN: Final[Mapping[str, type[django_forms.BaseForm]]] = {
    "duty": forms.DutyForm,
    "stipend": forms.StipendForm,
    "later": forms.LaterForm,
}


def form_of(what: str, stay: Stay, person: Any, post: Any = None) -> django_forms.BaseForm:
    """One of the forms of a stay, by its name. Raises Hidden for a name that none has."""
    if what in PLAIN:
        return PLAIN[what](post, prefix=what)
    match what:
        case "supervisor":
            return forms.SupervisorForm(post, stay=stay)
        case "report":
            return forms.ReportForm(post, months=caring.months_of(stay))
        case "credit":
            return forms.CreditForm(post, prefix="credit", person=person)
        case "return":
            return forms.ReturnForm(post, initial={"text": stay.return_report})
    raise Hidden(what)


def _duty(stay: Stay, *, by: Any, **given: Any) -> None:
    caring.add_duty(stay, by=by, given=given)


def _report(stay: Stay, *, by: Any, **given: Any) -> None:
    caring.report(stay, by=by, month=given.pop("month"), given=given)


WRITTEN: Final[Mapping[str, tuple[Callable[..., Any], str | Promise]]] = {
    "supervisor": (caring.name_supervisor, gettext_lazy("The supervisor is named.")),
    "duty": (_duty, gettext_lazy("It is on the list.")),
    "stipend": (caring.plan_stipend, gettext_lazy("The payment is planned.")),
    "report": (_report, gettext_lazy("The report is handed in.")),
    "credit": (caring.give_credit, gettext_lazy("The credit is given.")),
    "return": (caring.report_return, gettext_lazy("Your return report is kept.")),
    "later": (caring.say_later, gettext_lazy("Thank you.")),
}
"""What is done with each form, and what is said after."""


@require_POST
def write(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    """Hand in one of the forms of a stay."""
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    form: Any = form_of(what, stay, person, request.POST)
    if form.is_valid():
        do, done = WRITTEN[what]
        try:
            do(stay, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, str(done))
            return redirect("talent:stay", uid)
    return show(request, stay, bound={what: form})


@require_POST
def act_on_duty(request: HttpRequest, uid: UUID, duty: UUID) -> HttpResponse:
    """Tick it, take the tick back, or say why it need not be done."""
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    found = access.access_part(stay, "duties", duty)
    if request.POST.get("action") == "waive":
        try:
            caring.waive(stay, found, by=person, reason=request.POST.get("reason", "")[:300])
        except Faulty:
            messages.error(request, _("Give a reason."))
    else:
        caring.tick(stay, found, by=person, is_done=request.POST.get("action") == "tick")
    return redirect("talent:stay", uid)


@require_POST
def note_paid(request: HttpRequest, uid: UUID, stipend: UUID) -> HttpResponse:
    """Say when a payment was made."""
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    found, form = access.access_part(stay, "stipends", stipend), forms.PaidForm(request.POST)
    try:
        if form.is_valid():
            caring.note_paid(stay, found, by=person, paid_on=form.cleaned_data["paid_on"])
            messages.success(request, _("It is noted."))
            return redirect("talent:stay", uid)
    except Faulty:
        pass
    messages.error(request, _("Choose today or an earlier day."))
    return redirect("talent:stay", uid)


@require_POST
def answer(request: HttpRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Say what was done about a call for help."""
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    found, form = access.access_part(stay, "reports", report), forms.AnswerForm(request.POST)
    if form.is_valid():
        caring.answer_trouble(stay, found, by=person, **form.cleaned_data)
        messages.success(request, _("Answered."))
    else:
        messages.error(request, _("Say what was done."))
    return redirect("talent:stay", uid)
