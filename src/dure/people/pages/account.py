"""Consents, the export of one's own data, and the end of an account."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import pages
from dure.foundation.access import Denied, Hidden, demand
from dure.foundation.middleware import client_address
from dure.people import forms, rules
from dure.people.actions import consents
from dure.people.actions.accounts import delete_account, may_delete
from dure.people.exports import export_of
from dure.people.middleware import forget_check
from dure.people.models import ConsentText
from dure.people.signed_in import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def consent_page(request: HttpRequest) -> HttpResponse:
    """What waits for a yes, and every yes so far."""
    person = signed_in(request)
    waiting = consents.texts_to_ask(person)
    if request.method == "POST":
        agreed = [text for text in waiting if f"agree-{text.pk}" in request.POST]
        consents.give_consent(person, agreed, origin=client_address(request))
        if len(agreed) == len(waiting):
            return redirect(_next(request))
    context = {
        "waiting": consents.texts_to_ask(person),
        "given": person.consents.select_related("text"),
        "next": request.GET.get("next", ""),
    }
    return pages.render(request, "people/consents.html", context)


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if safe else "/"


@require_POST
def consent_withdraw(request: HttpRequest, consent_id: int) -> HttpResponse:
    person = signed_in(request)
    consents.withdraw_consent(person, consent_id)
    forget_check(request)
    messages.success(
        request,
        _("Your consent is withdrawn. Without it you can still export your data or delete your account."),
    )
    return redirect("people:consents")


@require_GET
def consent_text(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Anyone may read any version: the words somebody agreed to stay readable."""
    text = ConsentText.objects.filter(key=key, version=version).first()
    if text is None:
        raise Hidden(key)
    newest = consents.latest_texts().filter(key=key).first()
    return pages.render(request, "people/consent_text.html", {"text": text, "newest": newest})


@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request: HttpRequest, key: str) -> HttpResponse:
    """The secretariat writes a new version; everybody is asked again."""
    person = signed_in(request)
    demand(rules.only_secretariat(person))
    current = consents.latest_texts().filter(key=key).first()
    if current is None:
        raise Hidden(key)
    initial = {name: getattr(current, name) for name in ("title_ko", "title_en", "body_ko", "body_en")}
    form = forms.TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            text = consents.publish_text(by=person, key=key, wording=consents.Wording(**form.cleaned_data))
        except Denied as error:
            form.add_error(None, str(error.refused.message))
        else:
            return redirect("people:consent-text", text.key, text.version)
    return pages.render(request, "people/text_form.html", {"form": form, "current": current})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """One's own data as a zip of JSON files."""
    response = HttpResponse(export_of(signed_in(request)), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="dure-my-data.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """What is erased, what stays and why; then the button, behind a fresh proof of who asks."""
    person = signed_in(request)
    if request.method == "POST":
        return _delete(request)
    return pages.render(request, "people/account_delete.html", {"decision": may_delete(person)})


def _delete(request: HttpRequest) -> HttpResponse:
    """Allauth's middleware answers the exception with its page for proving oneself again, and comes back here."""
    raise_if_reauthentication_required(request, app="")
    delete_account(signed_in(request))
    logout(request)
    return pages.render(request, "people/account_gone.html")
