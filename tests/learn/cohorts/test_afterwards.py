"""Some months after a cohort: who is asked when, who reads an answer, and counts from which nobody can be worked out."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import clock, notices
from dure.foundation.models import Notice
from dure.learn.cohorts import afterwards, leaving_coached, places
from dure.learn.cohorts.afterwards import asked_on, months_due
from dure.learn.cohorts.small_cells import LEAST, shown
from dure.learn.models import Cohort, FollowUp, Place
from dure.people.events import AccountDeleted
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

REST = "/api/v1/cohorts"
answers = st.lists(st.sampled_from(FollowUp.Answer.values), max_size=60)


@pytest.fixture
def over(tmp_path: Path, db: None) -> Cohort:
    """A cohort that ended a hundred days ago, with twelve people who took part to the end, and one who did not."""
    made = cohorts.cohort(open_course(tmp_path), seats=20)
    for _ in range(13):
        places.apply(by=people.person(language="en"), cohort=made)
    last = Place.objects.latest("pk")
    Place.objects.exclude(pk=last.pk).update(state="finished")
    ended = clock.today() - timedelta(days=100)
    Cohort.objects.update(state="over", ends_on=ended, starts_on=ended - timedelta(days=30))
    made.refresh_from_db()
    return made


def page_of(cohort: Cohort, months: int = 3) -> str:
    return f"/cohorts/{cohort.uid}/afterwards/{months}"


def answered(cohort: Cohort, given: list[str]) -> None:
    for question, one in zip(FollowUp.objects.filter(answer=""), given, strict=False):
        afterwards.answer(by=question.place.person, question=question, given=one)


@given(answers)
def test_no_count_is_small_and_all_whole_groups_are_counted(given: list[str]) -> None:
    found = shown(given)
    whole = len(given) // LEAST * LEAST
    assert (found is None) == (whole == 0)
    if found is not None:
        assert found.answers == whole
        assert all(count >= LEAST for count in found.counts.values())
        assert found.others == 0 or found.others >= LEAST
        assert all(count == given[:whole].count(answer) for answer, count in found.counts.items())


@given(answers, st.sampled_from(FollowUp.Answer.values))
def test_one_more_answer_changes_nothing_or_completes_a_group(given: list[str], more: str) -> None:
    before, after = shown(given), shown([*given, more])
    assert before == after or (len(given) + 1) % LEAST == 0


@pytest.mark.parametrize(
    ("ended", "months", "asked"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
    ids=["usual", "short-month", "half-year", "year"],
)
def test_the_day_is_the_same_of_a_later_month_or_its_last(ended: date, months: int, asked: date) -> None:
    assert asked_on(ended, months) == asked
    assert months_due(ended, asked) == [months]
    assert months_due(ended, asked - timedelta(days=1)) == []
    assert months not in months_due(ended, asked + timedelta(days=60))


def test_each_who_took_part_to_the_end_is_asked_once_for_each_time(over: Cohort) -> None:
    assert afterwards.follow_up(clock.now()) == 12
    assert afterwards.follow_up(clock.now()) == 0
    assert Notice.objects.filter(kind="learn.follow_up").count() == 12
    with clock.at(clock.now() + timedelta(days=95)):
        assert afterwards.follow_up(clock.now()) == 12
    assert set(FollowUp.objects.values_list("months", flat=True)) == {3, 6}
    assert not FollowUp.objects.filter(place__state="in").exists()


def test_a_cohort_that_ended_long_ago_is_not_asked_about_what_has_gone_by(over: Cohort) -> None:
    with clock.at(clock.now() + timedelta(days=700)):
        assert afterwards.follow_up(clock.now()) == 0


def test_one_answers_once_on_ones_own_page_and_nobody_else_reads_it(over: Cohort) -> None:
    afterwards.follow_up(clock.now())
    place = Place.objects.filter(state="finished").first()
    assert place is not None
    mine = people.client_of(place.person)
    (todo,) = notices.todos(place.person)
    assert todo.url == page_of(over)
    assert "Where are you now?" in mine.get(page_of(over)).content.decode()
    assert mine.post(page_of(over), {"answer": "nonsense"}).status_code == 422
    said = mine.post(page_of(over), {"answer": "founding"}, follow=True).content.decode()
    assert "Founding a company" in said
    assert mine.post(page_of(over), {"answer": "looking"}).status_code == 422
    assert notices.todos(place.person) == []
    coach = people.client_of(over.coaches.get())
    assert coach.get(page_of(over)).status_code == 404
    assert coach.get(f"{REST}/{over.uid}/afterwards/3").status_code == 404
    assert mine.get(page_of(over, 6)).status_code == 404
    assert "Founding" not in coach.get(f"/cohorts/{over.uid}/afterwards").content.decode()


def test_counts_come_from_five_answers_on_and_for_those_who_lead_alone(over: Cohort) -> None:
    afterwards.follow_up(clock.now())
    coach = people.client_of(over.coaches.get())
    path, rest = f"/cohorts/{over.uid}/afterwards", f"{REST}/{over.uid}/afterwards"
    answered(over, ["employed"] * 4)
    assert "Working in the field" not in coach.get(path).content.decode()
    assert coach.get(rest).json()[0] == {"months": 3, "answers": None, "counts": {}, "others": 0}
    answered(over, ["employed"])
    assert "Working in the field" in coach.get(path).content.decode()
    answered(over, ["looking"] * 4)
    assert coach.get(rest).json()[0] == {"months": 3, "answers": 5, "counts": {"employed": 5}, "others": 0}
    answered(over, ["studying"])
    assert coach.get(rest).json()[0] == {"months": 3, "answers": 10, "counts": {"employed": 5}, "others": 5}
    assert "All other answers together" in coach.get(path).content.decode()
    place = Place.objects.filter(state="finished").first()
    assert place is not None
    sponsor: Person = people.person()
    people.member(sponsor, over.course.organisation, "representative")
    for person in (place.person, sponsor, people.person()):
        client = people.client_of(person)
        assert client.get(path).status_code == 403
        assert client.get(rest).status_code == 403


def test_rest_answers(over: Cohort) -> None:
    afterwards.follow_up(clock.now())
    place = Place.objects.filter(state="finished").first()
    assert place is not None
    client, path = people.client_of(place.person), f"{REST}/{over.uid}/afterwards/3"
    assert client.get(path).json()["answer"] == ""
    sent = json.dumps({"answer": "studying"})
    assert client.put(path, sent, content_type="application/json").json()["answer"] == "studying"
    assert client.put(path, sent, content_type="application/json").status_code == 422


def test_an_account_that_goes_changes_no_count(over: Cohort) -> None:
    afterwards.follow_up(clock.now())
    answered(over, ["employed"] * 5)
    before: Any = afterwards.counts(over)
    leaving_coached.forget(AccountDeleted(FollowUp.objects.exclude(answer="").first().place.person_id))  # type: ignore[union-attr]
    assert afterwards.counts(over) == before
