"""What every request passes because of people: consent to new texts, and the way out to a sign-in provider."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.error import URLError
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from dure.foundation import clock
from dure.foundation.access import Denied, Refused
from dure.foundation.pages import denied, person_of
from dure.foundation.policy import led_on
from dure.people.actions.consents import texts_to_ask
from dure.people.models import Person

log = logging.getLogger(__name__)
FREE = ("/account/", "/api/", "/static/", "/language/", "/enter/", "/me/", "/invitations/", "/health")
CHECKED_AT = "consents_checked_at"
RECHECK = timedelta(minutes=10)
PROVIDER_AWAY = Refused(
    "provider_away",
    _("The sign-in provider does not answer at the moment. Try again in a minute, or sign in another way."),
)
PROVIDER_UNREADABLE = Refused(
    "provider_unreadable",
    _("What came from the sign-in provider cannot be read. Begin again from the sign-in page."),
)


class ConsentMiddleware:
    """Sends a signed-in person to the texts they have not agreed to yet: at the next page, never while sending something.

    Costs one query, at most every ten minutes per session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        if isinstance(person, Person) and _is_page(request) and _must_ask(request, person):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('people:consents')}?{query}")
        return self.get_response(request)


def _is_page(request: HttpRequest) -> bool:
    return (
        request.method == "GET" and not request.path.startswith(FREE) and "HX-Request" not in request.headers
    )


def _must_ask(request: HttpRequest, person: Person) -> bool:
    checked = request.session.get(CHECKED_AT)
    if checked and clock.now() - datetime.fromisoformat(checked) < RECHECK:
        return False
    if texts_to_ask(person).exists():
        return True
    request.session[CHECKED_AT] = clock.now().isoformat()
    return False


class SignInPolicyMiddleware:
    """What sign-in providers need: their pages' forms lead there, and one that is away is said so.

    Browsers apply `form-action` to the redirect after a form too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        further = _further_on()
        if further and request.path.startswith("/account/"):
            response.headers.setdefault("Content-Security-Policy", led_on(*further))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A provider that cannot be reached, or whose answer cannot be read, is no fault of ours."""
        refusal = _provider_fault(request, error)
        if refusal is None:
            return None
        # Whether a decoder broke on what a stranger sent, or on a fault of ours, only the trace can tell.
        log.warning("%s: %s", request.path, type(error).__name__, exc_info=refusal is PROVIDER_UNREADABLE)
        response = denied(request, Denied(refusal))
        response.status_code = 503 if refusal is PROVIDER_AWAY else 403
        return response


def _provider_fault(request: HttpRequest, error: Exception) -> Refused | None:
    """What went wrong at the provider. The SAML library lets what a stranger sent break its decoder and its XML parser."""
    if isinstance(error, RequestException | URLError):
        return PROVIDER_AWAY
    if request.path.startswith("/account/saml/") and isinstance(error, ValueError | SyntaxError):
        return PROVIDER_UNREADABLE
    return None


def _further_on() -> list[str]:
    """Where a form of sign-in may end: at a provider's, or in a lab that one came to sign in for."""
    providers = ["https:"] if _has_providers() else []
    return [*providers, settings.LABS_URL] if settings.LABS_URL else providers


def _has_providers() -> bool:
    return any(provider.get("APPS") for provider in settings.SOCIALACCOUNT_PROVIDERS.values())


def forget_check(request: HttpRequest) -> None:
    """Ask again at once: after a consent was taken back."""
    request.session.pop(CHECKED_AT, None)
