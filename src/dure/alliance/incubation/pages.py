"""Pages of batches: the list, one of them with its startups, making one, applying to one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import access, applying, batches, forms, queries, rules, words
from dure.alliance.models import IncubationBatch
from dure.foundation import acting
from dure.foundation.access import Role, demand, has_role
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def batches_page(request: HttpRequest) -> HttpResponse:
    """Calls and batches; everybody may read them."""
    person, group = person_of(request), request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.batches(person, group=group)),
        "groups": [("open", _("Call open")), ("running", _("Under way")), ("done", _("Over"))],
        "group": group,
        "may_make": bool(only_secretariat(person)),
    }
    return render(request, "alliance/incubation/list.html", context)


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """The secretariat makes one."""
    person = signed_in(request)
    demand(only_secretariat(person))
    form = forms.BatchForm(request.POST or None)
    if request.method == "POST":
        made = done_with(form, lambda given: batches.create(by=person, given=given))
        if made is not None:
            messages.success(request, _("Made. Name the jury, then send the call out."))
            return redirect("alliance:batch", made.uid)
    context = {"form": form, "batch": None}
    return render(request, "alliance/incubation/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a draft anew."""
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    demand(only_secretariat(person))
    form = forms.BatchForm(request.POST or None, instance=batch)
    if request.method == "POST":
        made = done_with(form, lambda given: batches.change(batch, by=person, given=given))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("alliance:batch", uid)
    context = {"form": form, "batch": batch}
    return render(request, "alliance/incubation/edit.html", context, status=422 if form.errors else 200)


@require_GET
def batch_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_batch(person_of(request), uid))


def show(
    request: HttpRequest,
    batch: IncubationBatch,
    taken: acting.Taken | None = None,
    form: forms.AddressForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `form` a juror's that does."""
    person = person_of(request)
    is_desk = bool(only_secretariat(person))
    offers = acting.offers_of(request, batch, forms.BATCH_FORMS) if is_desk else []
    context = {
        "batch": batch,
        "next": words.BATCH_NEXT[batch.state],
        "is_desk": is_desk,
        "reads_summary": has_role(person, Role.SECRETARIAT, Role.AUDITOR),
        "lacking": rules.lacking(batch) if is_desk and batch.state == "draft" else [],
        "offers": offers,
        "forms": acting.forms_for(batch, offers, forms.BATCH_FORMS, taken),
        "jurors": list(batch.jurors.select_related("person")[:50]) if is_desk else [],
        "juror_form": form or forms.AddressForm(),
        "own": queries.own_case(person, batch),
        "may_apply": bool(rules.may_apply(person, batch)),
        "page": page_of(request, queries.cases(person, batch)),
    }
    return render(request, "alliance/incubation/batch.html", context, status=422 if taken or form else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Any move of a batch by hand."""
    batch = access.access_batch(signed_in(request), uid)
    taken = acting.take(request, batch, forms.BATCH_FORMS)
    if taken.form is not None:
        return show(request, batch, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:batch", uid)


@require_POST
def jury(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name a juror."""
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    demand(only_secretariat(person))
    form = forms.AddressForm(request.POST)
    made = done_with(form, lambda given: batches.name_juror(batch, by=person, address=given["address"]))
    if made is None:
        return show(request, batch, form=form)
    messages.success(request, _("Named, and told."))
    return redirect("alliance:batch", uid)


@require_http_methods(["GET", "POST"])
def apply_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A founder applies, or writes the application anew."""
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    own: Any = queries.own_case(person, batch)
    form = forms.ApplicationForm(request.POST or None, instance=own)
    may = rules.may_apply(person, batch)
    if request.method == "POST":
        made = done_with(form, lambda _given: applying.apply(batch, by=person, given=form.said))
        if made is not None:
            messages.success(request, _("Handed in. You can change it until the call is over."))
            return redirect("alliance:startup", made.uid)
    context = {"form": form, "batch": batch, "may": may}
    return render(request, "alliance/incubation/apply.html", context, status=422 if form.errors else 200)
