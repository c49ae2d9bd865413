"""My lab, and what a deep link opens in it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.farm.labs import actions, presence, queries, rules
from dure.farm.labs.sources import work_of
from dure.foundation.access import Decision, Refused
from dure.foundation.pages import render, signed_in
from dure.foundation.policy import led_on


@require_GET
def lab_page(request: HttpRequest) -> HttpResponse:
    """One's own lab; where there are none, how an operator starts them."""
    person = signed_in(request)
    refused = _refused(rules.may_work(person))
    away = None if refused else _refused(presence.may_open(person))
    lab = None if refused else queries.my_lab(person)
    return render(
        request, "farm/lab.html", {"refused": refused, "are_on": rules.are_on(), "away": away, "lab": lab}
    )


def _refused(decision: Decision) -> Refused | None:
    return decision if isinstance(decision, Refused) else None


@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """What a link names is laid into a new folder of one's home, on demand: an address alone changes nothing."""
    person = signed_in(request)
    given = request.GET if request.method == "GET" else request.POST
    kind, ref = given.get("source", ""), given.get("ref", "")
    work = work_of(person, kind, ref)
    if request.method == "POST":
        return HttpResponseRedirect(actions.open_work(person, work))
    more = {"work": work, "kind": kind, "ref": ref, "refused": _refused(presence.may_open(person))}
    response = render(request, "farm/lab_open.html", more)
    if settings.LABS_URL:
        # Browsers apply `form-action` to the redirect after a form, too.
        response["Content-Security-Policy"] = led_on(settings.LABS_URL)
    return response


@require_POST
def stop_lab(request: HttpRequest) -> HttpResponse:
    """End one's lab."""
    actions.stop_own(signed_in(request))
    messages.success(request, _("Your lab is off. Your files stay."))
    return redirect("farm:lab")
