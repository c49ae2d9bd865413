"""A host's page for a challenge whose hidden rows stay at sites: asking their owners, and what they said."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.farm import api as farm
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.problems.actions import sites as actions
from dure.problems.models import Challenge
from dure.problems.pages.hosting_shell import GOOD, attempt, hosted, show


@require_http_methods(["GET", "POST"])
def sites(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose data is asked for, by the codes that the owners gave away."""
    challenge = hosted(request, slug)
    outcome = attempt(lambda: _change(request, challenge)) if request.method == "POST" else GOOD
    if request.method == "POST" and outcome.is_good:
        messages.success(request, _("Saved."))
        return redirect("problems:manage_sites", slug=slug)
    more = {"uses": farm.site_uses_of(challenge.uid), "code": request.POST.get("code", "")}
    return show(request, slug, "sites", more, outcome=outcome)


def _change(request: HttpRequest, challenge: Challenge) -> None:
    person = person_of(request)
    if request.POST.get("action") == "take_back":
        actions.take_back(by=person, challenge=challenge, uid=_uid(request.POST.get("use", "")))
    else:
        actions.ask(by=person, challenge=challenge, code=request.POST.get("code", ""))


def _uid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise Hidden(given) from error
