"""The notices page: what a person was told, which kinds come by mail, and the address outside to which they go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation import notices, pages, webhooks
from dure.foundation.access import Denied
from dure.foundation.forms import WebhookForm
from dure.foundation.models import Notice


def notices_page(request: HttpRequest) -> HttpResponse:
    """All notices of the person, newest first, with the mail wishes beside them."""
    person = pages.signed_in(request)
    page = pages.page_of(request, Notice.objects.filter(person=person))
    unread = Notice.objects.filter(person=person, read_at=None).exists()
    hook = webhooks.webhook_of(person)
    context = {"page": page, "unread": unread, "groups": notices.wish_groups(person), "hook": hook}
    return pages.render(request, "foundation/notices.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    notices.mark_read(pages.signed_in(request))
    return redirect("notices")


@require_POST
def save_wishes(request: HttpRequest) -> HttpResponse:
    """The kinds ticked are mailed in the daily digest, the others are not."""
    notices.set_wishes(pages.signed_in(request), mailed=set(request.POST.getlist("kind")))
    messages.success(request, _("Your choice is saved."))
    return redirect("notices")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_page(request: HttpRequest) -> HttpResponse:
    """The address, and how the last deliveries ended. A new signing key is shown in the answer to the form only."""
    person = pages.signed_in(request)
    if request.method != "POST":
        return _webhook(request, WebhookForm(initial={"url": _address(person)}))
    form = WebhookForm(request.POST)
    if form.is_valid():
        saved = _saved(form, person)
        if saved:
            return _webhook(request, form, key=saved.key)
    return _webhook(request, form)


def _address(person: Any) -> str:
    hook = webhooks.webhook_of(person)
    return hook.url if hook else ""


def _saved(form: WebhookForm, person: Any) -> webhooks.Saved | None:
    try:
        return webhooks.set_webhook(person, form.cleaned_data["url"])
    except Denied as error:
        form.add_error("url", str(error.refused.message))
        return None


def _webhook(request: HttpRequest, form: WebhookForm, *, key: str | None = None) -> HttpResponse:
    person = pages.signed_in(request)
    rows = pages.page_of(request, webhooks.deliveries_of(person))
    context = {"form": form, "hook": webhooks.webhook_of(person), "key": key, "rows": rows}
    return pages.render(request, "foundation/webhook.html", context)


@never_cache
@require_POST
def webhook_renew(request: HttpRequest) -> HttpResponse:
    person = pages.signed_in(request)
    key = webhooks.renew_key(person).key
    return _webhook(request, WebhookForm(initial={"url": _address(person)}), key=key)


@require_POST
def webhook_remove(request: HttpRequest) -> HttpResponse:
    webhooks.remove_webhook(pages.signed_in(request))
    messages.success(request, _("Your notices no longer go to an address outside."))
    return redirect("notices")
