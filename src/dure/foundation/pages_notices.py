"""The notices page: what a person was told, and which kinds come by mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dure.foundation import notices, pages
from dure.foundation.access import SIGN_IN, Denied
from dure.foundation.models import Notice


def notices_page(request: HttpRequest) -> HttpResponse:
    """All notices of the person, newest first, with the mail wishes beside them."""
    person = _signed_in(request)
    page = pages.page_of(request, Notice.objects.filter(person=person))
    unread = Notice.objects.filter(person=person, read_at=None).exists()
    context = {"page": page, "unread": unread, "wishes": notices.wishes(person)}
    return pages.render(request, "foundation/notices.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    notices.mark_read(_signed_in(request))
    return redirect("notices")


@require_POST
def save_wishes(request: HttpRequest) -> HttpResponse:
    """The kinds ticked are mailed in the daily digest, the others are not."""
    notices.set_wishes(_signed_in(request), mailed=set(request.POST.getlist("kind")))
    messages.success(request, _("Your choice is saved."))
    return redirect("notices")


def _signed_in(request: HttpRequest) -> Any:
    person = pages.person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    return person
