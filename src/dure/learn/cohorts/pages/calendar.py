"""The calendar of a person: the page with its secret address, and the file behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from dure.foundation.pages import render, signed_in
from dure.learn.cohorts import calendars


@never_cache
@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """One's own address, once it is made."""
    feed = calendars.feed_of(signed_in(request))
    context = {
        "feed": feed,
        "address": calendars.address_of(feed, calendars.site_of(request)) if feed else "",
    }
    return render(request, "learn/cohort/calendar.html", context)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make it, or make another one."""
    person = signed_in(request)
    had_one = calendars.feed_of(person) is not None
    calendars.renew(person)
    said = _("The old address leads nowhere now.") if had_one else _("Your calendar has an address.")
    messages.success(request, said)
    return redirect("learn:my_calendar")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file. Nobody signs in: calendar programs cannot. Nothing between us and them may keep it."""
    written = calendars.read(calendars.access_feed(token), calendars.site_of(request))
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Content-Disposition"] = 'inline; filename="dure.ics"'
    return answer
