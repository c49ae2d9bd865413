"""The calendar of a person: what stands in it, by the rules of RFC 5545, and that its address stays a secret."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from icalendar import Calendar

from dure.foundation import clock
from dure.foundation.hushed import Hushed
from dure.learn.cohorts import calendars, leaving, places, sessions
from dure.learn.cohorts.plans import Plan
from dure.learn.models import CalendarFeed, Cohort, DueDate, Place
from dure.people.events import AccountDeleted
from dure.people.models import Person
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db
LONG = "시계열에서 미래가 새어 들어오는 자리를 찾아내는 법, 그리고 다시 나누기; 두 번째\nBEGIN:VEVENT"


def feed_path(person: Person) -> str:
    return urlsplit(calendars.address_of(calendars.renew(person), "")).path


def raw(person: Person) -> bytes:
    answer = Client().get(feed_path(person))
    assert answer.status_code == 200
    return bytes(answer.content)


def unfolded(written: bytes) -> list[str]:
    return written.replace(b"\r\n ", b"").decode().split("\r\n")


def events(written: bytes) -> list[Any]:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def test_lines_end_fold_and_escape_as_the_rules_say(led: Cohort, place: Place) -> None:
    room = cohorts.room(led.course.organisation, name_en="Room; with, signs", address_en="Back\\slash")
    session = cohorts.session(led, kind="hybrid", room=room, title_en=LONG)
    written = raw(place.person)
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # folding never cuts a character
    said = unfolded(written)
    assert said.count("BEGIN:VEVENT") == said.count("END:VEVENT") == 1
    escaped = LONG.replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
    assert f"SUMMARY:{escaped}" in said
    assert "LOCATION:Room\\; with\\, signs\\, Back\\\\slash" in said
    local = session.starts_at.astimezone(UTC) + timedelta(hours=9)
    assert f"DTSTART;TZID=Asia/Seoul:{local:%Y%m%dT%H%M%S}" in said
    assert "TZID:Asia/Seoul" in said
    assert "TZOFFSETTO:+0900" in said
    assert f"UID:{session.uid}" in said


def test_another_parser_reads_back_what_was_written(led: Cohort, place: Place) -> None:
    session = cohorts.session(led, title_en=LONG, unit="01-first")
    (event,) = events(raw(place.person))
    assert str(event["summary"]) == LONG
    assert event["dtstart"].dt == session.starts_at
    assert event["dtend"].dt == session.ends_at
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] == 0
    assert str(event["location"]) == session.link
    assert str(event["url"]).startswith("http")
    assert str(event["url"]).endswith(f"/cohorts/{led.uid}/sessions/{session.uid}")
    assert "First class" in event["description"]


def test_a_change_counts_up_and_what_is_called_off_stays_as_cancelled(
    led: Cohort, place: Place, coach: Person
) -> None:
    session = cohorts.session(led)
    (before,) = events(raw(place.person))
    fields = {name: getattr(session, name) for name in Plan.__dataclass_fields__}
    later = Plan(**fields | {"ends_at": session.ends_at + timedelta(hours=1)})
    sessions.change(by=coach, session=session, planned=later)
    (changed,) = events(raw(place.person))
    sessions.call_off(by=coach, session=session, reason="Snow")
    (off,) = events(raw(place.person))
    assert before["uid"] == changed["uid"] == off["uid"]
    assert [one["sequence"] for one in (before, changed, off)] == [0, 1, 2]
    assert [one["status"] for one in (before, changed, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert before["dtstamp"].dt <= changed["dtstamp"].dt <= off["dtstamp"].dt


def test_due_dates_stand_in_it_with_ones_own_extension(led: Cohort, place: Place) -> None:
    due_at = datetime(2027, 1, 4, 14, 59, tzinfo=UTC)
    DueDate.objects.create(cohort=led, unit="01-first", due_at=due_at)
    Place.objects.filter(pk=place.pk).update(extension_days=2)
    (event,) = events(raw(place.person))
    assert event["dtstart"].dt == due_at + timedelta(days=2)
    assert str(event["summary"]).startswith("Due: ")


def test_it_holds_ones_own_cohorts_and_no_others(led: Cohort, place: Place, coach: Person) -> None:
    cohorts.session(led)
    cohorts.session(cohorts.cohort(led.course, name_en="Another class"), title_en="Not mine")
    assert [str(one["summary"]) for one in events(raw(place.person))] == ["First lesson"]
    assert len(events(raw(coach))) == 2  # coaches both
    full = cohorts.cohort(led.course, seats=1)
    cohorts.session(full)
    _first, waiting = (places.apply(by=people.person(), cohort=full) for _n in range(2))
    assert waiting.state == "waiting"
    assert events(raw(waiting.person)) == []
    places.act(place, "withdraw", by=place.person)
    assert events(raw(place.person)) == []


def test_the_same_rows_give_the_same_bytes(led: Cohort, place: Place) -> None:
    cohorts.session(led)
    path = feed_path(place.person)
    with clock.at(clock.now() + timedelta(days=3)):
        later = Client().get(path).content
    assert Client().get(path).content == later


def test_the_address_is_renewed_and_the_old_one_leads_nowhere(place: Place) -> None:
    client = people.client_of(place.person)
    client.cookies["dure_language"] = "en"
    assert "Make my address" in client.get("/me/calendar").content.decode()
    assert not CalendarFeed.objects.exists()
    client.post("/me/calendar/renew")
    first = calendars.token_of(CalendarFeed.objects.get())
    page = client.get("/me/calendar")
    assert first in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post("/me/calendar/renew")
    second = calendars.token_of(CalendarFeed.objects.get())
    assert Client().get(f"/calendar/{first}.ics").status_code == 404
    answer = Client().get(f"/calendar/{second}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    for token in ("nothing", "0" * 96, second[:32], f"{second}0", second.upper(), place.person.uid.hex + "é"):
        assert Client().get(f"/calendar/{token}.ics").status_code == 404
    rest = client.get("/api/v1/me/calendar").json()
    assert set(rest) == {"made_at", "read_at"}
    assert rest["read_at"]
    assert second not in client.post("/api/v1/me/calendar/renew").json()["url"]


def test_the_address_goes_with_the_account(place: Place) -> None:
    path = feed_path(place.person)
    Person.objects.filter(pk=place.person.pk).update(is_active=False)
    assert Client().get(path).status_code == 404
    leaving.forget(AccountDeleted(place.person.pk))
    assert not CalendarFeed.objects.exists()


def test_no_log_holds_the_address(place: Place) -> None:
    path = feed_path(place.person)
    record = logging.LogRecord("django.request", 30, "", 1, "%s: %s", ("Not Found", path), None)
    assert Hushed().filter(record)
    assert record.getMessage() == "Not Found: /calendar/…"
    plain = logging.LogRecord("django.request", 30, "", 1, "%s: %s", ("Not Found", "/courses/x"), None)
    assert Hushed().filter(plain)
    assert plain.getMessage() == "Not Found: /courses/x"


def test_it_asks_little_however_much_there_is(
    led: Cohort, place: Place, django_assert_max_num_queries: Any
) -> None:
    room = cohorts.room(led.course.organisation)
    first = cohorts.session(led)
    for gap in range(40):
        cohorts.session(
            led, first.starts_at + timedelta(hours=3 * gap), kind="onsite", room=room, unit="01-first"
        )
    path = feed_path(place.person)
    Client().get(path)
    with django_assert_max_num_queries(12):
        Client().get(path)
