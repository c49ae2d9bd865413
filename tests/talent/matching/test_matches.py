"""Openings suggested to a person: wishes are never overridden, reasons multiply to the score, what is shown is as it stands now."""

from datetime import timedelta
from math import isclose, prod
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from dure.engines import recommending as engine
from dure.foundation import clock, workflow
from dure.people.models import Person
from dure.talent.applications import applying
from dure.talent.matching import offered, suggesting
from dure.talent.models import Opening, Profile
from tests.factories import matching, openings, people, talent

pytestmark = pytest.mark.django_db
LEAKAGE = "data-leakage"
MOST_QUERIES = 12


def found(person: Person) -> list[Opening]:
    return [one.opening for one in suggesting.matches_of(person).found]


def page_of(person: Person) -> str:
    return people.client_of(person).get("/me/matches").content.decode()


def test_whoever_said_no_wish_is_told_what_to_do_and_shown_nothing() -> None:
    openings.opening()
    newcomer = people.person(language="en")
    assert "Say first what you look for" in page_of(newcomer)
    assert not Profile.objects.exists()
    assert "Say first what you look for" in page_of(matching.seeker(regions=[]))


LIMITS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "mentor"}, "because it is of a kind"),
    ({"regions": ["KR-26"]}, "because of where it is"),
    ({"languages": {"ko": 4, "en": 3}}, "because it asks for a language"),
    ({"starts_on": clock.today() + timedelta(days=5)}, "because of the time"),
    ({"weekly_hours": 41}, "because it takes more hours"),
]


@pytest.mark.parametrize(("differs", "sentence"), LIMITS, ids=[said for _fields, said in LIMITS])
def test_each_wish_keeps_away_what_does_not_fit_and_the_page_says_so(
    differs: dict[str, Any], sentence: str
) -> None:
    available = clock.today() + timedelta(days=9)
    person = matching.seeker({LEAKAGE: 3}, available_from=available)
    fits = openings.opening()
    assert found(person) == [fits]
    assert sentence not in page_of(person)
    openings.opening(**{"must": {LEAKAGE: 2}, **differs})
    assert found(person) == [fits]
    assert sentence in page_of(person)


def test_remote_work_fits_from_anywhere_and_partly_remote_does_not() -> None:
    person = matching.seeker(regions=[], remote=True)
    openings.opening(remote="partly")
    fully = openings.opening(remote="fully")
    assert found(person) == [fully]


def test_what_one_applied_for_does_not_come_again() -> None:
    person, opening = matching.seeker(), openings.opening()
    assert found(person) == [opening]
    applying.apply(by=person, opening=opening)
    assert found(person) == []


def test_the_order_is_that_of_the_terms_which_multiply_to_the_score() -> None:
    person = matching.seeker({LEAKAGE: 3})
    unknown = openings.opening(must={LEAKAGE: 2, "python-basics": 3})
    known = openings.opening(must={LEAKAGE: 2}, nice={"python-basics": 1})
    matches = suggesting.matches_of(person).found
    assert [one.opening for one in matches] == [known, unknown]
    for one in matches:
        musts = prod(term.probability for term in one.terms if term.is_must)
        nice = sum(term.probability for term in one.terms if not term.is_must)
        assert isclose(one.score, musts * (1 + nice), rel_tol=1e-12)
        assert isclose(one.predicted, musts, rel_tol=1e-12)


def test_the_page_names_reasons_with_their_facts_what_is_missing_and_what_would_change_the_order() -> None:
    person = matching.seeker({LEAKAGE: 3})
    openings.opening(must={LEAKAGE: 2}, title_en="Known work")
    openings.opening(must={"python-basics": 1}, title_en="New work")
    page = page_of(person)
    assert page.index("Known work") < page.index("New work")
    assert '<a href="/badges/1">A fact</a>' in page
    assert "No course reaches this level now." in page
    assert "would put it above “Known work”" in page


def test_one_more_fact_of_the_kind_that_is_named_does_alter_the_order() -> None:
    person = matching.seeker({LEAKAGE: 2})
    upper = openings.opening(must={LEAKAGE: 2})
    lower = openings.opening(must={"python-basics": 1})
    change = suggesting.matches_of(person).found[1].change
    assert change is not None
    assert (change.skill.slug, change.above) == ("python-basics", upper)
    talent.fact(
        person, skill=change.skill.slug, level=change.level, kind=change.kind, origin="new", at=clock.now()
    )
    assert found(person) == [lower, upper]


def test_what_closed_filled_or_changed_since_the_board_was_built_is_not_shown() -> None:
    person = matching.seeker()
    moved, full, closed, stays = (openings.opening(title_en=str(n)) for n in range(4))
    assert len(found(person)) == 4
    Opening.objects.filter(pk=moved.pk).update(regions=["KR-26"])
    Opening.objects.filter(pk=full.pk).update(seats=0)
    workflow.perform(closed, "close", by=people.person(roles=["secretariat"]))
    assert found(person) == [stays]


def test_an_edit_changes_the_order_within_the_time_that_is_stated() -> None:
    person = matching.seeker()
    elsewhere = openings.opening(regions=["KR-26"])
    assert found(person) == []
    Opening.objects.filter(pk=elsewhere.pk).update(regions=["KR-11"])
    with clock.at(clock.now() + offered.KEPT):
        assert found(person) == [elsewhere]


def test_the_page_says_the_same_as_the_definition() -> None:
    person = matching.seeker({LEAKAGE: 3, "python-basics": 1})
    for level in (1, 2, 3, 4):
        for slug in (LEAKAGE, "python-basics", "feature-engineering"):
            openings.opening(must={slug: level}, regions=["KR-11" if level % 2 else "KR-26"])
    profile = Profile.objects.get(person=person)
    known = suggesting._known(person, profile)
    values = [offered.one(one) for one in Opening.objects.all()]
    expected = engine.openings_for(known.seeker, values, now=clock.now())
    assert [str(one.uid) for one in found(person)] == [one.key for one in expected]


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    person = matching.seeker({LEAKAGE: 3})
    matching.agreed(person, purpose="measure")
    browser = people.client_of(person)
    for n in range(12):
        openings.opening(must={LEAKAGE: 1 + n % 4}, nice={"python-basics": 1})
    browser.get("/me/matches")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "Why it stands here" in browser.get("/me/matches").content.decode()
