"""The page shell: one way to render, to page a list, and to say no."""

import sys
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as django_render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.foundation import away, navigation, prepared
from dure.foundation.access import SIGN_IN, STRANGER, Denied, Refused
from dure.foundation.files import StorageUnavailable

PER_PAGE = 25


def person_of(request: HttpRequest) -> Any:
    """Whoever makes this request: a Person, or STRANGER."""
    return getattr(request, "person", STRANGER)


def signed_in(request: HttpRequest) -> Any:
    """The person who makes this request; a stranger is told to sign in."""
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    return person


def shell_context(request: HttpRequest) -> dict[str, Any]:
    """What the shell around every page needs."""
    person = person_of(request)
    return {
        "person": person,
        "navigation": navigation.links(person, request.path),
        "account_navigation": navigation.links(person, request.path, "account"),
        "language": get_language(),
    }


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    return django_render(request, template, dict(context or {}), status=status)


def page_of(
    request: HttpRequest,
    rows: "QuerySet[Any, Any] | prepared.Listing[Any] | list[Any]",
    *,
    per_page: int = PER_PAGE,
) -> Page[Any]:
    """The page of a list that `?page=` asks for; nonsense gives the nearest page."""
    listed: Any = rows  # a Listing gives slices only, which is all a paginator asks for
    return Paginator(listed, per_page).get_page(request.GET.get("page"))


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def denied(request: HttpRequest, error: Denied) -> HttpResponse:
    """A refusal with its reason; strangers are shown the way in."""
    status = 409 if error.conflict else 403
    if wants_json(request):
        return JsonResponse(
            {"code": error.refused.reason, "message": str(error.refused.message), "faults": []}, status=status
        )
    return render(request, "foundation/denied.html", {"refused": error.refused}, status=status)


def hidden(request: HttpRequest) -> HttpResponse:
    """Not found, or not for this person: the same answer."""
    if wants_json(request):
        return JsonResponse(
            {"code": "not_found", "message": _("There is nothing here."), "faults": []}, status=404
        )
    return render(request, "foundation/hidden.html", status=404)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it in by name
    """A form without its proof (the page was open for too long, or another site sent it)."""
    message = gettext_lazy("This page was open for too long. Go back, reload it and send again.")
    return denied(request, Denied(Refused("stale_page", message)))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it in by name
    return hidden(request)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database or the file store is away for the moment: says so, and that trying again is safe."""
    code = "storage_away" if isinstance(error, StorageUnavailable) else "database_away"
    response = _fault(request, code, str(AWAY[code]), status=503)
    response["Retry-After"] = "10"
    return response


AWAY = {
    "database_away": gettext_lazy("The database is away for the moment. Try again in a minute."),
    "storage_away": gettext_lazy(
        "The file store is away for the moment; nothing was counted. Try again in a minute."
    ),
}
AWAY_ERRORS = (*away.AWAY, StorageUnavailable)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. No context processor runs here: the page must come even when the database is gone."""
    error = sys.exc_info()[1]  # Django calls this while it handles the error
    if isinstance(error, AWAY_ERRORS):
        return unavailable(request, error)
    return _fault(request, "platform_fault", _("Something broke on our side."), status=500)


def _fault(request: HttpRequest, code: str, message: str, *, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": code, "message": message, "faults": []}, status=status)
    words = {"part": "HX-Request" in request.headers, "message": message if status == 503 else ""}
    return HttpResponse(render_to_string("foundation/server_error.html", words), status=status)
