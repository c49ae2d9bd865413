"""A roundtable from the plan to the published minutes: who is invited, who reads what, and what becomes of its topics."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from icalendar import Calendar

from dure.alliance.models import Roundtable, RoundtableTask
from dure.alliance.roundtables import editing, leaving, meeting, queries
from dure.foundation import clock, notices, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, meetings, people, roundtables

pytestmark = pytest.mark.django_db


def told(person: Any, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=f"alliance.{kind}").count()


def todos(person: Any) -> list[str]:
    with translation.override("en"):
        return [one.title for one in notices.todos(people_api.Person.objects.get(pk=person.pk))]


def test_gurus_are_invited_answer_and_have_it_in_their_calendar_until_they_decline() -> None:
    guru, stranger = roundtables.guru().person, people.representative(people.organisation())
    secret = meetings.planned(roundtables.topic())
    assert not Roundtable.objects.visible_to(guru).exists()
    made = workflow.perform(secret, "announce", by=agreements.secretary())
    assert told(guru, "roundtable_announced") == 1
    assert any("Spring roundtable" in one for one in todos(guru))
    client = people.client_of(guru)
    page = f"/roundtables/{made.uid}"
    assert people.client_of(stranger).get(page).status_code == 404
    assert client.post(f"{page}/answer", {"comes": "yes"}).status_code == 302
    assert todos(guru) == []
    file = Calendar.from_ical(client.get(f"{page}/calendar.ics").content)
    (event,) = file.walk("VEVENT")
    assert (event["summary"], event["location"], event["status"]) == (
        "Spring roundtable",
        "Room 7",
        "CONFIRMED",
    )
    moved = {name: getattr(made, name) for name in (*editing.WORDS, *editing.WHEN)} | {"place": "Room 9"}
    assert editing.edit(made, by=agreements.secretary(), given=moved).revision == 1
    assert told(guru, "roundtable_changed") == 1


def test_minutes_are_read_by_members_once_published_but_not_topics_in_confidence_nor_who_came() -> None:
    member = people.representative(people.organisation())
    with clock.at(clock.now() - timedelta(days=9)):
        guru = roundtables.guru().person
    shown = roundtables.topic(by=guru)
    secret = roundtables.topic(by=guru, reach="confidential", title_en="Secret plans", title_ko="")
    made = meetings.held(shown, secret)
    desk = agreements.secretary()
    meeting.note_attendance(made, by=desk, came=[guru.uid])
    with pytest.raises(Denied):
        workflow.perform(made, "publish", by=desk)
    meeting.write_minutes(made, by=desk, given=meetings.MINUTES)
    client, page = people.client_of(member), f"/roundtables/{made.uid}"
    assert client.get(page).status_code == 404
    assert "Three topics" not in people.client_of(guru).get(page).content.decode()
    workflow.perform(made, "publish", by=desk)
    read = client.get(page).content.decode()
    assert "Three topics" in read
    assert "Sharing speech data" in read
    assert "Secret plans" not in read
    assert "Room 7" not in read
    assert client.get(f"{page}/guests").status_code == 404
    assert client.get(f"/api/v1{page}/guests").status_code == 404
    assert [one.attended for one in queries.guests(made)] == [True]
    inside = meetings.minuted(roundtables.topic(), reach="confidential")
    assert not Roundtable.objects.visible_to(member).filter(pk=inside.pk).exists()


def test_a_task_waits_for_its_owner_until_it_is_done() -> None:
    guru = roundtables.guru().person
    made, desk = meetings.held(), agreements.secretary()
    given = {"what_ko": "", "what_en": "Write to the labs", "due_on": clock.today() + timedelta(days=9)}
    with pytest.raises(Faulty):
        meeting.hand_out(made, by=desk, given={**given, "address": people.person().email})
    task = meeting.hand_out(made, by=desk, given={**given, "address": guru.email})
    assert told(guru, "roundtable_task") == 1
    assert any("Write to the labs" in one for one in todos(guru))
    client = people.client_of(guru)
    done = client.post(f"/roundtables/{made.uid}/tasks/{task.uid}/done", {"outcome": "All answered"})
    assert done.status_code == 302
    assert todos(guru) == []
    with pytest.raises(Denied):
        meeting.finish(task, by=guru, outcome="")
    assert leaving.exported(guru)["tasks"][0]["outcome"] == "All answered"
    leaving.forget(people_api.AccountDeleted(person=guru.pk))
    assert (RoundtableTask.objects.get().owner, made.guests.filter(person=guru).exists()) == (None, False)


def test_topics_come_on_an_agenda_are_opened_and_are_proposed_again_when_it_is_called_off() -> None:
    one, other, desk = roundtables.topic(), roundtables.topic(), agreements.secretary()
    made = meetings.planned(one, other)
    one.refresh_from_db()
    with pytest.raises(Denied) as refused:
        workflow.perform(one, "open", by=desk)
    assert refused.value.refused.reason == "topic_roundtable_not_announced"
    workflow.perform(made, "announce", by=desk)
    assert workflow.perform(one, "open", by=desk).state == "discussing"
    item = made.items.get(topic=other)
    editing.move_item(made, item, by=desk, up=True)
    assert [each.topic for each in queries.agenda(desk, made)] == [other, one]
    gone = workflow.perform(made, "cancel", by=desk, data={"reason": "Storm"})
    other.refresh_from_db()
    one.refresh_from_db()
    assert (other.state, one.state, gone.revision) == ("proposed", "discussing", 1)
    second = meetings.planned(other)
    other.refresh_from_db()
    editing.drop_item(second, second.items.get(), by=desk)
    other.refresh_from_db()
    assert (other.state, second.items.count()) == ("proposed", 0)


def test_the_secretariat_plans_on_pages_and_all_that_is_wrong_is_said_at_once() -> None:
    client = people.client_of(agreements.secretary())
    form = {
        "title_en": "Autumn",
        "starts_at": "2031-05-01T10:00",
        "ends_at": "2031-05-01T12:00",
        "link": "https://meet.example/1",
        "reach": "members",
    }
    wrong = client.post(
        "/roundtables/new", {**form, "title_en": "", "ends_at": "2031-05-01T09:00", "link": "x"}
    )
    assert wrong.status_code == 422
    assert len(wrong.context["form"].errors) == 3
    assert client.post("/roundtables/new", form).status_code == 302
    page = f"/roundtables/{Roundtable.objects.get().uid}"
    point = {"what": "item", "i-title_en": "Welcome", "i-minutes": 10}
    link = {"what": "material", "m-title": "Pre-read", "m-link": "/topics"}
    for sent in (point, link):
        assert client.post(f"{page}/agenda", sent).status_code == 302
    assert client.post(f"{page}/act", {"action": "announce"}).status_code == 302
    answer = client.get(f"/api/v1{page}").json()
    assert (answer["state"], len(answer["agenda"]), len(answer["materials"])) == ("announced", 1, 1)


def test_pages_take_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    guru = roundtables.guru().person
    made = meetings.minuted(*(roundtables.topic(by=guru) for _ in range(4)))
    parts = ("", "/guests", "/tasks")
    for reader in (guru, agreements.secretary()):
        client = people.client_of(reader)
        pages = ["/roundtables", *(f"/roundtables/{made.uid}{part}" for part in parts)]
        for address in (*pages, f"/api/v1/roundtables/{made.uid}"):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200
