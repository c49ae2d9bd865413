"""Pages for one party: signing, the signed file, leaving."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.agreements import access, content, forms, moving, rules, signing
from dure.alliance.agreements.pages import frame
from dure.alliance.models import Agreement, AgreementParty
from dure.foundation import files
from dure.foundation.access import Denied, demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import render, signed_in


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, uid: UUID, party: UUID) -> HttpResponse:
    """Sign for a party: here, or with a PDF that was signed elsewhere."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    found = access.access_party(agreement, party)
    demand(rules.speaks_for(person, agreement, found))
    if request.method == "POST" and "file" in request.FILES:
        return _sign_by_file(request, agreement, found)
    if request.method == "POST":
        return _sign_here(request, agreement, found)
    return _show(request, agreement, found)


def _show(request: HttpRequest, agreement: Agreement, party: AgreementParty, **bound: Any) -> HttpResponse:
    start = {"sha256": agreement.revision.sha256}
    context = frame(request, agreement, "overview") | {
        "party": party,
        "revision": agreement.revision,
        "said": content.of_json(agreement.revision.content),
        "here": bound.get("here") or forms.SignHereForm(initial=start, prefix="here"),
        "file_form": bound.get("file") or forms.SignedFileForm(initial=start),
        "can_prove": bool(get_reauthentication_flows(request.user)),
        "is_fresh": did_recently_reauthenticate(request),
        "no_proof": signing.NO_PROOF.message,
    }
    return render(request, "alliance/agreements/sign.html", context, status=422 if bound else 200)


def _sign_by_file(request: HttpRequest, agreement: Agreement, party: AgreementParty) -> HttpResponse:
    form = forms.SignedFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, agreement, party, file=form)
    file = form.cleaned_data["file"]
    try:
        proof = signing.by_file(file, filename=file.name, sha256=form.cleaned_data["sha256"])
    except Faulty as faulty:
        show_faults(form, faulty)
        return _show(request, agreement, party, file=form)
    return _signed(request, agreement, party, proof)


def _sign_here(request: HttpRequest, agreement: Agreement, party: AgreementParty) -> HttpResponse:
    """Without a proof of the last minutes the person is asked for one first; what was ticked is then asked again."""
    if not get_reauthentication_flows(request.user):
        raise Denied(signing.NO_PROOF)
    if not did_recently_reauthenticate(request):
        return redirect("alliance:agreement_prove", agreement.uid, party.uid)
    form = forms.SignHereForm(request.POST, prefix="here")
    if not form.is_valid():
        return _show(request, agreement, party, here=form)
    used = [one for one in get_authentication_records(request, request.user) if one.get("reauthenticated")]
    method = "password" if used and used[-1].get("method") == "password" else "key"
    return _signed(request, agreement, party, {"method": method, "sha256": form.cleaned_data["sha256"]})


def _signed(
    request: HttpRequest, agreement: Agreement, party: AgreementParty, proof: dict[str, Any]
) -> HttpResponse:
    moving.sign(agreement, party, by=signed_in(request), proof=proof)
    messages.success(request, _("Signed. The page shows who else has signed."))
    return redirect("alliance:agreement", agreement.uid)


@require_GET
def prove(request: HttpRequest, uid: UUID, party: UUID) -> HttpResponse:
    """Prove again who one is, then back to signing; allauth's middleware shows its page and comes back here."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    demand(rules.speaks_for(person, agreement, access.access_party(agreement, party)))
    raise_if_reauthentication_required(request, app="")
    return redirect("alliance:agreement_sign", uid, party)


@require_GET
def signed_file(request: HttpRequest, uid: UUID, signature: UUID) -> HttpResponse:
    """The PDF that a party uploaded."""
    agreement = access.access_agreement(signed_in(request), uid)
    found = access.access_signature(agreement, signature)
    assert found.blob_id is not None  # noqa: S101 - only signatures with a file are found
    response: HttpResponse = files.download(found.blob_id, filename=found.filename or "signed.pdf")  # type: ignore[assignment]  # a response that streams
    return response


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, uid: UUID, party: UUID) -> HttpResponse:
    """Leave for one's organisation, with a reason; what follows is said before."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    found = access.access_party(agreement, party)
    demand(rules.speaks_for(person, agreement, found))
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moving.leave(agreement, found, by=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your organisation has left. It sees no more what is shared there."))
        return redirect("alliance:agreements")
    context = frame(request, agreement, "overview") | {
        "party": found,
        "form": form,
        "ends": len(agreement.standing) <= 2,
    }
    return render(request, "alliance/agreements/leave.html", context, status=422 if form.errors else 200)
