"""An event from the draft to the closed list: who sees it, who has a seat, who was there, and what stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from dure.alliance.figures import counting
from dure.alliance.meetings import (
    by_date,
    calendars,
    certificates,
    editing,
    leaving,
    programme,
    rules,
    seating,
)
from dure.alliance.models import Meeting, MeetingRegistration
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, figures, people
from tests.factories import alliance_events as meetings

pytestmark = pytest.mark.django_db


def told(person: Any, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=f"alliance.meeting_{kind}").count()


def state_of(registration: MeetingRegistration) -> str:
    return MeetingRegistration.objects.get(pk=registration.pk).state


def test_when_a_seat_is_given_back_the_next_in_line_has_it_and_is_told() -> None:
    meeting = meetings.opened(seats=1)
    first, second, third = [meetings.coming(meeting) for _one in range(3)]
    assert [first.state, second.state, third.state] == ["registered", "waiting", "waiting"]
    seating.act(second, "cancel", by=second.person)  # type: ignore[arg-type]  # the account is there
    seating.act(first, "cancel", by=first.person)  # type: ignore[arg-type]  # same
    assert [state_of(one) for one in (first, second, third)] == ["cancelled", "cancelled", "registered"]
    assert told(third.person, "seated") == 1
    again = meetings.coming(meeting, first.person)
    assert again.state == "waiting"
    with pytest.raises(Denied):
        meetings.coming(meeting, first.person)


def test_more_seats_go_to_who_waits_and_another_time_is_told() -> None:
    desk = agreements.secretary()
    meeting = meetings.opened(by=desk, seats=1)
    first, second = meetings.coming(meeting), meetings.coming(meeting)
    later = meeting.ends_at + timedelta(hours=1)
    given = meetings.said(seats=2, starts_at=meeting.starts_at, ends_at=later)
    editing.change(meeting, by=desk, given=given)
    assert state_of(second) == "registered"
    assert told(first.person, "moved") == 1


def test_the_programme_moves_with_its_event_which_cannot_become_too_short_for_it() -> None:
    desk = agreements.secretary()
    meeting = meetings.opened(by=desk)
    times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    part = programme.add_session(meeting, by=desk, given={"title_ko": "", "title_en": "All of it", **times})
    later = {name: moment + timedelta(days=7) for name, moment in times.items()}
    editing.change(meeting, by=desk, given=meetings.said(**later))
    part.refresh_from_db()
    assert [part.starts_at, part.ends_at] == [later["starts_at"], later["ends_at"]]
    shorter = later | {"ends_at": later["ends_at"] - timedelta(minutes=5)}
    with pytest.raises(Faulty) as refused:
        editing.change(meeting, by=desk, given=meetings.said(**shorter))
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [
        ("meeting_programme_longer", "ends_at")
    ]


def test_the_clock_opens_registration_reminds_once_and_says_that_it_was_held() -> None:
    desk = agreements.secretary()
    meeting = meetings.draft(by=desk, opens_at=clock.now() + timedelta(hours=1))
    workflow.perform(meeting, "announce", by=desk)
    with pytest.raises(Denied):
        meetings.coming(meeting)
    with clock.at(meeting.opens_at):
        assert by_date.begin(clock.now()) == 1
        coming = meetings.coming(meeting)
    with clock.at(meeting.starts_at - timedelta(hours=20)):
        assert [by_date.remind(clock.now()), by_date.remind(clock.now())] == [1, 0]
    assert told(coming.person, "soon") == 1
    with clock.at(meeting.ends_at):
        assert [by_date.end(clock.now()), by_date.end(clock.now())] == [1, 0]
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


def test_checking_in_twice_is_once_and_a_certificate_waits_for_the_closed_list() -> None:
    desk = agreements.secretary()
    meeting = meetings.opened(by=desk)
    there, away = meetings.coming(meeting), meetings.coming(meeting)
    with pytest.raises(Denied) as early:
        seating.arrive_by_code(meeting, there.code, by=desk)
    assert early.value.refused.reason == "meeting_desk_closed"
    with clock.at(meeting.starts_at):
        for code in (there.code, f" {there.code[:4]}-{there.code[4:]} ".lower()):
            assert seating.arrive_by_code(meeting, code, by=desk) == there
        assert seating.arrive_by_code(meeting, "NOBODYS1", by=desk) is None
    fresh = MeetingRegistration.objects.select_related("meeting").get(pk=there.pk)
    assert (fresh.state, bool(rules.has_certificate(fresh))) == ("attended", False)
    with clock.at(meeting.ends_at):
        workflow.perform(meeting, "hold", by=desk)
        workflow.perform(meeting, "close", by=desk)
    found = certificates.access_certificate(there.proof)
    for language in ("ko", "en"):
        assert certificates.pdf_of(found, language).startswith(b"%PDF-")
    assert told(there.person, "certificate") == 1
    client = people.client_of(there.person)  # type: ignore[arg-type]  # the account is there
    assert client.get(f"/events/{meeting.uid}/certificate")["Content-Type"] == "application/pdf"
    assert client.get(f"/events/certificates/{there.proof}").status_code == 200
    assert client.get(f"/events/certificates/{away.proof}").status_code == 404
    with clock.at(meeting.ends_at):
        year = counting.of_year(clock.today().year)
    codes = ("events", "event_seats", "event_visits")
    assert [figures.amounts(year, code)[""] for code in codes] == [("1", "0"), ("2", "0"), ("1", "0")]
    assert set(figures.groups(year, "event_seats", "field").values()) == {None}


def test_calling_off_tells_everybody_why_and_the_calendar_says_so() -> None:
    desk = agreements.secretary()
    meeting = meetings.opened(by=desk, seats=1)
    comes, waits = meetings.coming(meeting), meetings.coming(meeting)
    off = workflow.perform(meeting, "cancel", by=desk, data={"reason": "The speaker is ill."})
    assert [told(one.person, "called_off") for one in (comes, waits)] == [1, 1]
    read = Calendar.from_ical(calendars.file_of(off, "https://dure.example", link=""))
    event: Any = read.walk("VEVENT")[0]
    assert (event["STATUS"], event["DTEND"].dt) == ("CANCELLED", off.ends_at.replace(microsecond=0))
    assert not list(calendars.entries(comes.person, clock.now()))


def test_the_link_is_for_who_has_a_seat_and_the_list_for_who_runs_it() -> None:
    organiser, meeting = people.person(), meetings.opened(seats=1, audience="members")
    meeting.organisers.add(organiser)
    comes = meetings.coming(meeting)
    page = f"/events/{meeting.uid}"
    own, desk = people.client_of(comes.person), people.client_of(organiser)  # type: ignore[arg-type]  # the account is there
    insider = people.client_of(people.representative(people.organisation()))
    for client, reads in ((own, True), (desk, True), (insider, False)):
        assert (meeting.link in client.get(page).content.decode()) is reads
        assert (meeting.link in client.get(f"{page}/calendar.ics").content.decode()) is reads
        assert (client.get(f"/api/v1{page}").json()["link"] == meeting.link) is reads
    assert [client.get(f"{page}/desk").status_code for client in (own, desk, insider)] == [403, 200, 403]
    assert comes.code in desk.get(f"{page}/desk?as=csv").content.decode()
    assert people.client_of(people.person()).get(page).status_code == 404


def test_an_organiser_makes_the_programme_on_pages_and_a_speaker_leaves_it() -> None:
    organiser, speaker = people.person(), people.person(audience="public", language="en")
    meeting = meetings.opened()
    meeting.organisers.add(organiser)
    client, page = people.client_of(organiser), f"/events/{meeting.uid}"
    begins = (meeting.starts_at + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M:%S")
    ends = (meeting.ends_at + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    part = {"title_en": "Opening", "starts_at": begins, "ends_at": ends}
    assert client.post(f"{page}/programme", {**part, "ends_at": begins}).status_code == 422
    meeting.starts_at = meeting.starts_at.replace(microsecond=0)
    meeting.save()
    assert client.post(f"{page}/programme", part).status_code == 302
    one = meeting.sessions.get()
    add = f"{page}/programme/{one.uid}"
    assert client.post(add, {"guest": "Kim Bora"}).status_code == 422
    assert client.post(add, {"guest": "Kim Bora", "consent": "By mail on 3 May."}).status_code == 302
    assert client.post(add, {"address": speaker.email}).status_code == 302
    assert told(speaker, "speaking") == 1
    named = one.speakers.get(person=speaker)
    assert people.client_of(speaker).post(f"{page}/speakers/{named.uid}").status_code == 302
    assert [str(left) for left in one.speakers.all()] == ["Kim Bora"]


def test_what_was_handed_out_is_opened_as_far_as_it_reaches() -> None:
    desk, meeting = agreements.secretary(), meetings.opened()
    client, page = people.client_of(desk), f"/events/{meeting.uid}/materials"
    file = SimpleUploadedFile("slides.pdf", b"%PDF-1.7 slides")
    given = {"kind": "material", "title": "Slides", "reach": "registered"}
    assert client.post(page, given).status_code == 422
    assert client.post(page, {**given, "file": file}).status_code == 302
    made = meeting.materials.get()
    comes = people.client_of(meetings.coming(meeting).person)  # type: ignore[arg-type]  # the account is there
    answer = comes.get(f"{page}/{made.uid}")
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (  # type: ignore[attr-defined]  # it streams
        b"%PDF-1.7 slides",
        "nosniff",
    )
    assert people.client_of(people.person()).get(f"{page}/{made.uid}").status_code == 404
    assert comes.get(f"/api/v1{page}").json()["count"] == 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    now = clock.now()
    wrong: dict[str, Any] = {"title_ko": "", "title_en": " ", "place_ko": "", "place_en": "", "link": ""}
    wrong |= {"ends_at": now, "starts_at": now, "closes_at": now - timedelta(days=2), "seats": 0}
    wrong |= {"audience": "circle", "organisers": "nobody@example.org"}
    with pytest.raises(Faulty) as faulty:
        meetings.draft(**wrong)
    places = [fault.place for fault in faulty.value.faults]
    assert places == ["title_ko", "place_ko", "ends_at", "closes_at", "seats", "circle", "organisers"]


def test_of_a_deleted_account_only_the_count_stays_and_a_seat_ahead_goes_on() -> None:
    ahead, over = meetings.opened(seats=1), meetings.opened(seats=1)
    leaver = people.person()
    meetings.coming(ahead, leaver)
    meetings.coming(over, leaver)
    waits = meetings.coming(ahead)
    meetings.closed(over)
    assert len(leaving.exported(leaver)["registered"]) == 2
    leaving.forget(people_api.AccountDeleted(person=leaver.pk))
    assert state_of(waits) == "registered"
    assert not MeetingRegistration.objects.filter(person=leaver).exists()
    with clock.at(over.ends_at):
        assert figures.amounts(counting.of_year(clock.today().year), "event_visits") == {"": ("1", "0")}


def test_pages_of_events_take_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    desk = agreements.secretary()
    meeting = meetings.opened(by=desk, audience="members", seats=3)
    for _one in range(4):
        meetings.coming(meeting)
    member = people.representative(people.organisation())
    meetings.coming(meeting, member)
    own = f"/events/{meeting.uid}"
    everybody: list[tuple[Any, list[str]]] = [
        (member, ["/events", own, f"/api/v1{own}"]),
        (desk, ["/events", own, f"{own}/desk", f"{own}/programme", f"{own}/materials", f"{own}/edit"]),
    ]
    for reader, paths in everybody:
        client = people.client_of(reader)
        for path in paths:
            client.get(path)
            with django_assert_max_num_queries(12):
                assert client.get(path).status_code == 200
