"""Pages of credentials: one of them, the verifier that is open to everybody, and a person's transcript."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, clock
from dure.foundation.pages import person_of, render, signed_in
from dure.learn.credentials import access, forms, queries, rules, sharing, verifying
from dure.learn.models import Credential
from dure.learn.partners import words


@require_GET
def badge(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_credential(person_of(request), uid))


def show(request: HttpRequest, credential: Credential, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` holds a form that needs attention."""
    person = person_of(request)
    may_act = bool(rules.may_revoke(person, credential))
    offers = acting.offers_of(request, credential, forms.FORMS) if may_act else []
    context = {
        **queries.shown(credential),
        "offers": offers,
        "forms": acting.forms_for(credential, offers, forms.FORMS, taken),
        "may_share": bool(rules.may_share(person, credential)),
        "who_sees": queries.who_sees(credential),
    }
    return render(request, "learn/credentials/badge.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Revoke it, or bring it back."""
    credential = access.access_credential(person_of(request), uid)
    taken = acting.take(request, credential, forms.FORMS)
    if taken.form is not None:
        return show(request, credential, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("learn:badge", uid)


@require_POST
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The holder shares the link, or ends that."""
    person = signed_in(request)
    shared = request.POST.get("shared") == "1"
    sharing.share(access.access_credential(person, uid), by=person, shared=shared)
    said = _("Whoever has the link sees it now.") if shared else _("Only you and those who check see it now.")
    messages.success(request, said)
    return redirect("learn:badge", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Verify a token, a file, or a link of this host. The answer is the page's own: nothing is kept."""
    if request.method != "POST":
        return render(request, "learn/credentials/verify.html", {"form": forms.CheckForm()})
    form = forms.CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "learn/credentials/verify.html", {"form": form}, status=422)
    handed = forms.handed_in(form)
    found = verifying.check(**handed, by=person_of(request), host=request.get_host())
    context = {"form": form, "verdict": found, "reasons": queries.reasons(found), "at": clock.now()}
    return render(request, "learn/credentials/verify.html", context)


@require_GET
def transcript(request: HttpRequest) -> HttpResponse:
    """What a person earned and completed, made to be printed."""
    person = signed_in(request)
    found = queries.transcript(person)
    recognised = [(row, words.recognised_by(row)) for row in found.recognised]
    context = {"transcript": found, "recognised": recognised, "at": clock.now()}
    return render(request, "learn/credentials/transcript.html", context)
