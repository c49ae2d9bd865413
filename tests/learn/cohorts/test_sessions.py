"""Sessions: planned once or every week, changed and called off; nobody is booked into a room twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dure.foundation import clock
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.learn.cohorts import demo_sessions, places, sessions
from dure.learn.cohorts.plans import Plan
from dure.learn.models import ClassSession, Cohort, Place
from dure.people.models import Organisation, Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db


def home(led: Cohort) -> Organisation:
    return led.course.organisation


def plan(led: Cohort, **fields: Any) -> Plan:
    starts_at = cohorts.session(led).starts_at
    ClassSession.objects.all().delete()
    given: dict[str, Any] = {
        "kind": "online",
        "title_ko": "첫 수업",
        "title_en": "",
        "link": "https://meet.example.org/first",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    return Plan(**given | fields)


def typed(led: Cohort, **fields: Any) -> dict[str, Any]:
    """What a coach types into the form."""
    return {
        "kind": "onsite",
        "title_ko": "첫 수업",
        "day": f"{led.starts_on + timedelta(days=1)}",
        "starts": "10:00",
        "ends": "12:00",
        **fields,
    }


def english(somebody: Person | None = None) -> Client:
    client = people.client_of(somebody) if somebody else Client()
    client.cookies["dure_language"] = "en"
    return client


def codes(caught: Any) -> set[str]:
    return {fault.code for fault in caught.value.faults}


def test_a_coach_plans_every_week_at_once(led: Cohort, coach: Person) -> None:
    room = cohorts.room(home(led))
    until = led.starts_on + timedelta(days=20)
    sent = typed(
        led, room=room.pk, until=f"{until}", weekdays=["0", "2"], unit="01-first", break_minutes="10"
    )
    answer = people.client_of(coach).post(f"/cohorts/{led.uid}/sessions/new", sent)
    assert answer.status_code == 302
    made = list(led.sessions.all())
    assert len(made) in {5, 6}
    assert {(one.minutes, one.unit, one.title_en) for one in made} == {(110, "01-first", "첫 수업")}
    assert {clock_of(one) for one in made} == {"10:00"}


def clock_of(session: ClassSession) -> str:
    return f"{timezone.localtime(session.starts_at):%H:%M}"


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(
    led: Cohort, coach: Person
) -> None:
    sent = typed(led, title_ko="", title_en="", day=f"{led.ends_on + timedelta(days=1)}", ends="09:00")
    answer = english(coach).post(f"/cohorts/{led.uid}/sessions/new", sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    for words in (
        "Write a title in at least one language.",
        "Choose the room where people meet.",
        "It must end after it starts.",
        "is outside the cohort&#x27;s dates",
    ):
        assert words in said
    assert 'value="09:00"' in said
    assert led.sessions.count() == 0


def test_what_kind_asks_for_is_demanded_and_what_it_does_not_is_dropped(led: Cohort, coach: Person) -> None:
    with pytest.raises(Faulty) as caught:
        sessions.add(by=coach, cohort=led, planned=[plan(led, kind="hybrid", link="")])
    assert codes(caught) == {"session_without_room", "session_without_link"}
    (made,), _odd = sessions.add(by=coach, cohort=led, planned=[plan(led, room=cohorts.room(home(led)))])
    assert (made.room, made.link) == (None, "https://meet.example.org/first")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "somewhere"}, "session_kind_unknown"),
        ({"unit": "99-none"}, "session_unit_unknown"),
        ({"link": "javascript:alert(1)"}, "session_link_bad"),
        ({"break_minutes": 120}, "session_break_too_long"),
        ({"prestart_minutes": 121}, "session_prestart_too_early"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_faults(led: Cohort, coach: Person, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Faulty) as caught:
        sessions.add(by=coach, cohort=led, planned=[plan(led, **fields)])
    assert codes(caught) == {code}


def test_a_room_is_not_booked_twice_and_the_other_session_stays_unnamed(led: Cohort, coach: Person) -> None:
    room = cohorts.room(home(led))
    on_site = plan(led, kind="onsite", room=room)
    other = cohorts.cohort(led.course, name_en="Secret class")
    taken = cohorts.session(
        other, on_site.starts_at + timedelta(hours=1), kind="onsite", room=room, title_en="Hidden thing"
    )
    with pytest.raises(Faulty) as caught:
        sessions.add(by=coach, cohort=led, planned=[on_site])
    (fault,) = caught.value.faults
    assert fault.code == "room_taken"
    assert list(fault.params) == ["when"]
    ClassSession.objects.filter(pk=taken.pk).update(called_off_at=clock.now())
    assert sessions.add(by=coach, cohort=led, planned=[on_site])[0]


def test_a_session_may_begin_when_another_ends_there(led: Cohort, coach: Person) -> None:
    room = cohorts.room(home(led))
    first = plan(led, kind="onsite", room=room)
    sessions.add(by=coach, cohort=led, planned=[first])
    after = Plan(
        **first.fields() | {"starts_at": first.ends_at, "ends_at": first.ends_at + timedelta(hours=1)}
    )
    assert sessions.add(by=coach, cohort=led, planned=[after])[0]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_a_room_at_once_one_has_it(tmp_path: Path) -> None:
    led = cohorts.cohort(open_course(tmp_path))
    coach, room = led.coaches.get(), cohorts.room(home(led))
    others = [cohorts.cohort(led.course) for _ in range(5)]
    wanted = plan(led, kind="onsite", room=room)

    def ask(cohort: Cohort) -> bool:
        try:
            return bool(sessions.add(by=coach, cohort=cohort, planned=[wanted]))
        except Faulty:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ask, [led, *others])) == 1
    assert room.sessions.count() == 1


def test_a_small_room_is_said_and_not_refused(led: Cohort, coach: Person) -> None:
    small = plan(led, kind="onsite", room=cohorts.room(home(led), seats=1))
    made, odd = sessions.add(by=coach, cohort=led, planned=[small])
    assert made
    assert [fault.code for fault in odd] == ["room_too_small"]


def test_a_change_tells_everybody_inside_and_counts(led: Cohort, coach: Person, place: Place) -> None:
    session = cohorts.session(led)
    same = Plan(**{name: getattr(session, name) for name in Plan.__dataclass_fields__})
    sessions.change(by=coach, session=session, planned=same)
    session.refresh_from_db()
    assert session.revision == 0
    assert not Notice.objects.filter(person=place.person, kind="learn.session_changed").exists()
    later = Plan(**same.fields() | {"ends_at": session.ends_at + timedelta(hours=1)})
    sessions.change(by=coach, session=session, planned=later)
    session.refresh_from_db()
    assert session.revision == 1
    told = Notice.objects.get(person=place.person, kind="learn.session_changed")
    assert told.params["title_en"] == "First lesson"
    assert not Notice.objects.filter(person=coach).exists()


def test_calling_off_needs_a_reason_that_everybody_inside_reads(
    led: Cohort, coach: Person, place: Place
) -> None:
    session = cohorts.session(led)
    address = f"/cohorts/{led.uid}/sessions/{session.uid}"
    assert english(coach).post(f"{address}/call-off", {"reason": " "}).status_code == 422
    assert english(coach).post(f"{address}/call-off", {"reason": "Snow"}).status_code == 302
    session.refresh_from_db()
    assert session.called_off_at is not None
    assert session.revision == 1
    assert "Snow" in english(place.person).get("/notices").content.decode()
    page = english(place.person).get(address).content.decode()
    assert "This session was called off." in page
    assert english(coach).post(f"{address}/call-off", {"reason": "Again"}).status_code == 403


def test_links_and_addresses_are_for_those_inside(led: Cohort, coach: Person, place: Place) -> None:
    session = cohorts.session(led, kind="hybrid", room=cohorts.room(home(led)))
    address = f"/cohorts/{led.uid}/sessions/{session.uid}"
    secrets = ("https://meet.example.org/first", "1 Somewhere, Seoul")
    for reader, reads in ((place.person, True), (coach, True), (people.person(), False), (None, False)):
        for path in (address, f"/api/v1{address}", f"/api/v1/cohorts/{led.uid}/sessions"):
            answer = english(reader).get(path)
            assert answer.status_code == 200
            said = answer.content.decode()
            assert "First lesson" in said
            assert [secret in said for secret in secrets] == [reads, reads], path

        assert "First lesson" in english(reader).get(f"/cohorts/{led.uid}/sessions").content.decode()


def test_others_do_not_plan(led: Cohort, place: Place) -> None:
    session = cohorts.session(led)
    for who in (place.person, people.person()):
        client = people.client_of(who)
        assert client.get(f"/cohorts/{led.uid}/sessions/new").status_code == 403
        assert client.get(f"/cohorts/{led.uid}/sessions/{session.uid}/edit").status_code == 403
        assert client.post(f"/cohorts/{led.uid}/sessions/{session.uid}/call-off").status_code == 403
        assert client.get("/rooms").status_code == 403


def test_rooms_are_kept_by_their_organisation(led: Cohort, coach: Person) -> None:
    client = english(coach)
    sent = {"organisation": home(led).pk, "name_en": "Blue room", "address_ko": "", "seats": "0"}
    refused = client.post("/rooms/new", sent)
    assert refused.status_code == 422
    sent |= {"address_en": "3 Elsewhere", "seats": "12"}
    assert client.post("/rooms/new", sent).status_code == 302
    (room,) = home(led).rooms.all()
    assert (room.name_ko, room.seats) == ("Blue room", 12)
    assert "Blue room" in client.get("/rooms").content.decode()
    rival = people.person(roles=["instructor"])
    people.member(rival, people.organisation())
    assert people.client_of(rival).get(f"/rooms/{room.uid}").status_code == 404
    assert people.client_of(rival).post(f"/rooms/{room.uid}/close").status_code == 404
    cohorts.session(led, kind="onsite", room=room)
    boss = people.person(language="en")
    people.member(boss, home(led), "representative")
    assert (
        "1 session is still planned"
        in english(boss).post(f"/rooms/{room.uid}/close", follow=True).content.decode()
    )
    assert Notice.objects.filter(person=coach, kind="learn.room_closed").count() == 1
    with pytest.raises(Faulty) as caught:
        sessions.add(by=coach, cohort=led, planned=[plan(led, kind="onsite", room=room)])
    assert "session_room_closed" in codes(caught)


def test_rest_plans_changes_and_calls_off(led: Cohort, coach: Person) -> None:
    client, room = people.client_of(coach), cohorts.room(home(led), seats=1)
    given = plan(led)
    body = {
        "kind": "onsite",
        "title_en": "Meeting",
        "room": f"{room.uid}",
        "starts_at": given.starts_at.isoformat(),
        "ends_at": given.ends_at.isoformat(),
        "until": f"{led.starts_on + timedelta(days=15)}",
    }
    json: dict[str, Any] = {"content_type": "application/json"}
    made = client.post(f"/api/v1/cohorts/{led.uid}/sessions", body, **json).json()
    assert [fault["code"] for fault in made["warnings"]] == ["room_too_small"]
    first, *_more = made["sessions"]
    assert len(made["sessions"]) == 3
    changed = {**body, "title_ko": "만남"}
    del changed["until"]
    address = f"/api/v1/cohorts/{led.uid}/sessions/{first['uid']}"
    assert client.put(address, changed, **json).json()["sessions"][0]["revision"] == 1
    off = client.post(f"{address}/call-off", {"reason": "Snow"}, **json).json()
    assert off["called_off_at"]
    assert client.put(address, {**changed, "title_ko": "다시"}, **json).status_code == 403
    nowhere = {**body, "room": f"{led.uid}"}
    faulty = client.post(f"/api/v1/cohorts/{led.uid}/sessions", nowhere, **json)
    assert (faulty.status_code, faulty.json()["faults"][0]["code"]) == (422, "session_room_unknown")


def test_the_list_asks_as_much_for_many_as_for_few(
    led: Cohort, coach: Person, django_assert_max_num_queries: Any
) -> None:
    room = cohorts.room(home(led))
    first = cohorts.session(led, kind="onsite", room=room)
    for gap in range(1, 40):
        cohorts.session(
            led, first.starts_at + timedelta(hours=3 * gap), kind="onsite", room=room, unit="01-first"
        )
    client = english(coach)
    with django_assert_max_num_queries(12):
        client.get(f"/cohorts/{led.uid}/sessions")
    with django_assert_max_num_queries(12):
        client.get(f"/cohorts/{led.uid}/sessions/{first.uid}")


def test_the_demo_has_a_session_a_week_and_one_that_is_over(tmp_path: Path) -> None:
    today = clock.today()
    dates: dict[str, Any] = {"starts_on": today - timedelta(days=7), "ends_on": today + timedelta(days=49)}
    led = cohorts.cohort(open_course(tmp_path), **dates)
    place = places.apply(by=people.person(), cohort=led)
    demo_sessions.load(led, led.coaches.get(), home(led))
    assert led.sessions.count() == len(led.version.taught.units)
    assert place.attendance.get().minutes == 110
