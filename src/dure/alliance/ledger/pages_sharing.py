"""The page of shares: what the rule proposes for the next quarter, and applying exactly that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.alliance.ledger import access, forms, queries, rules, sharing, sheets
from dure.alliance.ledger.words import unit_words
from dure.engines.faults import Faulty
from dure.engines.ledger import Rule
from dure.engines.sheets import Cell
from dure.farm import api as farm
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in

COLUMNS = ("organisation", "points_given", "share_percent")


@require_GET
def shares_page(request: HttpRequest) -> HttpResponse:
    """The proposal by the rule in the address, or by the usual one."""
    access.demand_overseer(signed_in(request))
    is_asked = "floor" in request.GET or "quarters" in request.GET
    form = forms.RuleForm(request.GET if is_asked else None)
    found = _proposed(form, is_asked=is_asked)
    if found is not None and (kind := sheets.asked_for(request)):
        cells: list[list[Cell]] = [
            [one.slug, float(share.given), float(share.percent)] for one, share in found.shares
        ]
        return sheets.table(kind, f"ledger-shares-{found.quarter.name}", COLUMNS, cells)
    context = {
        "form": form,
        "found": found,
        "page": page_of(request, found.shares if found else [], per_page=100),
        "unvalued": [unit_words(unit) for unit in sorted(found.unvalued)] if found else [],
        "current": farm.shares_in_force(),
        "next": farm.shares_in_force(found.quarter.starts_on) if found else None,
        "keeps": bool(rules.keeps_ledger(signed_in(request), None)),
        "tab": "shares",
    }
    return render(request, "alliance/ledger/shares.html", context, status=422 if form.errors else 200)


def _proposed(form: forms.RuleForm, *, is_asked: bool) -> sharing.Proposal | None:
    """The proposal, or None with what is wrong in the form."""
    if is_asked and not form.is_valid():
        return None
    rule = Rule(**form.cleaned_data) if is_asked else queries.usual_rule()
    try:
        return sharing.propose(rule)
    except Faulty as faulty:
        if is_asked:
            show_faults(form, faulty)
        return None


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Set the shares that were shown."""
    person = signed_in(request)
    access.demand_overseer(person)
    form = forms.ApplyForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            sharing.apply(Rule(given["floor"], given["quarters"]), by=person, digest=given["digest"])
        except Faulty:
            messages.error(request, _("This rule cannot be applied. Look at the proposal again."))
        else:
            messages.success(request, _("Applied. The farm shares by it in that quarter; members were told."))
    else:
        messages.error(request, _("Say that you have read the proposal, then apply it."))
    return redirect("alliance:ledger_shares")
