"""Pages on which a text is written: a new draft, changing it, its payments, its revisions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements import access, content, drafting, forms, printing, rules, words
from dure.alliance.agreements.differences import differences
from dure.alliance.agreements.pages import frame
from dure.alliance.models import Agreement
from dure.foundation import i18n
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft with its first revision."""
    person = signed_in(request)
    form = forms.AgreementForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        between = form.cleaned_data["organisations"]
        try:
            made = drafting.create(by=person, content=form.content(), organisations=between)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(
                request, _("The draft stands here. Only its parties and the secretariat see it.")
            )
            return redirect("alliance:agreement", made.uid)
    context = {"form": form, "may": rules.may_make(person)}
    return render(request, "alliance/agreements/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the text anew; its schedule of payments stands below."""
    person = signed_in(request)
    agreement = access.access_draft(person, uid)
    known = content.of_json(agreement.revision.content)
    start = None if request.method == "POST" else forms.initial_of(known)
    form = forms.AgreementForm(request.POST or None, person=person, known=known, initial=start)
    if request.method == "POST" and form.is_valid():
        between = form.cleaned_data["organisations"]
        try:
            drafting.edit(agreement, by=person, content=form.content(), organisations=between)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved as a revision of its own."))
            return redirect("alliance:agreement", uid)
    return _show_edit(request, agreement, known, form)


def _show_edit(
    request: HttpRequest,
    agreement: Agreement,
    known: content.Content,
    form: Any,
    payment: forms.PaymentForm | None = None,
) -> HttpResponse:
    failed = form.errors or (payment is not None and payment.errors)
    context = {
        "agreement": agreement,
        "form": form,
        "may": True,
        "said": known,
        "named": {party.organisation: party.name for party in known.parties},
        "payment_form": payment or forms.PaymentForm(content=known, prefix="pay"),
    }
    return render(request, "alliance/agreements/edit.html", context, status=422 if failed else 200)


@require_POST
def payments(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a line to the schedule, or take the line `remove` out."""
    person = signed_in(request)
    agreement = access.access_draft(person, uid)
    known = content.of_json(agreement.revision.content)
    asked = request.POST.get("remove", "")
    if asked:
        drafting.remove_payment(agreement, by=person, number=int(asked) if asked.isdecimal() else 0)
        return redirect("alliance:agreement_edit", uid)
    form = forms.PaymentForm(request.POST, content=known, prefix="pay")
    if form.is_valid():
        try:
            drafting.add_payment(agreement, by=person, payment=form.payment())
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("The payment stands in the schedule."))
            return redirect("alliance:agreement_edit", uid)
    whole = forms.AgreementForm(None, person=person, known=known, initial=forms.initial_of(known))
    return _show_edit(request, agreement, known, whole, form)


@require_POST
def follow(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin an amendment, or with `what=renew` a successor."""
    person = signed_in(request)
    agreement = access.access_agreement(person, uid)
    begin = drafting.renew if request.POST.get("what") == "renew" else drafting.amend
    made = begin(agreement, by=person)
    messages.success(request, _("Its draft stands here. Write what is to be agreed."))
    return redirect("alliance:agreement_edit", made.uid)


@require_GET
def revisions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every text that stood there, the newest first."""
    agreement = access.access_agreement(person_of(request), uid)
    rows = agreement.revisions.select_related("made_by").defer("content")
    context = frame(request, agreement, "revisions") | {"page": page_of(request, rows)}
    return render(request, "alliance/agreements/revisions.html", context)


@require_GET
def revision(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """What one revision changed against the one before, or against `?against=`."""
    agreement = access.access_agreement(person_of(request), uid)
    found = access.access_revision(agreement, number)
    asked = request.GET.get("against", "")
    before = int(asked) if asked.isdecimal() else number - 1
    old = agreement.revisions.filter(number=min(before, 2**31 - 1)).first()
    changed = (
        differences(content.of_json(old.content), content.of_json(found.content)) if old is not None else []
    )
    context = frame(request, agreement, "revisions") | {
        "revision": found,
        "old": old,
        "parts": [(words.PARTS[part.name], part.lines) for part in changed],
        "said": content.of_json(found.content),
    }
    return render(request, "alliance/agreements/revision.html", context)


@require_GET
def revision_pdf(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One revision on paper, in the language of `?language=` or the reader's; the other language stands behind it."""
    agreement = access.access_agreement(person_of(request), uid)
    found = access.access_revision(agreement, number)
    asked = request.GET.get("language", "")
    language: printing.Language = "ko" if asked == "ko" or (asked != "en" and i18n.is_korean()) else "en"
    name = f"agreement-{found.sha256[:12]}.{language}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    paper = printing.pdf_of(agreement, found, language)
    return HttpResponse(paper, content_type="application/pdf", headers=headers)
