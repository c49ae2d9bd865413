"""The one-time login link: looking changes nothing, the button signs in."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dure.foundation import pages
from dure.foundation.access import Denied, Refused
from dure.people.actions import entrance

BACKEND = "dure.people.sessions.Backend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the button (mail scanners follow links, and must not burn this one); POST spends the link."""
    if request.method == "POST":
        return _sign_in(request, token)
    decision = entrance.check_login_link(token)
    if isinstance(decision, Refused):
        return _refusal(request, decision)
    return pages.render(request, "people/enter.html", {"token": token})


def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    try:
        person = entrance.use_login_link(token)
    except Denied as error:
        return _refusal(request, error.refused)
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="link")
    return redirect("/")


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    status = 404 if refused is entrance.UNKNOWN else 410
    return pages.render(request, "people/enter_refused.html", {"refused": refused}, status=status)
