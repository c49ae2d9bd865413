"""The entrance test: drawn anew for each, timed by the server, and nobody is declined by it alone."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import courses
from dure.foundation import clock
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.learn.cohorts import drawing, entrance, leaving_coached, places
from dure.learn.models import Cohort, EntranceSitting, EntranceTest, Place
from dure.learn.paths.bank import bank
from dure.people.events import AccountDeleted
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

REST = "/api/v1/cohorts"
SKILLS = ["python-basics", "data-leakage"]
VALUES = {"skills": SKILLS, "questions": 4, "minutes": 20, "pass_percent": 60}


@pytest.fixture
def led(tmp_path: Path, db: None) -> Cohort:
    made = cohorts.cohort(open_course(tmp_path), seats=1)
    entrance.set_test(by=made.coaches.get(), cohort=made, values=VALUES)
    return made


def applied(led: Cohort, **fields: Any) -> Place:
    return places.apply(by=people.person(language="en", **fields), cohort=led)


def right(item: courses.Item) -> list[str]:
    """An answer that is right."""
    if item.kind == "order":
        return [str(at) for at in range(len(item.options))]
    if item.options:
        return [str(at) for at, option in enumerate(item.options) if option.right]
    if item.kind == "text":
        return ["no pattern is guessed here"]
    return [item.answer]


def answer_all(place: Place, *, wrong: int = 0) -> None:
    sitting = EntranceSitting.objects.get(place=place)
    choosable = [name for name in sitting.items if bank().items[name].kind != "text"]
    for name in choosable[wrong:]:
        entrance.answer(by=place.person, place=place, item=name, given=right(bank().items[name]))


def sat(place: Place, *, percent: float) -> Place:
    """Sit the test so that this much is right."""
    entrance.start(by=place.person, place=place)
    sitting = EntranceSitting.objects.get(place=place)
    names = [name for name in bank().items if bank().items[name].kind == "single"][:4]
    sitting.items = names
    sitting.save()
    for name in names[: round(percent / 25)]:
        entrance.answer(by=place.person, place=place, item=name, given=right(bank().items[name]))
    entrance.finish(by=place.person, place=place)
    return Place.objects.get(pk=place.pk)


@given(
    st.lists(st.sampled_from(sorted(bank().skills)), min_size=1, unique=True), st.integers(1, 40), st.text()
)
def test_questions_are_spread_over_the_skills_and_the_seed_draws_the_same(
    skills: list[str], number: int, seed: str
) -> None:
    drawn = drawing.draw(bank().items.values(), skills, number=number, seed=seed)
    there = {skill: len(bank().of(skill)) for skill in skills}
    assert len(drawn) == len(set(drawn)) == min(number, sum(there.values()))
    counts = Counter(bank().items[name].skill for name in drawn)
    assert set(counts) <= set(skills)
    for skill in skills:
        most = max(counts[other] for other in skills)
        assert counts[skill] in {most, most - 1} or counts[skill] == there[skill]
    assert drawing.draw(list(bank().items.values())[::-1], skills, number=number, seed=seed) == drawn


def test_another_seed_draws_other_questions() -> None:
    drawn = {
        tuple(drawing.draw(bank().items.values(), list(bank().skills), number=5, seed=str(seed)))
        for seed in range(20)
    }
    assert len(drawn) > 10


def test_who_passed_takes_the_seat_and_the_next_waits(led: Cohort) -> None:
    first, second = applied(led), applied(led)
    assert (first.state, second.state) == ("applied", "applied")
    first = sat(first, percent=75)
    assert first.state == "in"
    assert first.enrolment is not None
    assert sat(second, percent=100).state == "waiting"


def test_below_it_a_coach_decides_and_nobody_is_declined_by_the_test(led: Cohort) -> None:
    place = sat(applied(led), percent=25)
    assert place.state == "applied"
    coach = led.coaches.get()
    assert Notice.objects.filter(kind="learn.entrance_sat", person=coach).count() == 1
    page = people.client_of(place.person).get(f"/cohorts/{led.uid}/entrance").content.decode()
    assert "25 % right" in page
    assert "declines nobody" in page
    assert "Practise" in page
    assert places.act(place, "accept", by=coach).state == "in"


def test_where_coaches_select_the_test_seats_nobody(led: Cohort) -> None:
    Cohort.objects.update(admission="selected")
    assert sat(applied(led), percent=100).state == "applied"


def test_who_comes_back_after_passing_needs_no_second_test(led: Cohort) -> None:
    place = sat(applied(led), percent=100)
    places.act(place, "withdraw", by=place.person)
    again = places.apply(by=place.person, cohort=led)
    assert again.state == "in"
    with pytest.raises(Denied):
        entrance.start(by=place.person, place=again)


def test_it_is_sat_once_and_each_question_answered_once(led: Cohort) -> None:
    place = applied(led)
    first = entrance.start(by=place.person, place=place)
    assert entrance.start(by=place.person, place=place).items == first.items
    answer_all(place)
    with pytest.raises(Denied):
        answer_all(place)
    entrance.finish(by=place.person, place=place)
    percent = EntranceSitting.objects.get().percent
    assert entrance.finish(by=place.person, place=place).percent == percent
    with pytest.raises(Denied):
        entrance.start(by=place.person, place=place)


def test_the_server_keeps_the_time_and_what_was_answered_counts(led: Cohort) -> None:
    place = applied(led)
    entrance.start(by=place.person, place=place)
    name = EntranceSitting.objects.get().items[0]
    with clock.at(clock.now() + timedelta(minutes=20, seconds=10)):
        client = people.client_of(place.person)
        assert "Your time ends" in client.get(f"/cohorts/{led.uid}/entrance").content.decode()
    with clock.at(clock.now() + timedelta(minutes=21)):
        with pytest.raises(Denied):
            entrance.answer(by=place.person, place=place, item=name, given=["0"])
        assert clock.strike(clock.now())["learn.end_sittings"] == 1
        assert clock.strike(clock.now())["learn.end_sittings"] == 0
    assert EntranceSitting.objects.get().percent == 0
    assert Place.objects.get().state == "applied"


def test_the_page_itself_ends_a_test_whose_time_is_over(led: Cohort) -> None:
    place = applied(led)
    entrance.start(by=place.person, place=place)
    with clock.at(clock.now() + timedelta(minutes=21)):
        page = people.client_of(place.person).get(f"/cohorts/{led.uid}/entrance", follow=True)
    assert "0 % right" in page.content.decode()


def test_more_minutes_are_given_to_one_person_also_while_the_time_runs(led: Cohort) -> None:
    place, coach = applied(led), people.client_of(led.coaches.get())
    entrance.start(by=place.person, place=place)
    path = f"/cohorts/{led.uid}/entrance/minutes"
    assert coach.post(path, {"place": place.uid, "minutes": "300"}).status_code == 422
    assert coach.post(path, {"place": place.uid, "minutes": "30"}).status_code == 302
    assert people.client_of(place.person).post(path, {"place": place.uid, "minutes": "9"}).status_code == 403
    name = EntranceSitting.objects.get().items[0]
    with clock.at(clock.now() + timedelta(minutes=40)):
        found = Place.objects.select_related("cohort__entrance").get()
        item = bank().items[name]
        entrance.answer(by=place.person, place=found, item=name, given=right(item))
        assert entrance.end_sittings(clock.now()) == 0


def test_the_test_is_sat_on_pages_and_tells_nothing_that_is_right(led: Cohort) -> None:
    place = applied(led)
    client, path = people.client_of(place.person), f"/cohorts/{led.uid}/entrance"
    assert path in client.get(f"/cohorts/{led.uid}").content.decode()
    assert "Begin the test" in client.get(path).content.decode()
    client.post(f"{path}/start")
    name = next(
        name
        for name in EntranceSitting.objects.get().items
        if bank().items[name].kind in ("single", "number")
    )
    item = bank().items[name]
    said = client.post(
        f"{path}/questions/{name}", {"given": right(item)}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Received" in said
    page = client.get(path).content.decode()
    assert "Right" not in page.split("<main")[-1].split("aside")[0].replace("right", "")
    assert item.why is None or item.why.en not in page
    assert client.post(f"{path}/questions/nowhere", {"given": "1"}).status_code == 404
    assert client.post(f"{path}/finish", follow=True).status_code == 200


def test_strangers_and_others_sit_nothing_and_read_nothing(led: Cohort) -> None:
    applied(led, name_en="Kim Applied")
    other = people.client_of(people.person())
    assert other.get(f"/cohorts/{led.uid}/entrance").status_code == 403
    assert other.get(f"{REST}/{led.uid}/entrance/applicants").status_code == 403
    assert Client().get(f"/cohorts/{led.uid}/entrance").status_code == 403
    coach = people.client_of(led.coaches.get())
    assert "Kim Applied" in coach.get(f"/cohorts/{led.uid}/entrance").content.decode()


def test_all_that_is_wrong_with_a_test_is_said_at_once(led: Cohort) -> None:
    coach = led.coaches.get()
    wrong = {"skills": ["nothing"], "questions": 900, "minutes": 0, "pass_percent": 101}
    with pytest.raises(Faulty) as faulty:
        entrance.set_test(by=coach, cohort=led, values=wrong)
    assert {one.code for one in faulty.value.faults} == {
        "no_such_test_skill",
        "not_so_many_questions",
        "not_so_long",
        "no_percentage",
    }
    page = people.client_of(coach).post(
        f"/cohorts/{led.uid}/entrance/test", VALUES | {"questions": "900", "minutes": "0"}
    )
    assert page.status_code == 422
    assert 'value="900"' in page.content.decode()


def test_a_test_that_somebody_sat_stays_as_it_is(led: Cohort) -> None:
    coach = led.coaches.get()
    place = applied(led)
    entrance.take_away(by=coach, cohort=led)
    assert Place.objects.get(pk=place.pk).state == "in"
    entrance.set_test(by=coach, cohort=led, values=VALUES)
    late = applied(led)
    entrance.start(by=late.person, place=late)
    with pytest.raises(Denied):
        entrance.set_test(by=coach, cohort=led, values=VALUES)
    with pytest.raises(Denied):
        entrance.take_away(by=coach, cohort=led)
    assert EntranceTest.objects.count() == 1


def test_rest_sets_sits_and_lists(led: Cohort) -> None:
    coach, path = people.client_of(led.coaches.get()), f"{REST}/{led.uid}/entrance"
    body = json.dumps(VALUES | {"questions": 3})
    assert coach.put(path, body, content_type="application/json").json()["questions"] == 3
    place = applied(led)
    mine = people.client_of(place.person)
    assert mine.get(path).json()["state"] == "none"
    begun = mine.post(f"{path}/start").json()
    assert (begun["state"], len(begun["questions_open"])) == ("running", 3)
    asked = next(one for one in begun["questions_open"] if one["kind"] != "text")
    answer = json.dumps({"given": right(bank().items[asked["item"]])})
    left = mine.post(f"{path}/questions/{asked['item']}", answer, content_type="application/json").json()
    assert len(left["questions_open"]) == 2
    ended = mine.post(f"{path}/finish").json()
    assert ended["state"] == "ended"
    assert ended["percent"] > 0
    (row,) = coach.get(f"{path}/applicants").json()["items"]
    assert row["percent"] == ended["percent"]
    more = f"{REST}/{led.uid}/places/{place.uid}/minutes"
    assert coach.put(more, '{"minutes": 9}', content_type="application/json").json() == {"minutes": 9}


def test_answers_go_with_the_account(led: Cohort) -> None:
    place = sat(applied(led), percent=50)
    leaving_coached.forget(AccountDeleted(place.person_id))
    sitting = EntranceSitting.objects.get()
    assert (sitting.answers, sitting.percent) == ({}, 50)


def test_the_list_asks_the_same_of_the_database_for_forty_applicants(
    led: Cohort, django_assert_max_num_queries: Any
) -> None:
    coach: Person = led.coaches.get()
    for number in range(40):
        place = applied(led)
        if number % 2:
            entrance.start(by=place.person, place=place)
    for client in (people.client_of(coach), people.client_of(place.person)):
        client.get(f"/cohorts/{led.uid}/entrance")
        with django_assert_max_num_queries(12):
            assert client.get(f"/cohorts/{led.uid}/entrance").status_code == 200
