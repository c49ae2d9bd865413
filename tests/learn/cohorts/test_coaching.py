"""Questions to coaches: who reads a thread, who is told, and what is left when an account goes."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock
from dure.foundation.access import Denied, Hidden
from dure.foundation.models import Notice
from dure.learn.cohorts import leaving_coached, places, threads
from dure.learn.models import CoachMessage, Cohort, Grading, Lab, LabAttempt, Place
from dure.people.events import AccountDeleted
from dure.people.models import Membership, Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db
REST = "/api/v1/cohorts"


@pytest.fixture
def led(tmp_path: Path) -> Cohort:
    return cohorts.cohort(open_course(tmp_path), seats=9)


@pytest.fixture
def coach(led: Cohort) -> Person:
    """A coach who does not write the course."""
    made = people.person(language="en", name_en="Coach Han")
    led.coaches.set([made])
    return made


@pytest.fixture
def asked(led: Cohort, coach: Person) -> CoachMessage:
    """A question of a learner, about an attempt."""
    place = placed(led, name_en="Kim Sora")
    return threads.write(
        by=place.person, place=place, unit="01-first", body="Why **three**?", attempt=attempted(place).uid
    )


def placed(led: Cohort, **fields: Any) -> Place:
    return places.apply(by=people.person(language="en", **fields), cohort=led)


def attempted(place: Place) -> LabAttempt:
    assert place.enrolment is not None
    lab = Lab.objects.get()
    made = LabAttempt.objects.create(
        enrolment=place.enrolment, unit="01-first", kind="hand_in", source=lab.tests
    )
    Grading.objects.create(attempt=made, lab=lab, job=made.uid, state="done", points=1, out_of=4)
    return made


def page_of(message: CoachMessage) -> str:
    return f"/cohorts/{message.place.cohort.uid}/questions/{message.place.uid}/units/{message.unit}"


def rest_of(message: CoachMessage) -> str:
    return f"{REST}/{message.place.cohort.uid}/questions/{message.place.uid}?unit={message.unit}"


def test_a_learner_asks_and_a_coach_answers_and_each_is_told(asked: CoachMessage, coach: Person) -> None:
    learner = people.client_of(asked.place.person)
    assert Notice.objects.get(kind="learn.coach_asked").person == coach
    answered = people.client_of(coach).post(page_of(asked), {"body": "Look at **the split**."}, follow=True)
    assert "<strong>the split</strong>" in answered.content.decode()
    notice = Notice.objects.get(kind="learn.coach_answered")
    assert (notice.person, notice.url) == (asked.place.person, page_of(asked))
    page = learner.get(page_of(asked)).content.decode()
    assert page.index("<strong>three</strong>") < page.index("<strong>the split</strong>")


def test_the_coach_reads_the_code_of_an_attempt_that_was_referred_to_and_of_no_other(
    asked: CoachMessage, coach: Person
) -> None:
    client = people.client_of(coach)
    assert asked.attempt is not None
    code = f"/lab-attempts/{asked.attempt.uid}/source"
    assert code in client.get(page_of(asked)).content.decode()
    source = client.get(code)
    assert source.status_code == 200
    assert source.getvalue()
    other = attempted(asked.place)
    assert client.get(f"/lab-attempts/{other.uid}/source").status_code == 404
    asked.place.cohort.coaches.clear()
    assert client.get(code).status_code == 404


def test_nobody_else_reads_a_thread(asked: CoachMessage, led: Cohort) -> None:
    sponsor, elsewhere = people.person(), people.person()
    people.member(sponsor, led.course.organisation, Membership.Role.REPRESENTATIVE)
    cohorts.cohort(led.course).coaches.set([elsewhere])
    fellow = placed(led).person
    auditor = people.person(roles=["auditor"])
    for person in (sponsor, elsewhere, fellow, auditor):
        client = people.client_of(person)
        assert client.get(page_of(asked)).status_code == 404
        assert client.post(page_of(asked), {"body": "x"}).status_code == 404
        assert client.get(rest_of(asked)).status_code == 404
        assert "Kim Sora" not in client.get(f"/cohorts/{led.uid}/questions").content.decode()
        assert "Kim Sora" not in client.get(f"{REST}/{led.uid}/questions").content.decode()
    assert Client().get(page_of(asked)).status_code == 403
    assert CoachMessage.objects.count() == 1


def test_a_thread_of_another_cohort_or_unit_is_not_there(asked: CoachMessage, led: Cohort) -> None:
    other = cohorts.cohort(led.course)
    client = people.client_of(led.course.authors.get())
    assert client.get(page_of(asked)).status_code == 200
    assert client.get(page_of(asked).replace(str(led.uid), str(other.uid))).status_code == 404
    assert client.get(page_of(asked).replace("01-first", "09-none")).status_code == 404


def test_one_refers_to_attempts_of_ones_own_alone(asked: CoachMessage, led: Cohort, coach: Person) -> None:
    other = placed(led)
    with pytest.raises(Hidden):
        threads.write(
            by=other.person, place=other, unit="01-first", body="x", attempt=attempted(asked.place).uid
        )
    with pytest.raises(Hidden):
        threads.write(
            by=coach, place=asked.place, unit="01-first", body="x", attempt=attempted(asked.place).uid
        )
    assert CoachMessage.objects.count() == 1


def test_what_waits_for_an_answer_stands_first_the_longest_first(
    asked: CoachMessage, led: Cohort, coach: Person
) -> None:
    later, done = placed(led, name_en="Lee Later"), placed(led, name_en="Park Done")
    threads.write(by=done.person, place=done, body="Thanks?")
    threads.write(by=coach, place=done, body="Welcome.")
    threads.write(by=later.person, place=later, unit="02-second", body="And then?")
    page = people.client_of(coach).get(f"/cohorts/{led.uid}/questions").content.decode()
    assert page.index("Kim Sora") < page.index("Lee Later") < page.index("Park Done")
    assert page.count("waits for an answer") == 2
    mine = people.client_of(later.person).get(f"/cohorts/{led.uid}/questions").content.decode()
    assert "Kim Sora" not in mine
    assert "And then?" in mine


def test_a_learner_writes_twenty_an_hour_and_what_was_typed_is_kept(asked: CoachMessage) -> None:
    client = people.client_of(asked.place.person)
    for number in range(19):
        assert client.post(page_of(asked), {"body": f"{number}"}).status_code == 302
    refused = client.post(page_of(asked), {"body": "One more word"})
    assert refused.status_code == 403
    assert "One more word" in refused.content.decode()
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert client.post(page_of(asked), {"body": "now"}).status_code == 302


@pytest.mark.parametrize("body", ["", "  \n", "x" * 8001])
def test_what_is_no_message_is_named(asked: CoachMessage, body: str) -> None:
    answered = people.client_of(asked.place.person).post(page_of(asked), {"body": body})
    assert answered.status_code == 422
    assert CoachMessage.objects.count() == 1


def test_markdown_brings_no_script(asked: CoachMessage) -> None:
    client = people.client_of(asked.place.person)
    client.post(page_of(asked), {"body": "<script>alert(1)</script><b onclick=x>hello</b>"})
    page = client.get(page_of(asked)).content.decode()
    assert "alert(1)" not in page
    assert "onclick" not in page


def test_who_gave_up_the_place_reads_and_writes_no_more(asked: CoachMessage) -> None:
    places.act(asked.place, "withdraw", by=asked.place.person)
    client = people.client_of(asked.place.person)
    assert "three" in client.get(page_of(asked)).content.decode()
    assert client.post(page_of(asked), {"body": "x"}).status_code == 403
    with pytest.raises(Denied):
        threads.write(by=asked.place.person, place=Place.objects.get(pk=asked.place.pk), body="x")


def test_the_unit_page_leads_to_the_thread_and_the_result_too(asked: CoachMessage) -> None:
    page = people.client_of(asked.place.person).get("/courses/tiny/units/01-first").content.decode()
    assert f'href="{page_of(asked)}"' in page
    assert f"{page_of(asked)}?attempt=" in page
    assert (
        "Ask a coach"
        not in people.client_of(people.person()).get("/courses/tiny/units/01-first").content.decode()
    )


def test_rest_asks_and_answers(led: Cohort, coach: Person) -> None:
    place = placed(led)
    learner, path = people.client_of(place.person), f"{REST}/{led.uid}/questions"
    body = json.dumps({"body": "Where?", "unit": "02-second"})
    assert learner.post(f"{path}/{place.uid}", body, content_type="application/json").status_code == 201
    (thread,) = people.client_of(coach).get(path).json()["items"]
    assert (thread["unit"], thread["waits"]) == ("02-second", True)
    (message,) = learner.get(f"{path}/{place.uid}?unit=02-second").json()["items"]
    assert (message["body"], message["is_learner"]) == ("Where?", True)
    assert learner.get(f"{path}/{place.uid}").json()["items"] == []


def test_messages_leave_with_their_author(asked: CoachMessage, coach: Person) -> None:
    threads.write(by=coach, place=asked.place, unit="01-first", body="An answer")
    packed = people.client_of(asked.place.person).get("/me/export").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = json.loads(archive.read("coaching.json"))["messages"]
    assert [(one["mine"], one["body"]) for one in told] == [(True, "Why **three**?"), (False, "An answer")]
    leaving_coached.forget(AccountDeleted(asked.place.person_id))
    assert [(one.body, one.attempt) for one in CoachMessage.objects.order_by("pk")] == [
        ("", None),
        ("An answer", None),
    ]


def test_the_inbox_asks_the_same_of_the_database_for_forty_threads(
    asked: CoachMessage, led: Cohort, coach: Person, django_assert_max_num_queries: Any
) -> None:
    cohorts.block(led, led.course.organisation, seats=40)
    for _ in range(30):
        place = placed(led)
        threads.write(by=place.person, place=place, body="?")
        CoachMessage.objects.create(place=asked.place, unit="01-first", author=coach, body="!")
    for client, path in (
        (people.client_of(coach), f"/cohorts/{led.uid}/questions"),
        (people.client_of(asked.place.person), page_of(asked)),
    ):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
