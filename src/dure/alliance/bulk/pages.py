"""Pages of bulk actions: what can be done at once, choosing and looking, one of them with what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.bulk import access, batches, forms, queries, rules
from dure.alliance.bulk.deeds import MOST, Deed, deeds
from dure.alliance.bulk.looking import Look, look
from dure.engines.faults import Faulty
from dure.foundation import workflow
from dure.foundation.access import demand
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in


@require_GET
def bulk_page(request: HttpRequest) -> HttpResponse:
    """What can be done to several things, and what was begun."""
    person = signed_in(request)
    demand(rules.may_look(person))
    page: Any = page_of(request, queries.batches(person))
    context = {
        "deeds": list(deeds().values()) if rules.leads(person) else [],
        "page": page,
        "batches": [(one, queries.label_of(one)) for one in page.object_list],
        "tab": "bulk",
    }
    return render(request, "alliance/bulk/list.html", context)


@require_http_methods(["GET", "POST"])
def choose_page(request: HttpRequest, deed: str) -> HttpResponse:
    """Choose, look at what would happen, and begin exactly that."""
    person = signed_in(request)
    chosen = access.access_deed(person, deed)
    form = forms.FORMS[chosen.needs](request.POST or None)
    seen = _looked(form, chosen, request)
    token = request.POST.get("token", "")
    if seen is not None and token:
        things = [one.thing for one in seen.rows]
        try:
            made = batches.begin(chosen, things, by=person, given=forms.said(form), token=token)
        except Faulty as faulty:
            show_faults(form, faulty)
            seen = _looked(form, chosen, request, anew=True)
        else:
            messages.success(request, _("Nothing is done yet. You can take it back for ten minutes."))
            return redirect("alliance:bulk_batch", made.uid)
    return _chosen(request, chosen, form, seen)


def _looked(form: Any, deed: Deed, request: HttpRequest, *, anew: bool = False) -> Look | None:
    """What would happen, or None with what is wrong in the form."""
    if request.method != "POST" or not (anew or form.is_valid()):
        return None
    try:
        return look(deed, _things(request), by=signed_in(request), given=forms.said(form))
    except Faulty as faulty:
        show_faults(form, faulty)
        return None


def _things(request: HttpRequest) -> list[UUID]:
    """Those that are ticked; what is no name is left out."""
    found = []
    for text in request.POST.getlist("thing")[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _chosen(request: HttpRequest, deed: Deed, form: Any, seen: Look | None) -> HttpResponse:
    page: Any = page_of(request, deed.candidates(signed_in(request)), per_page=MOST)
    ticked = {str(one) for one in _things(request)} if request.method == "POST" else set()
    context = {
        "deed": deed,
        "form": form,
        "seen": seen,
        "page": page,
        "rows": [(one, deed.url_of(one), str(one.uid) in ticked) for one in page.object_list],
        "most": MOST,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "alliance/bulk/choose.html", context, status=status)


@require_GET
def batch_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What will happen when, or what came of each."""
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    page: Any = page_of(request, queries.items(person, batch))
    context = {
        "batch": batch,
        "label": queries.label_of(batch),
        "page": page,
        "rows": queries.rows(person, batch, list(page.object_list)),
        "may_cancel": batch.state == "waiting" and bool(rules.leads(person)),
    }
    return render(request, "alliance/bulk/batch.html", context)


@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back, before it is done."""
    person = signed_in(request)
    workflow.perform(access.access_batch(person, uid), "cancel", by=person)
    messages.success(request, _("Taken back. Nothing was done and nobody was told."))
    return redirect("alliance:bulk_batch", uid)
