"""Events' part of the walk over transitions: the firm's representative comes, and only the desk runs it."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import Meeting
from dure.foundation import clock
from tests.factories import alliance_events as meetings

DESK = {"secretariat"}
COMES = {"representative"}

EXPECTED: dict[str, set[str]] = {
    "meeting.announce": DESK,
    "meeting.open": DESK,
    "meeting.hold": DESK,
    "meeting.close": DESK,
    "meeting.cancel": DESK,
    "meeting_registration.seat": set(),
    "meeting_registration.cancel": COMES,
    "meeting_registration.remove": DESK,
    "meeting_registration.check_in": DESK,
    "meeting_registration.undo": DESK,
}


def parts(firm: Any, speaker: Any) -> dict[str, Any]:
    """An event, and who comes to it."""
    made = meetings.opened(host=firm)
    return {"meeting": made, "meeting_registration": meetings.coming(made, speaker)}


def past(scene: Any) -> None:
    """Its time is over: what looks ahead has nothing to look at."""
    before = clock.now() - timedelta(days=1)
    times = {"starts_at": before - timedelta(hours=1), "ends_at": before}
    Meeting.objects.filter(pk=scene.objects["meeting"].pk).update(**times)


BEFORE = {"meeting.announce": past, "meeting.open": past, "meeting_registration.cancel": past}
