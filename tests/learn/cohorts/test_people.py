"""Who is in a cohort, for whom: those who lead it decide in place; a sponsor reads its own people; nobody reads a rival's."""

from datetime import timedelta

import pytest
from django.test import Client

from dure.foundation import clock
from dure.foundation.models import Notice
from dure.learn.actions import events
from dure.learn.cohorts import places
from dure.learn.models import Attendance, Cohort, Course, LearningEvent, Place
from dure.people.models import Membership, Organisation, Person
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db


def browser_of(person: Person) -> Client:
    client = people.client_of(person)
    client.cookies["dure_language"] = "en"
    return client


def page(person: Person, address: str) -> str:
    answer = browser_of(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def worker(firm: Organisation, name: str) -> Person:
    made = people.person(name_en=name, name_ko=name)
    people.member(made, firm)
    return made


def speaker(firm: Organisation) -> Person:
    made = people.person()
    people.member(made, firm, Membership.Role.REPRESENTATIVE)
    return made


@pytest.fixture
def firm() -> Organisation:
    return people.organisation()


@pytest.fixture
def rival() -> Organisation:
    return people.organisation()


def test_coaches_decide_on_the_page_and_people_are_told(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, seats=1, admission="selected")
    good, late, bad = (
        places.apply(by=people.person(language="en"), cohort=led, motive="because") for _ in range(3)
    )
    browser, address = browser_of(teacher), f"/cohorts/{led.uid}/people"
    assert "because" in page(teacher, address)

    def decide(place: Place, **given: str) -> int:
        return browser.post(f"{address}/{place.uid}/act", given).status_code

    assert decide(good, action="accept") == 302
    assert decide(late, action="accept") == 403
    assert decide(late, action="queue") == 302
    assert decide(bad, action="decline") == 422
    assert decide(bad, action="decline", reason="Another class fits better") == 302
    assert decide(good, action="remove", reason="Never came") == 302
    for place in (good, late, bad):
        place.refresh_from_db()
    assert [good.state, late.state, bad.state] == ["removed", "in", "declined"]
    told = dict(Notice.objects.order_by("pk").values_list("person_id", "kind"))
    assert told[bad.person_id] == "learn.cohort_declined"
    assert told[good.person_id] == "learn.cohort_removed"
    assert Notice.objects.get(kind="learn.cohort_declined").params["reason"] == "Another class fits better"


def test_the_roster_is_narrowed_by_state_and_organisation(
    led: Cohort, teacher: Person, firm: Organisation
) -> None:
    places.apply(by=worker(firm, "Ours Alone"), cohort=led, organisation=firm)
    for name in ("Somebody Else", "Waiting One"):
        places.apply(by=people.person(name_en=name, name_ko=name), cohort=led)
    address = f"/cohorts/{led.uid}/people"
    assert "Somebody Else" not in page(teacher, f"{address}?organisation={firm.slug}")
    assert "Ours Alone" not in page(teacher, f"{address}?state=waiting")
    assert "Nobody is like this" in page(teacher, f"{address}?state=declined")
    rest = browser_of(teacher).get(f"/api/v1/cohorts/{led.uid}/people?state=waiting").json()
    assert [one["name"] for one in rest["items"]] == ["Waiting One"]


def test_deciding_over_rest(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, admission="selected")
    place = places.apply(by=people.person(), cohort=led)
    address = f"/api/v1/cohorts/{led.uid}/people/{place.uid}/act"
    browser = people.client_of(teacher)
    done = browser.post(address, {"action": "accept"}, content_type="application/json")
    assert (done.status_code, done.json()["state"]) == (200, "in")
    without = browser.post(address, {"action": "remove"}, content_type="application/json")
    assert (without.status_code, without.json()["code"]) == (403, "no_reason")
    other = cohorts.cohort(course)
    elsewhere = f"/api/v1/cohorts/{other.uid}/people/{place.uid}/act"
    assert browser.post(elsewhere, {"action": "accept"}, content_type="application/json").status_code == 404


def test_a_sponsor_reads_seats_and_its_own_people_alone(
    led: Cohort, teacher: Person, firm: Organisation, rival: Organisation
) -> None:
    cohorts.block(led, firm, seats=5, reserved_for=firm)
    cohorts.block(led, rival, seats=9, reserved_for=rival)
    ours = places.apply(by=worker(firm, "Ours Alone"), cohort=led, organisation=firm)
    places.apply(by=worker(rival, "Rival Person"), cohort=led, organisation=rival)
    assert ours.enrolment is not None
    given = {"right": True, "points": 1.0, "given": ["a secret answer"]}
    events.record(ours.enrolment, LearningEvent.Verb.ANSWERED, "quiz/pick", **given)
    session = cohorts.session(led, clock.now() - timedelta(hours=3))
    for minutes in (30, 90):
        Attendance.objects.create(session=session, place=ours, status="present", minutes=minutes, way="staff")
    address = f"/cohorts/{led.uid}/sponsor"
    said = page(speaker(firm), f"{address}/{firm.slug}")
    assert "Ours Alone" in said
    assert "1:30" in said
    for hidden in ("Rival Person", rival.name_en, "a secret answer"):
        assert hidden not in said
    links = page(speaker(firm), f"/cohorts/{led.uid}")
    assert f"{address}/{firm.slug}" in links
    assert f"{address}/{rival.slug}" not in links
    for outsider in (speaker(rival), worker(firm, "A colleague"), people.person()):
        assert browser_of(outsider).get(f"{address}/{firm.slug}").status_code == 403
        for part in ("seats", "people"):
            rest = f"/api/v1/cohorts/{led.uid}/sponsor/{firm.slug}/{part}"
            assert browser_of(outsider).get(rest).status_code == 403
    rest = browser_of(speaker(firm)).get(f"/api/v1/cohorts/{led.uid}/sponsor/{firm.slug}/people").json()
    assert [(one["name"], one["minutes"]) for one in rest["items"]] == [("Ours Alone", 90)]
    blocks = browser_of(speaker(firm)).get(f"/api/v1/cohorts/{led.uid}/sponsor/{firm.slug}/seats").json()
    assert [(one["seats"], one["taken"]) for one in blocks["items"]] == [(5, 1)]
    assert "Ours Alone" in page(people.person(roles=["auditor"]), f"{address}/{firm.slug}")


def test_an_employer_does_not_learn_who_only_applied(course: Course, firm: Organisation) -> None:
    led = cohorts.cohort(course, admission="selected")
    cohorts.block(led, firm, seats=2, reserved_for=firm)
    places.apply(by=worker(firm, "Quiet Applicant"), cohort=led, organisation=firm)
    assert "Quiet Applicant" not in page(speaker(firm), f"/cohorts/{led.uid}/sponsor/{firm.slug}")


def test_who_reads_what_is_inside(course: Course, led: Cohort, teacher: Person, rival: Organisation) -> None:
    learner, elsewhere = people.person(), people.person()
    places.apply(by=learner, cohort=led)
    places.apply(by=elsewhere, cohort=cohorts.cohort(course))
    auditor, coach = people.person(roles=["auditor"]), people.person()
    led.coaches.add(coach)
    address = f"/cohorts/{led.uid}"
    expected = {
        "people": {"teacher", "coach", "auditor"},
        "seats": {"teacher", "coach", "auditor"},
        "news": {"teacher", "coach", "auditor", "learner"},
        "edit": {"teacher", "coach"},
    }
    readers = {
        "teacher": teacher,
        "coach": coach,
        "auditor": auditor,
        "learner": learner,
        "elsewhere": elsewhere,
        "rival": speaker(rival),
        "stranger": None,
    }
    for part, may in expected.items():
        found = set()
        for name, person in readers.items():
            browser = people.client_of(person) if person else Client()
            answer = browser.get(f"{address}/{part}")
            assert answer.status_code in (200, 403), (part, name)
            found |= {name} if answer.status_code == 200 else set()
        assert found == may, part
    assert "motive" not in page(auditor, f"{address}/people")
    assert browser_of(auditor).post(f"{address}/seats", {}).status_code == 403


def test_news_is_told_to_everybody_inside(led: Cohort, teacher: Person) -> None:
    learner, coach = people.person(), people.person()
    led.coaches.add(coach)
    places.apply(by=learner, cohort=led)
    browser, address = browser_of(teacher), f"/cohorts/{led.uid}/news"
    missing = browser.post(address, {"title": "Kept title", "body": ""})
    assert missing.status_code == 422
    assert "Kept title" in missing.content.decode()
    assert browser.post(address, {"title": "Room moved", "body": "We meet in **B**."}).status_code == 302
    told = Notice.objects.filter(kind="learn.cohort_news")
    assert {one.person for one in told} == {learner, coach}
    said = page(learner, address)
    assert "Room moved" in said
    assert "<strong>B</strong>" in said
    assert browser_of(learner).post(address, {"title": "x", "body": "y"}).status_code == 403
    rest = people.client_of(teacher).post(
        f"/api/v1{address}", {"title": " ", "body": ""}, content_type="application/json"
    )
    assert {one["code"] for one in rest.json()["faults"]} == {"no_news_title", "no_news_body"}
    assert len(browser_of(learner).get(f"/api/v1{address}").json()["items"]) == 1


def test_the_gradebook_of_a_cohort_is_for_those_who_lead_it(
    course: Course, led: Cohort, teacher: Person
) -> None:
    inside, alone, coach = people.person(name_en="Inside"), people.person(name_en="Alone"), people.person()
    for person in (inside, alone):
        person.name_ko = person.name_en
        person.save()
    place = places.apply(by=inside, cohort=led)
    places.apply(by=alone, cohort=cohorts.cohort(course))
    led.coaches.add(coach)
    address = f"/courses/{course.slug}/learners"
    for person in (teacher, coach):
        said = page(person, f"{address}?cohort={led.uid}")
        assert "Inside" in said
        assert "Alone" not in said
        exported = browser_of(person).get(f"{address}/export?cohort={led.uid}").content.decode()
        assert ("Inside" in exported, "Alone" in exported) == (True, False)
        names = browser_of(person).get(f"/api/v1{address}?cohort={led.uid}").json()["items"]
        assert [one["name"] for one in names] == ["Inside"]
    assert place.enrolment is not None
    assert browser_of(coach).get(f"{address}/{place.enrolment.uid}").status_code == 200
    assert browser_of(coach).get(address).status_code == 403
    for outsider in (inside, people.person()):
        assert browser_of(outsider).get(f"{address}?cohort={led.uid}").status_code == 403
    assert browser_of(teacher).get(f"{address}?cohort=nonsense").status_code == 404
