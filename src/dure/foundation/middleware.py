"""What every request carries: who acts, from where, and refusals turned into pages or JSON."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from dure.foundation import audit, pages
from dure.foundation.access import STRANGER, Denied, Hidden

log = logging.getLogger(__name__)


class RequestMiddleware:
    """Sets `request.person`, the audit's origin and the person's language; answers Denied and Hidden."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Any = request.user if request.user.is_authenticated else STRANGER
        request.person = person  # type: ignore[attr-defined]  # Django's own way to hand things to views
        self._speak(request, person)
        with audit.origin(client_address(request)):
            return self.get_response(request)

    def _speak(self, request: HttpRequest, person: Any) -> None:
        """What was chosen in this browser counts most, then what the person's profile says, then what the browser asks for."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if person is not STRANGER and chosen not in dict(settings.LANGUAGES):
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Denied):
            return pages.denied(request, error)
        if isinstance(error, Hidden):
            return pages.hidden(request)
        if isinstance(error, pages.AWAY_ERRORS):
            log.warning("%s %s: %s", request.method, request.path, error)
            return pages.unavailable(request, error)
        return None


def client_address(request: HttpRequest) -> str:
    """The caller's address; the proxy's word is taken only when the operator says to trust it."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and settings.TRUST_PROXY:
        return str(forwarded).split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
