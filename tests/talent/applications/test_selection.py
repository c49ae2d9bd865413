"""Structured reviews, and times for interviews that nobody shares."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dure.foundation import clock
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.learn.cohorts import calendars
from dure.talent.applications import interviews, reviewing
from dure.talent.models import Application, InterviewSlot, Review
from tests.factories import applications as made
from tests.factories import people

pytestmark = pytest.mark.django_db
SCORES: dict[str, Any] = {"data-leakage": {"score": 3, "words": "zq-review"}}


@pytest.fixture
def hiring() -> made.Hiring:
    return made.hiring(seats=2)


def test_a_reviewer_reads_the_reviews_of_others_after_writing_their_own(hiring: made.Hiring) -> None:
    application, colleague = hiring.applied(), made.speaker(hiring.opening.organisation)
    reviewing.write(application, by=hiring.speaker, scores=SCORES, recommendation="offer")
    desk, url = people.client_of(colleague), f"/applications/{application.uid}"
    assert "zq-review" not in desk.get(url).content.decode()
    assert desk.get(f"/api/v1{url}/reviews").json()["count"] == 0
    given = {"score_data-leakage": "2", "words_data-leakage": "Some.", "recommendation": "interview"}
    assert desk.post(f"{url}/review", given).status_code == 302
    assert "zq-review" in desk.get(url).content.decode()
    assert "zq-review" not in people.client_of(application.person).get(url).content.decode()
    application.refresh_from_db()
    assert application.state == "in_review"


def test_a_review_is_whole_or_refused_with_all_faults(hiring: made.Hiring) -> None:
    application = hiring.applied()
    with pytest.raises(Faulty) as faulty:
        reviewing.write(application, by=hiring.speaker, scores={"python": {"score": 5}}, recommendation="")
    codes = [one.code for one in faulty.value.faults]
    assert codes == ["review_not_all", "review_bad_score", "review_no_recommendation"]
    url = f"/applications/{application.uid}/review"
    assert people.client_of(hiring.speaker).post(url, {"recommendation": "offer"}).status_code == 422
    assert not Review.objects.exists()


def test_who_declares_a_conflict_decides_nothing_and_reads_no_reviews(hiring: made.Hiring) -> None:
    application, colleague = hiring.applied(), made.speaker(hiring.opening.organisation)
    reviewing.write(application, by=hiring.speaker, scores=SCORES, recommendation="offer")
    reviewing.write(application, by=colleague, scores=SCORES, recommendation="offer", has_conflict=True)
    assert Review.objects.get(reviewer=colleague).scores == {}
    assert not reviewing.readable(colleague, application).exists()
    with pytest.raises(Denied) as refused:
        made.moved(application, "reject", by=colleague)
    assert refused.value.refused.reason == "conflict_declared"
    reviewing.write(application, by=colleague, scores=SCORES, recommendation="offer")
    assert made.moved(application, "reject", by=colleague).state == "rejected"


def invited(hiring: made.Hiring, **fields: Any) -> Application:
    return hiring.moved(hiring.applied(**fields), "invite")


def test_an_invited_applicant_takes_a_time_and_it_stands_in_both_calendars(hiring: made.Hiring) -> None:
    first, second = made.slot(hiring.opening), made.slot(hiring.opening, days=4)
    application = invited(hiring)
    browser, url = people.client_of(application.person), f"/applications/{application.uid}"
    assert "Choose a time for an interview" in browser.get("/").content.decode()
    browser.post(f"{url}/interview", {"slot": str(first.uid)})
    browser.post(f"{url}/interview", {"slot": str(second.uid)})
    assert application.slot == second
    assert Notice.objects.filter(person=hiring.speaker, kind="talent.interview_chosen").count() == 2
    own = calendars.calendar_of(application.person, "https://a.example").to_ical().decode()
    theirs = calendars.calendar_of(hiring.speaker, "https://a.example").to_ical().decode()
    for calendar in (own, theirs):
        assert calendar.count("BEGIN:VEVENT") == 1
        assert str(second.uid) in calendar
    assert application.person.name not in theirs
    assert application.pseudonym in theirs
    other = calendars.calendar_of(invited(hiring).person, "https://a.example").to_ical().decode()
    assert "BEGIN:VEVENT" not in other


def test_an_applicant_sees_no_times_of_others(hiring: made.Hiring) -> None:
    taken = made.slot(hiring.opening, place="zq-room")
    one = invited(hiring)
    interviews.choose(one, taken, by=one.person)
    made.slot(hiring.opening, days=5)
    other = invited(hiring)
    page = people.client_of(other.person).get(f"/applications/{other.uid}").content.decode()
    assert "zq-room" not in page
    assert one.pseudonym not in page
    with pytest.raises(Denied) as refused:
        interviews.choose(other, taken, by=other.person)
    assert refused.value.refused.reason == "slot_taken"


def test_nobody_is_at_two_interviews_at_once(hiring: made.Hiring) -> None:
    elsewhere = made.hiring()
    here, there = made.slot(hiring.opening), made.slot(elsewhere.opening)
    one = invited(hiring)
    other = invited(elsewhere, person=one.person)
    interviews.choose(one, here, by=one.person)
    with pytest.raises(Denied) as refused:
        interviews.choose(other, there, by=one.person)
    assert refused.value.refused.reason == "slot_overlaps"


def test_times_are_checked_and_no_place_is_used_twice(hiring: made.Hiring) -> None:
    at, desk = clock.now() + timedelta(days=2), people.client_of(hiring.speaker)

    def codes(**fields: Any) -> list[str]:
        given = {"starts_at": at, "ends_at": at + timedelta(hours=1), "place": "A", **fields}
        try:
            interviews.add(by=hiring.speaker, opening=hiring.opening, **given)
        except Faulty as faulty:
            return [one.code for one in faulty.faults]
        return []

    assert codes() == []
    assert codes() == ["slot_place_in_use"]
    assert codes(place="B") == []
    past = clock.now() - timedelta(days=1)
    assert codes(starts_at=past, ends_at=past, place="", link="") == [
        "slot_in_the_past",
        "slot_ends_first",
        "slot_nowhere",
    ]
    assert codes(place="", link="http://a.example") == ["slot_no_https"]
    url = f"/openings/{hiring.opening.uid}/interviews"
    times = {"starts_at": f"{at:%Y-%m-%dT%H:%M}", "ends_at": f"{at:%Y-%m-%dT%H:%M}", "place": "C"}
    assert desk.post(url, times).status_code == 422
    assert (
        desk.post(url, {**times, "ends_at": f"{at + timedelta(hours=2):%Y-%m-%dT%H:%M}"}).status_code == 302
    )


def test_a_time_that_is_called_off_is_told_and_another_can_be_taken(hiring: made.Hiring) -> None:
    slot, other = made.slot(hiring.opening), made.slot(hiring.opening, days=6)
    application = invited(hiring)
    interviews.choose(application, slot, by=application.person)
    url = f"/openings/{hiring.opening.uid}/interviews/{slot.uid}/call-off"
    assert people.client_of(application.person).post(url).status_code == 403
    assert people.client_of(hiring.speaker).post(url).status_code == 302
    assert Notice.objects.filter(person=application.person, kind="talent.interview_called_off").exists()
    interviews.choose(application, other, by=application.person)
    assert InterviewSlot.objects.get().taken_by == application


@pytest.mark.django_db(transaction=True)
def test_a_time_is_taken_once_however_many_choose_it_at_once() -> None:
    hiring = made.hiring()
    slot = made.slot(hiring.opening)
    crowd = [invited(hiring) for _ in range(8)]

    def choose(application: Application) -> str:
        try:
            interviews.choose(application, slot, by=application.person)
        except Denied as denied:
            return denied.refused.reason
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(choose, crowd))
    assert sorted(found) == ["slot_taken"] * 7 + ["taken"]
