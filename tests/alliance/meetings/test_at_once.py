"""Two at once for one seat."""

from collections.abc import Callable
from typing import Any

import pytest

from dure.alliance.meetings import seating
from dure.alliance.models import MeetingRegistration
from tests.factories import alliance_events as meetings
from tests.factories import people
from tests.people.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def _gives_back(registration: MeetingRegistration) -> Callable[[], Any]:
    who: Any = registration.person
    return lambda: seating.act(registration, "cancel", by=who)


def test_who_registers_and_who_gives_back_at_once_never_leave_a_seat_empty_or_taken_twice() -> None:
    meeting = meetings.opened(seats=2)
    leaving, staying = meetings.coming(meeting), meetings.coming(meeting)
    line = [meetings.coming(meeting) for _one in range(2)]
    fresh = [people.person() for _one in range(2)]
    at_once(
        *(lambda who=who: seating.register(meeting, by=who) for who in fresh),
        _gives_back(leaving),
        _gives_back(line[1]),
    )
    seated = MeetingRegistration.objects.filter(meeting=meeting, state="registered").order_by("pk")
    assert [one.pk for one in seated] == [staying.pk, line[0].pk]
    assert MeetingRegistration.objects.filter(meeting=meeting, state="waiting").count() == 2
