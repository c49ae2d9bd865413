"""Events of the alliance for tests."""

from datetime import timedelta
from typing import Any

from dure.alliance.meetings import editing, seating
from dure.alliance.models import Meeting, MeetingRegistration
from dure.foundation import clock, workflow
from dure.people.models import Person
from tests.factories import agreements, people


def said(**changed: Any) -> dict[str, Any]:
    """A seminar in two days, for which one registers now."""
    first = clock.now() + timedelta(days=2)
    return {
        "kind": "seminar",
        "title_ko": "음성 세미나",
        "title_en": "Seminar on speech",
        "text_ko": "두 시간 동안 듣고 묻습니다.",
        "text_en": "Two hours to listen and ask.",
        "host": None,
        "starts_at": first,
        "ends_at": first + timedelta(hours=2),
        "place_ko": "3층 세미나실",
        "place_en": "Seminar room",
        "link": "https://meet.example/room",
        "seats": 2,
        "opens_at": clock.now() - timedelta(hours=1),
        "closes_at": first,
        "audience": "public",
        "circle": None,
        "organisers": "",
        **changed,
    }


def draft(*, by: Person | None = None, **changed: Any) -> Meeting:
    return editing.make(by=by or agreements.secretary(), given=said(**changed))


def opened(*, by: Person | None = None, **changed: Any) -> Meeting:
    """One whose registration is open."""
    desk = by or agreements.secretary()
    made = draft(by=desk, **changed)
    workflow.perform(made, "announce", by=desk)
    return workflow.perform(made, "open", by=desk)


def coming(meeting: Meeting, person: Person | None = None) -> MeetingRegistration:
    return seating.register(meeting, by=person or people.person(language="en"))


def closed(meeting: Meeting, *, by: Person | None = None) -> Meeting:
    """The event took place: everybody with a seat was there, and the list is closed."""
    desk = by or agreements.secretary()
    with clock.at(meeting.ends_at + timedelta(minutes=1)):
        for one in meeting.registrations.filter(state="registered"):
            seating.act(one, "check_in", by=desk)
        workflow.perform(meeting, "hold", by=desk)
        return workflow.perform(meeting, "close", by=desk)
