"""Hours: the list, asking for them, their page, and changes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.farm import access_sharing, forms_sharing, rules_sharing
from dure.farm.actions import allocations
from dure.farm.models import Allocation
from dure.farm.queries import sharing
from dure.foundation import acting
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people

FORM_METHODS = ["GET", "HEAD", "POST"]
LIKE = ("organisation", "kind", "project", "accelerator", "hours", "purpose")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    person, stage = signed_in(request), request.GET.get("stage", "")
    page = page_of(request, sharing.allocations(person, stage))
    context = {
        "page": page,
        "rows": sharing.with_balances(list(page.object_list)),
        "stage": stage,
        "stages": sharing.STAGES,
        "asks": people.own_organisations(person).exists(),
    }
    return render(request, "farm/allocations.html", context)


@require_http_methods(FORM_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for hours; `?like=` fills the form as an earlier request was."""
    person = signed_in(request)
    if not people.own_organisations(person).exists():
        raise Denied(rules_sharing.NOT_MEMBER)
    form = forms_sharing.AllocationForm(request.POST or None, person=person, initial=_like(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = allocations.request(by=person, organisation=values.pop("organisation"), values=values)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Asked for. The secretariat answers, and you are told."))
            return redirect("farm:allocation", made.uid)
    return render(request, "farm/allocation_form.html", {"form": form}, status=422 if form.errors else 200)


def _like(request: HttpRequest) -> dict[str, Any]:
    try:
        uid = UUID(request.GET.get("like", ""))
    except ValueError:
        return {}
    earlier = access_sharing.access_allocation(person_of(request), uid)
    return {name: getattr(earlier, name) for name in LIKE}


@require_GET
def allocation(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access_sharing.access_allocation(person_of(request), uid))


def show(
    request: HttpRequest,
    hours: Allocation,
    taken: acting.Taken | None = None,
    change_form: forms_sharing.ChangeForm | None = None,
) -> HttpResponse:
    """Their page; `taken` or `change_form` hold a form that needs attention."""
    table = forms_sharing.FORMS_OF_ALLOCATION
    offers = acting.offers_of(request, hours, table)
    may_change = rules_sharing.may_change(person_of(request), hours)
    ((_same, balance),) = sharing.with_balances([hours])
    context = {
        "allocation": hours,
        "balance": balance,
        "offers": offers,
        "forms": acting.forms_for(hours, offers, table, taken),
        "changes": [(one, *_offers_of(request, one, taken)) for one in hours.changes.all()[:20]],
        "may_change": may_change,
        "change_form": change_form or (_change_form(hours) if may_change else None),
        "asks": bool(rules_sharing.may_ask_for(person_of(request), hours.organisation)),
        "who_sees": sharing.who_sees(hours.organisation),
    }
    return render(request, "farm/allocation.html", context, status=422 if taken or change_form else 200)


def _change_form(hours: Allocation) -> forms_sharing.ChangeForm:
    return forms_sharing.ChangeForm(
        initial={"hours": hours.hours, "ends_on": hours.ends_on}, auto_id="change-%s"
    )


def _offers_of(request: HttpRequest, wanted: Any, taken: acting.Taken | None) -> tuple[Any, Any]:
    """What may be done with a change that waits; nothing with one that is answered."""
    if wanted.state != "requested":
        return [], {}
    offers = acting.offers_of(request, wanted, forms_sharing.FORMS_OF_CHANGE)
    return offers, acting.forms_for(wanted, offers, forms_sharing.FORMS_OF_CHANGE, taken)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An action of the workflow by its name, and what time makes of it at once."""
    hours = access_sharing.access_allocation(person_of(request), uid)
    taken = acting.take(request, hours, forms_sharing.FORMS_OF_ALLOCATION, perform=allocations.act)
    if taken.form is not None:
        return show(request, hours, taken)
    messages.success(request, str(forms_sharing.DONE[taken.action]))
    return redirect("farm:allocation", uid)


@require_POST
def ask_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for other hours or another last day."""
    person = signed_in(request)
    hours = access_sharing.access_allocation(person, uid)
    form = forms_sharing.ChangeForm(request.POST, auto_id="change-%s")
    if form.is_valid():
        try:
            allocations.ask_change(by=person, allocation=hours, values=form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Asked for. The secretariat answers, and you are told."))
            return redirect("farm:allocation", uid)
    return show(request, hours, change_form=form)


@require_POST
def act_on_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An action of a change's workflow."""
    person = person_of(request)
    wanted = access_sharing.access_change(person, uid)
    taken = acting.take(request, wanted, forms_sharing.FORMS_OF_CHANGE, perform=allocations.act_on_change)
    hours = access_sharing.access_allocation(person, wanted.allocation.uid)
    if taken.form is not None:
        return show(request, hours, taken)
    messages.success(request, str(forms_sharing.DONE[taken.action]))
    return redirect("farm:allocation", hours.uid)
