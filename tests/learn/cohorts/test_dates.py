"""Due dates: told after they have passed and not before, moved for one person, late work accepted and marked."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock, notices
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.learn.actions import events
from dure.learn.cohorts import dates, lateness, places
from dure.learn.cohorts.due import due_at
from dure.learn.models import Cohort, Credential, DueDate, Enrolment, Grading, Lab, LabAttempt, Place
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.course_files import QUIZ
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db
UNIT = "/courses/tiny/units/01-first"
REST = "/api/v1"
LATE_QUIZ = QUIZ.replace("id: pick, kind: single,", "id: pick, kind: single, feedback: after_due,")


@pytest.fixture
def led(tmp_path: Path) -> Cohort:
    """A cohort of a course in which one question tells after its date; it is due in ten days."""
    made = cohorts.cohort(open_course(tmp_path, **{"units/01-first/quiz.yaml": LATE_QUIZ}), seats=9)
    DueDate.objects.create(cohort=made, unit="01-first", due_at=clock.now() + timedelta(days=10))
    return made


def placed(led: Cohort) -> Place:
    return places.apply(by=people.person(language="en"), cohort=led)


def answer(person: Person, item: str, given: str) -> str:
    client = people.client_of(person)
    response = client.post(f"{UNIT}/questions/{item}", {"given": given}, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.content
    return response.content.decode()


def told(person: Person) -> str:
    """Everything about their answers that a learner can read, in one text."""
    client = people.client_of(person)
    pages = [UNIT, "/courses/tiny", "/path", f"{REST}/courses/tiny/standing", f"{REST}/learning/events"]
    texts = [client.get(page).content.decode() for page in pages]
    packed = client.get("/me/export").content
    if packed[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            texts.append(archive.read("learning.json").decode())
    return "\n".join(texts)


def after(days: float) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def standing_of(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = people.client_of(person).get(f"{REST}/courses/tiny/standing").json()
    return found


def test_a_date_is_moved_by_ones_own_days_and_by_nothing_else() -> None:
    at = datetime.fromisoformat("2026-03-01T00:00:00+09:00")
    assert due_at({"a": at}, "a", extension_days=3) == datetime.fromisoformat("2026-03-04T00:00:00+09:00")
    assert due_at({"a": at}, "a") == at
    assert due_at({"a": at}, "b", extension_days=3) is None


def test_what_tells_after_the_date_tells_nothing_before_it_also_when_the_course_is_completed(
    led: Cohort,
) -> None:
    right, wrong = placed(led).person, placed(led).person
    for person, given in ((right, "1"), (wrong, "0")):
        assert "Received" in answer(person, "pick", given)
    Enrolment.objects.update(state="completed")
    for person in (right, wrong):
        text = told(person)
        assert "right one" not in text
        assert "wrong one" not in text
        assert '"right"' not in text
        found = standing_of(person)
        assert found["items"]["quiz/pick"]["points"] is None
        assert found["quizzes"] == 0
    with after(10.5):
        assert "right one" in told(right)
        assert standing_of(right)["items"]["quiz/pick"]["points"] == 1
        assert "wrong one" in told(wrong)


def test_a_person_with_more_days_is_told_later(led: Cohort) -> None:
    first, second = placed(led), placed(led)
    dates.extend(by=led.coaches.get(), place=second, days=5)
    for place in (first, second):
        answer(place.person, "pick", "1")
    with after(12):
        assert "right one" in told(first.person)
        assert "right one" not in told(second.person)
    with after(15.5):
        assert "right one" in told(second.person)


def test_a_unit_without_a_date_tells_when_the_course_is_completed(led: Cohort) -> None:
    DueDate.objects.all().delete()
    person = placed(led).person
    answer(person, "pick", "1")
    assert "right one" not in told(person)
    Enrolment.objects.update(state="completed")
    assert "right one" in told(person)


def test_the_badge_says_no_percentage_that_would_tell_before_the_date(led: Cohort) -> None:
    place = placed(led)
    enrolment = place.enrolment
    assert enrolment is not None
    for unit in ("01-first", "02-second"):
        events.record(enrolment, events.Verb.READ, f"unit/{unit}")
    for item, points in (("pick", 1), ("many", 2), ("count", 1), ("word", 1)):
        events.record(
            enrolment, events.Verb.ANSWERED, f"quiz/{item}", right=True, points=points, given=["1"], skill="x"
        )
    events.record(enrolment, events.Verb.GRADED, "lab/01-first", points=4, of=4, attempt="a")
    badge = Credential.objects.get()
    assert [one["key"] for one in badge.content["results"]] == ["labs"]


def handed_in(place: Place, points: float, *, days: float) -> LabAttempt:
    """An attempt handed in so many days from now, graded a day later."""
    assert place.enrolment is not None
    with after(days):
        attempt = LabAttempt.objects.create(
            enrolment=place.enrolment, unit="01-first", kind="hand_in", source=Lab.objects.get().tests
        )
        Grading.objects.create(
            attempt=attempt, lab=Lab.objects.get(), job=attempt.uid, state="done", points=points, out_of=4
        )
    with after(days + 1):
        events.record(
            place.enrolment,
            events.Verb.GRADED,
            "lab/01-first",
            points=points,
            of=4,
            attempt=str(attempt.uid),
        )
    return attempt


def late_of(place: Place) -> lateness.Late:
    assert place.enrolment is not None
    taught = {place.enrolment.version_id: place.enrolment.version.taught}
    return lateness.late_of([place.enrolment], taught)[0].get(place.enrolment.pk, {})


def test_late_is_what_counts_and_came_after_the_date_not_what_was_graded_after_it(led: Cohort) -> None:
    in_time, tried_on, better = placed(led), placed(led), placed(led)
    handed_in(in_time, 4, days=9.5)
    handed_in(tried_on, 4, days=1)
    handed_in(tried_on, 4, days=12)
    handed_in(better, 1, days=1)
    attempt = handed_in(better, 4, days=12)
    assert late_of(in_time) == {}
    assert late_of(tried_on) == {}
    assert late_of(better) == {"lab/01-first": attempt.made_at}
    dates.extend(by=led.coaches.get(), place=better, days=3)
    assert late_of(better) == {}


def test_late_work_counts_and_is_marked_for_learner_and_instructor(led: Cohort) -> None:
    place = placed(led)
    assert place.enrolment is not None
    with after(11):
        assert "Late:" in answer(place.person, "many", "0")
        events.record(
            place.enrolment,
            events.Verb.ANSWERED,
            "quiz/word",
            right=True,
            points=1,
            given=["kfold"],
            skill="x",
        )
    handed_in(place, 4, days=12)
    teacher = people.client_of(led.coaches.get())
    with after(14):
        page = people.client_of(place.person).get(UNIT).content.decode()
        assert "was due" in page
        assert "marked late, and count" in page
        assert "Handed in late" in page
        assert standing_of(place.person)["labs"] == 100
        row = teacher.get(f"{REST}/courses/tiny/learners").json()["items"][0]
        assert row["units"]["01-first"]["lab_late"] is True
        assert row["units"]["01-first"]["questions_late"] is True
        assert ">late<" in teacher.get("/courses/tiny/learners").content.decode()
        uid = place.enrolment.uid
        assert teacher.get(f"/courses/tiny/learners/{uid}").content.decode().count("Late:") == 3
        mine = people.client_of(place.person).get(f"{REST}/courses/tiny/units/01-first/attempts").json()
        assert [one["late"] for one in mine["items"]] == [True]
        sheet = teacher.get("/courses/tiny/learners/export?form=csv").content.decode()
        assert "Handed in late" in sheet


def test_the_lesson_says_when_it_is_due_and_how_long_is_left_once_it_is_near(led: Cohort) -> None:
    client = people.client_of(placed(led).person)
    page = client.get(UNIT).content.decode()
    assert "are due" in page
    assert "left." not in page
    with after(7.5):
        assert "2 days left." in client.get(UNIT).content.decode()
    assert "are due" not in people.client_of(people.person(language="en")).get(UNIT).content.decode()


def test_what_is_due_soon_waits_for_the_learner_until_it_is_done(led: Cohort) -> None:
    place = placed(led)
    assert notices.todos(place.person) == []
    with after(4):
        (todo,) = notices.todos(place.person)
        assert (todo.title in {"첫 단원", "First unit"}, todo.url) == (True, UNIT)
        dates.extend(by=led.coaches.get(), place=place, days=9)
        assert notices.todos(place.person) == []
        assert notices.todos(led.coaches.get()) == []
    dates.extend(by=led.coaches.get(), place=place, days=0)
    assert place.enrolment is not None
    place.enrolment.standing.read = ["01-first"]
    names = [f"quiz/{name}" for name in ("pick", "many", "count", "word", "sort", "prints")] + [
        "lab/01-first"
    ]
    place.enrolment.standing.items = {name: {"settled": True} for name in names}
    place.enrolment.standing.save()
    with after(4):
        assert notices.todos(place.person) == []


def test_who_leads_sets_dates_on_the_page_and_everybody_is_told(led: Cohort) -> None:
    place = placed(led)
    coach = people.client_of(led.coaches.get())
    day = led.starts_on + timedelta(days=4)
    answered = coach.post(
        f"/cohorts/{led.uid}/plan", {"01-first": f"{day}T23:59", "02-second": ""}, follow=True
    )
    assert f"{day} 23:59 KST" in answered.content.decode()
    assert DueDate.objects.get().due_at == datetime.fromisoformat(f"{day}T23:59:00+09:00")
    assert Notice.objects.filter(person=place.person, kind="learn.cohort_dates").count() == 1
    assert AuditEntry.objects.filter(action="cohort.dates").count() == 1
    coach.post(f"/cohorts/{led.uid}/plan", {"01-first": f"{day}T23:59"})
    assert Notice.objects.filter(kind="learn.cohort_dates").count() == 1
    page = people.client_of(place.person).get(f"/cohorts/{led.uid}/plan").content.decode()
    assert f"{day} 23:59 KST" in page
    assert "Set the dates" not in page
    assert people.client_of(place.person).post(f"/cohorts/{led.uid}/plan").status_code == 403


def test_wrong_dates_are_named_all_at_once_and_nothing_typed_is_lost(led: Cohort) -> None:
    coach = people.client_of(led.coaches.get())
    early = led.starts_on - timedelta(days=2)
    answered = coach.post(
        f"/cohorts/{led.uid}/plan", {"01-first": f"{early}T10:00", "02-second": f"{early}T11:00"}
    )
    assert answered.status_code == 422
    page = answered.content.decode()
    assert page.count("between the cohort") == 4  # above the form and at each field
    assert f'value="{early}T11:00"' in page
    with pytest.raises(Faulty) as faulty:
        dates.set_dates(by=led.coaches.get(), cohort=led, dates={"nowhere": clock.now()})
    assert {one.code for one in faulty.value.faults} >= {"no_such_unit"}


def test_days_are_given_by_who_leads_and_shown_to_the_person_alone(led: Cohort) -> None:
    place, other = placed(led), placed(led)
    coach = people.client_of(led.coaches.get())
    answered = coach.post(f"/cohorts/{led.uid}/plan/days", {"place": place.uid, "days": "400"})
    assert answered.status_code == 422
    answered = coach.post(f"/cohorts/{led.uid}/plan/days", {"place": place.uid, "days": "3"}, follow=True)
    assert "3 days more" in answered.content.decode()
    assert Notice.objects.filter(person=place.person, kind="learn.cohort_extended").count() == 1
    page = f"/cohorts/{led.uid}/plan"
    assert "your own days" in people.client_of(place.person).get(page).content.decode()
    assert "your own days" not in people.client_of(other.person).get(page).content.decode()
    with pytest.raises(Denied):
        dates.extend(by=other.person, place=place, days=9)


def test_rest_reads_and_sets_dates(led: Cohort) -> None:
    place = placed(led)
    coach, path = people.client_of(led.coaches.get()), f"{REST}/cohorts/{led.uid}/due-dates"
    at = clock.now().replace(microsecond=0) + timedelta(days=20)
    body = json.dumps({"dates": {"02-second": at.isoformat(), "01-first": None}})
    found = coach.put(path, body, content_type="application/json").json()["items"]
    assert [one["due_at"] is None for one in found] == [True, False]
    more = f"{REST}/cohorts/{led.uid}/places/{place.uid}/days"
    assert coach.put(more, '{"days": 2}', content_type="application/json").json()["days"] == 2
    mine = people.client_of(place.person).get(path).json()["items"][1]
    assert datetime.fromisoformat(mine["own_due_at"]) == at + timedelta(days=2)
    assert people.client_of(place.person).put(path, body, content_type="application/json").status_code == 403
    faulty = coach.put(path, '{"dates": {"none": null, "x": null}}', content_type="application/json")
    assert [one["place"] for one in faulty.json()["faults"]] == ["none", "x"]


def test_the_plan_asks_the_same_of_the_database_for_forty_people(
    led: Cohort, django_assert_max_num_queries: Any
) -> None:
    coach = people.client_of(led.coaches.get())
    cohorts.block(led, led.course.organisation, seats=40)
    for _ in range(40):
        place = placed(led)
    Place.objects.update(extension_days=1)
    for client in (coach, people.client_of(place.person), Client()):
        client.get(f"/cohorts/{led.uid}/plan")
        with django_assert_max_num_queries(12):
            assert client.get(f"/cohorts/{led.uid}/plan").status_code == 200
