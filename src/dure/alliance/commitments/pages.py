"""Pages of commitments: those of an agreement, one of them, what was delivered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements.access import access_agreement
from dure.alliance.agreements.pages import frame
from dure.alliance.agreements.rules import is_side
from dure.alliance.commitments import access, forms, pledging, queries, rules, sheets
from dure.alliance.models import Commitment
from dure.foundation import acting
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_http_methods(["GET", "POST"])
def commitments_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is promised under an agreement; a representative or the secretariat adds to it here; `?as=` asks for a file."""
    person = signed_in(request)
    agreement = access_agreement(person, uid)
    rows = queries.of_agreement(agreement)
    if kind := sheets.asked_for(request):
        return sheets.commitments(kind, rows)
    form = forms.CommitmentForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            made = pledging.pledge(agreement, by=person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(
                request, _("It is pledged. Who gives it confirms it once the agreement is in force.")
            )
            return redirect("alliance:commitment", made.uid)
    page: Any = page_of(request, rows)
    context = frame(request, agreement, "commitments") | {
        "page": page,
        "rows": queries.standing(list(page.object_list)),
        "form": form,
        "may_pledge": bool(is_side(person, agreement)),
    }
    return render(request, "alliance/commitments/list.html", context, status=422 if form.errors else 200)


@require_GET
def commitment_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_commitment(person_of(request), uid))


def show(
    request: HttpRequest,
    commitment: Commitment,
    taken: acting.Taken | None = None,
    delivery: forms.DeliveryForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `delivery` a delivery that does."""
    offers = acting.offers_of(request, commitment, forms.MOVE_FORMS)
    page: Any = page_of(request, queries.kept(commitment))
    context = frame(request, commitment.agreement, "commitments") | {
        "commitment": commitment,
        "row": queries.standing([commitment])[0],
        "page": page,
        "readable": queries.readable(person_of(request), list(page.object_list)),
        "offers": offers,
        "forms": acting.forms_for(commitment, offers, forms.MOVE_FORMS, taken),
        "may_note": bool(rules.may_note(person_of(request), commitment)),
        "delivery_form": delivery or forms.DeliveryForm(prefix="delivery"),
    }
    failed = taken is not None or delivery is not None
    return render(request, "alliance/commitments/commitment.html", context, status=422 if failed else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm, cancel, carry over, settle."""
    commitment = access.access_commitment(signed_in(request), uid)
    taken = acting.take(request, commitment, forms.MOVE_FORMS, perform=pledging.act)
    if taken.form is not None:
        return show(request, commitment, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:commitment", uid)


@require_POST
def deliver(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what was delivered."""
    person = signed_in(request)
    commitment = access.access_commitment(person, uid)
    form = forms.DeliveryForm(request.POST, prefix="delivery")
    if form.is_valid():
        try:
            pledging.note(commitment, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Written down."))
            return redirect("alliance:commitment", uid)
    return show(request, commitment, delivery=form)
