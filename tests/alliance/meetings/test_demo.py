"""The demo's events: one held, one with people in line, one draft; loading twice changes nothing."""

import pytest

from dure.alliance.meetings import demo
from dure.alliance.models import Meeting, MeetingRegistration
from dure.problems.events import DemoLoaded
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_the_demo_has_an_event_of_each_sort_and_loads_once() -> None:
    people.person(roles=["secretariat"], is_demo=True)
    for name in sorted({name for said in demo.content() for name in said.get("comes", ())}):
        people.person(f"{name}@dure.example", is_demo=True)
    demo.load(DemoLoaded())
    demo.load(DemoLoaded())
    assert list(Meeting.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "open", "draft"]
    coming = MeetingRegistration.objects.order_by("pk").values_list("state", flat=True)
    assert [coming[:6].count(), list(coming).count("attended"), list(coming).count("waiting")] == [6, 5, 2]
