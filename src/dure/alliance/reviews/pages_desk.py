"""Pages of the secretariat: the pool, conflicts of interest, the assignment, all reviews of a call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.calls.access import access_call, access_run
from dure.alliance.calls.pages import frame, named
from dure.alliance.ledger import sheets
from dure.alliance.models import ResearchCall
from dure.alliance.reviews import access, assigning, conflicts, forms, pool, queries, rules, words
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in

PAIRS: int = 50


@require_http_methods(["GET", "POST"])
def pool_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who can be asked for reviews; `what=gurus` adds all who serve."""
    person = signed_in(request)
    call = access_run(person, uid)
    is_gurus = request.POST.get("what") == "gurus"
    form = forms.ReviewerForm(None if is_gurus else request.POST or None)
    if is_gurus:
        added = pool.add_gurus(call, by=person)
        text = ngettext("%(n)s guru was added.", "%(n)s gurus were added.", added)
        messages.success(request, text % {"n": added})
        return redirect("alliance:call_reviewers", uid)
    if request.method == "POST":
        demand(rules.may_run(person, call))
        if done_with(form, lambda given: pool.add(call, by=person, given=given)):
            messages.success(request, _("Added. They were told and declare their ties."))
            return redirect("alliance:call_reviewers", uid)
    context = frame(request, call, "reviewers") | {
        "page": page_of(request, queries.pool(call)),
        "form": form,
        "may_run": bool(rules.may_run(person, call)),
    }
    return render(request, "alliance/reviews/pool.html", context, status=422 if form.errors else 200)


@require_POST
def remove_reviewer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take somebody out of the pool."""
    person = signed_in(request)
    call = access_run(person, uid)
    pool.remove(access.access_reviewer(call, named(request)), by=person)
    messages.success(request, _("Saved."))
    return redirect("alliance:call_reviewers", uid)


@require_http_methods(["GET", "POST"])
def conflicts_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every conflict of interest with its reason; some may be waived."""
    person = signed_in(request)
    call = access_run(person, uid)
    found: list[Fault] = []
    if request.method == "POST":
        one = access.access_conflict(person, call, named(request))
        reason = request.POST.get("reason", "")
        try:
            conflicts.waive(one.proposal, one.reviewer, kind=one.kind, by=person, reason=reason)
        except Faulty as faulty:
            found = faulty.faults
        else:
            messages.success(request, _("Waived. Your reason stays in the record."))
            return redirect("alliance:call_conflicts", uid)
    page: Any = page_of(request, queries.conflicts_of(person, call))
    context = frame(request, call, "conflicts") | {
        "page": page,
        "rows": [(one, words.reason_of(one)) for one in page.object_list],
        "form": forms.WaiveForm(auto_id=False),
        "faults": found,
        "may_run": bool(rules.may_run(person, call)),
    }
    return render(request, "alliance/reviews/conflicts.html", context, status=422 if found else 200)


@require_http_methods(["GET", "POST"])
def assignment_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the engine would assign, or with a table what it would change; `apply` does what was looked at."""
    person = signed_in(request)
    call = access_run(person, uid)
    form = forms.TableForm(request.POST if request.POST.get("table") else None)
    text = form.cleaned_data["table"] if form.is_bound and form.is_valid() else ""
    if request.method == "POST" and request.POST.get("apply"):
        try:
            count = assigning.apply(call, by=person, token=request.POST["apply"], text=text)
        except Faulty as faulty:
            return _preview(request, call, form, text, faulty.faults)
        said = ngettext("%(n)s reviewer was asked.", "%(n)s reviewers were asked.", count)
        messages.success(request, said % {"n": count})
        return redirect("alliance:call_reviews", uid)
    return _preview(request, call, form, text, [])


def _preview(
    request: HttpRequest, call: ResearchCall, form: forms.TableForm, text: str, more: list[Fault]
) -> HttpResponse:
    person = signed_in(request)
    may = rules.may_assign(person, call)
    seen = (assigning.read(call, text) if text else assigning.preview(call)) if may else None
    faults = [*more, *(seen.faults if seen else ())]
    context = frame(request, call, "assignment") | {
        "may": may,
        "seen": seen,
        "faults": faults[:200],
        "text": text,
        "form": form,
        "page": page_of(request, seen.rows(seen.added) if seen else [], per_page=PAIRS),
        "removed": seen.rows(seen.removed)[:PAIRS] if seen else [],
        "notes": list(seen.notes)[:PAIRS] if seen else [],
    }
    status = 422 if request.method == "POST" and (faults or form.errors) else 200
    return render(request, "alliance/reviews/assignment.html", context, status=status)


@require_GET
def assignment_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The pairs that stand, to be changed in a spreadsheet and read again; `?as=csv` or `xlsx`."""
    person = signed_in(request)
    call = access_run(person, uid)
    form = sheets.asked_for(request) or "csv"
    return sheets.table(form, "assignment", assigning.HEADINGS, assigning.table(call, person))


@require_GET
def reviews_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All reviews of the call that this person may read."""
    person = signed_in(request)
    call = access_call(person, uid)
    rows = queries.of_call(person, call)
    context = frame(request, call, "reviews") | {"page": page_of(request, rows)}
    return render(request, "alliance/reviews/of_call.html", context)
