"""Making a cohort and changing it: every fault at once, nothing typed is lost, and another syllabus is told to everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.learn.actions import versions
from dure.learn.cohorts import by_date, making, places
from dure.learn.models import Cohort, Course, Place
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.course_files import QUIZ, laid

pytestmark = pytest.mark.django_db


def second_version(course: Course, tmp_path: Path) -> None:
    folder = laid(tmp_path / "second", **{"units/01-first/quiz.yaml": QUIZ.replace("points: 2", "points: 3")})
    versions.take_shipped(folder, organisation=course.organisation, authors=list(course.authors.all()))
    course.refresh_from_db()


def typed(course: Course, **changed: Any) -> dict[str, Any]:
    """The same as a browser sends it."""
    given = cohorts.values(course, **changed)
    home = {"seats": 3, "sponsor": course.organisation_id, "reserved_for": ""}
    return home | given | {"coaches": "\n".join(given["coaches"])}


def test_who_writes_the_course_makes_a_cohort_on_a_page(course: Course, teacher: Person) -> None:
    coach = people.person()
    browser = people.client_of(teacher)
    assert browser.get(f"/courses/{course.slug}/cohorts/new").status_code == 200
    given = typed(course, coaches=[coach.email, str(teacher.uid)])
    answer = browser.post(f"/courses/{course.slug}/cohorts/new", given)
    made = Cohort.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cohorts/{made.uid}")
    assert made.state == "draft"
    assert set(made.coaches.all()) == {coach, teacher}
    assert made.circle.kind == "cohort"
    assert {one.person for one in made.circle.members.filter(until=None)} == {coach, teacher}
    assert len(bytes(made.code_key)) == 32
    assert made.blocks.get().seats == 3
    assert Notice.objects.get(person=coach).kind == "learn.cohort_coaching"
    assert browser.get(f"/cohorts/{made.uid}").status_code == 200


def test_the_keys_of_two_cohorts_differ(course: Course, teacher: Person) -> None:
    one, two = (making.make(by=teacher, course=course, values=cohorts.values(course)) for _ in range(2))
    assert bytes(one.code_key) != bytes(two.code_key)


def test_every_fault_is_told_at_once_and_nothing_typed_is_lost(course: Course, teacher: Person) -> None:
    today = clock.today()
    wrong = typed(
        course,
        name_ko=" ",
        name_en="",
        ends_on=today - timedelta(days=1),
        starts_on=today,
        apply_until=today + timedelta(days=90),
        attendance_asked=130,
        coaches=["nobody@example.org"],
        seats=5000,
        term="a term of its own",
    )
    answer = people.client_of(teacher).post(f"/courses/{course.slug}/cohorts/new", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for said in ("Write a name", "must not be before", "cannot apply after", "percent, from 0 to 100"):
        assert said in page
    assert "nobody@example.org" in page
    assert "Enter from 1 to 1000 seats." in page
    assert 'value="a term of its own"' in page
    assert not Cohort.objects.exists()


def test_a_programme_is_one_of_the_makers(course: Course, teacher: Person) -> None:
    own, other = cohorts.programme(course.organisation), cohorts.programme(people.organisation())
    made = making.make(by=teacher, course=course, values=cohorts.values(course, programme=own.slug))
    assert made.programme == own
    with pytest.raises(Faulty) as refused:
        making.make(by=teacher, course=course, values=cohorts.values(course, programme=other.slug))
    assert [fault.code for fault in refused.value.faults] == ["no_such_programme"]


def test_only_published_versions_and_only_by_those_who_write_the_course(
    course: Course, teacher: Person
) -> None:
    with pytest.raises(Faulty):
        making.make(by=teacher, course=course, values=cohorts.values(course, version=7))
    stranger = people.person(roles=["instructor"])
    with pytest.raises(Denied):
        making.make(by=stranger, course=course, values=cohorts.values(course))
    assert people.client_of(stranger).get(f"/courses/{course.slug}/cohorts/new").status_code == 403
    assert Client().get(f"/courses/{course.slug}/cohorts/new").status_code == 403


def test_another_version_moves_and_tells_everybody_and_stands_in_the_trail(
    course: Course, teacher: Person, led: Cohort, tmp_path: Path
) -> None:
    inside, waiting = people.person(language="en"), people.person()
    place = places.apply(by=inside, cohort=led)
    Place.objects.create(cohort=led, person=waiting, state="waiting")
    second_version(course, tmp_path)
    browser = people.client_of(teacher)
    form = browser.get(f"/cohorts/{led.uid}/edit").context["form"].initial
    assert browser.post(f"/cohorts/{led.uid}/edit", form | {"version": 2}).status_code == 302
    led.refresh_from_db()
    assert led.version.number == 2
    assert place.enrolment is not None
    place.enrolment.refresh_from_db()
    assert place.enrolment.version.number == 2
    told = Notice.objects.filter(kind="learn.cohort_syllabus")
    assert {one.person for one in told} == {inside, waiting}
    entry = AuditEntry.objects.get(action="cohort.syllabus_changed")
    assert (entry.detail["before"], entry.detail["after"], entry.detail["moved"]) == (1, 2, 1)
    page = people.client_of(inside).get(f"/cohorts/{led.uid}").content.decode()
    assert "Version 1 → version 2" in page


def test_what_is_not_changed_is_not_told(course: Course, teacher: Person, led: Cohort) -> None:
    places.apply(by=people.person(), cohort=led)
    Notice.objects.all().delete()
    making.change(by=teacher, cohort=led, values=cohorts.values(course, name_en="Renamed"))
    led.refresh_from_db()
    assert led.name_en == "Renamed"
    assert not Notice.objects.exists()
    assert AuditEntry.objects.get(action="cohort.changed").detail["changed"] == ["name_en", "name_ko", "term"]


def test_who_coaches_no_more_is_out_of_the_circle(course: Course, teacher: Person, led: Cohort) -> None:
    coach = people.person()
    making.change(by=teacher, cohort=led, values=cohorts.values(course, coaches=[coach.email]))
    assert [one.person for one in led.circle.members.filter(until=None)] == [coach]
    with pytest.raises(Faulty):
        making.change(by=teacher, cohort=led, values=cohorts.values(course, coaches=[" "]))


def test_a_cohort_that_is_over_does_not_change(course: Course, teacher: Person, led: Cohort) -> None:
    Cohort.objects.filter(pk=led.pk).update(state="over")
    with pytest.raises(Denied) as refused:
        making.change(by=teacher, cohort=led, values=cohorts.values(course))
    assert refused.value.refused.reason == "cohort_is_over"


def test_coaches_open_begin_and_end_it_on_its_page(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, is_open=False)
    learner, browser = people.person(), people.client_of(teacher)
    address = f"/cohorts/{led.uid}"
    assert people.client_of(learner).get(address).status_code == 404
    assert browser.post(f"{address}/act", {"action": "open"}).status_code == 302
    place = places.apply(by=learner, cohort=led)
    assert people.client_of(learner).post(f"{address}/act", {"action": "begin"}).status_code == 403
    browser.post(f"{address}/act", {"action": "begin"})
    browser.post(f"{address}/act", {"action": "end"})
    led.refresh_from_db()
    place.refresh_from_db()
    assert (led.state, place.state) == ("over", "finished")
    assert "You took part to the end." in _english(learner).get(address).content.decode()


def _english(person: Person) -> Client:
    client = people.client_of(person)
    client.cookies["dure_language"] = "en"
    return client


def test_calling_off_asks_why_and_tells_everybody(teacher: Person, led: Cohort) -> None:
    learner, browser = people.person(), people.client_of(teacher)
    place = places.apply(by=learner, cohort=led)
    without = browser.post(f"/cohorts/{led.uid}/act", {"action": "call_off", "reason": " "})
    assert without.status_code == 422
    browser.post(f"/cohorts/{led.uid}/act", {"action": "call_off", "reason": "Too few people"})
    led.refresh_from_db()
    place.refresh_from_db()
    assert (led.state, place.state, led.circle.closed_at is not None) == ("cancelled", "removed", True)
    told = Notice.objects.get(person=learner, kind="learn.cohort_called_off")
    assert told.params["reason"] == "Too few people"
    assert not Notice.objects.filter(kind="learn.cohort_removed").exists()


def test_who_has_begun_keeps_the_place_of_a_cohort_that_is_called_off(teacher: Person, led: Cohort) -> None:
    place = places.apply(by=people.person(), cohort=led)
    begun = workflow.perform(led, "begin", by=teacher)
    workflow.perform(begun, "call_off", by=teacher, data={"reason": "the coach is ill"})
    place.refresh_from_db()
    block = led.blocks.get()
    assert (place.state, block.seats - block.returned) == ("in", 1)


def test_time_begins_and_ends_cohorts_once(led: Cohort) -> None:
    place = places.apply(by=people.person(), cohort=led)
    assert by_date.by_date(clock.now()) == 0
    for days, state in ((7, "running"), (37, "running"), (38, "over")):
        moment = clock.now() + timedelta(days=days)
        with clock.at(moment):
            by_date.by_date(moment)
            assert by_date.by_date(moment) == 0
        led.refresh_from_db()
        assert led.state == state
    place.refresh_from_db()
    assert place.state == "finished"
