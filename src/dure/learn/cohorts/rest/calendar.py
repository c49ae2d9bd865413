"""REST of one's own calendar address."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from dure.foundation.rest import ERRORS
from dure.learn.cohorts import calendars
from dure.people import api as people

router = Router()


class CalendarOut(Schema):
    """When the address of one's calendar was made and last asked for; null before that."""

    made_at: datetime | None
    read_at: datetime | None


class CalendarMadeOut(CalendarOut):
    """With the secret address: whoever has it reads the calendar."""

    url: str


@router.get("/me/calendar", response={200: CalendarOut, **ERRORS}, summary="Your calendar")
def get_calendar(request: HttpRequest) -> Any:
    """The address itself stands on the page alone: a token that runs out must not give what does not."""
    feed = calendars.feed_of(people.signed_in(request))
    return {"made_at": feed and feed.made_at, "read_at": feed and feed.read_at}


@router.post("/me/calendar/renew", response={200: CalendarMadeOut, **ERRORS}, summary="Make its address anew")
def renew_calendar(request: HttpRequest, response: HttpResponse) -> Any:
    """Makes the first address as well. The one before leads nowhere from then on."""
    feed = calendars.renew(people.signed_in(request))
    response["Cache-Control"] = "private, no-store"
    return {
        "url": calendars.address_of(feed, calendars.site_of(request)),
        "made_at": feed.made_at,
        "read_at": feed.read_at,
    }
