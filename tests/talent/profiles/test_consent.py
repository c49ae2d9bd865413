"""Consent and what others are shown: nothing by default, exactly what was allowed, and nothing the moment it is taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock
from dure.foundation.access import Denied, Hidden
from dure.people.models import Organisation, Person
from dure.talent.models import AccessEntry, ConsentGrant, Profile
from dure.talent.profiles import consent, record
from dure.talent.profiles.cards import FIELDS
from dure.talent.profiles.looking import Audience, shown_card, shown_cards
from tests.factories.people import organisation, person
from tests.factories.talent import fact

pytestmark = pytest.mark.django_db
FOUND = ConsentGrant.Purpose.BE_FOUND
ALL = list(FIELDS)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def learner() -> Person:
    made = person(language="en", name_en="Haneul Kim", name_ko="김하늘")
    fact(made, title_en="Lighthouse result", figures={"score": 0.123})
    profile = record.begin(made)
    said = {
        "about_en": "I like tables.",
        "kinds": ["internship"],
        "regions": ["KR-11"],
        "languages": {"en": 4},
    }
    Profile.objects.filter(pk=profile.pk).update(**said, weekly_hours=20)
    return made


@pytest.fixture
def firm() -> Organisation:
    return organisation()


def give(learner: Person, **fields: Any) -> ConsentGrant:
    given = {"purpose": FOUND, "fields": ALL, "expires_on": clock.today() + timedelta(days=90)}
    return consent.give(by=learner, **{**given, **fields})


def found(firm: Organisation | None, purpose: str = FOUND) -> list[Person]:
    return list(Person.objects.filter(consent.consenting_q(purpose, firm)))


def looking(firm: Organisation, purpose: str = FOUND) -> Audience:
    return Audience(person(), firm, purpose)


def test_by_default_nobody_is_found_and_nothing_is_shown(learner: Person, firm: Organisation) -> None:
    assert found(firm) == []
    assert shown_cards([learner], looking(firm)) == {}
    with pytest.raises(Hidden):
        shown_card(learner, looking(firm))
    assert not AccessEntry.objects.exists()


def test_a_card_has_levels_in_words_and_nothing_that_a_board_would_name(
    learner: Person, firm: Organisation
) -> None:
    give(learner)
    card = shown_card(learner, looking(firm))
    assert [(one.name, one.level, one.words) for one in card.skills] == [
        ("Data leakage", 2, "Usual work alone")
    ]
    assert {line.field for line in card.lines} == {"about", "kinds", "regions", "languages", "availability"}
    said = str(card)
    for secret in (
        "Lighthouse",
        "/badges/1",
        "0.123",
        "Haneul",
        "김하늘",
        str(learner.uid),
        str(learner.email),
    ):
        assert secret not in said
    assert not any(str(day.year) in said for day in (clock.today(), clock.today() - timedelta(days=365)))


def test_only_what_was_allowed_is_shown(learner: Person, firm: Organisation) -> None:
    give(learner, fields=["regions"])
    card = shown_card(learner, looking(firm))
    assert card.skills == ()
    assert [line.words for line in card.lines] == ["Seoul"]


def test_consent_holds_for_its_purpose_and_its_audience_alone(learner: Person, firm: Organisation) -> None:
    give(learner, organisation=firm)
    assert found(firm) == [learner]
    assert found(organisation()) == found(firm, ConsentGrant.Purpose.TEAMS) == found(None) == []
    with pytest.raises(Hidden):
        shown_card(learner, looking(organisation()))
    with pytest.raises(Hidden):
        shown_card(learner, looking(firm, ConsentGrant.Purpose.TEAMS))


def test_consent_for_all_members_holds_for_each(learner: Person, firm: Organisation) -> None:
    give(learner)
    assert found(firm) == found(organisation()) == [learner]


def test_taken_back_it_counts_nowhere_at_once(learner: Person, firm: Organisation) -> None:
    grant, audience = give(learner), looking(firm)
    assert shown_card(learner, audience)
    consent.take_back(grant, by=learner)
    assert found(firm) == []
    with pytest.raises(Hidden):
        shown_card(learner, audience)
    with pytest.raises(Hidden):
        consent.take_back(grant, by=learner)


def test_it_runs_out_by_itself(learner: Person, firm: Organisation) -> None:
    grant = give(learner, expires_on=clock.today())
    assert found(firm) == [learner]
    with clock.at(clock.now() + timedelta(days=1)):
        assert found(firm) == []
    assert grant.withdrawn_at is None


def test_a_closed_account_is_not_found(learner: Person, firm: Organisation) -> None:
    give(learner)
    Person.objects.filter(pk=learner.pk).update(is_active=False)
    assert found(firm) == []


def test_saying_yes_anew_replaces_the_earlier_yes(learner: Person, firm: Organisation) -> None:
    give(learner)
    give(learner, fields=["regions"])
    assert shown_card(learner, looking(firm)).skills == ()
    assert ConsentGrant.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"fields": []}, "consent_no_fields"),
        ({"fields": ["email"]}, "consent_no_fields"),
        ({"days": -1}, "consent_wrong_day"),
        ({"days": 400}, "consent_wrong_day"),
    ],
)
def test_consent_names_what_and_until_when(learner: Person, fields: dict[str, Any], reason: str) -> None:
    days = fields.pop("days", 9)
    with pytest.raises(Denied) as refused:
        give(learner, expires_on=clock.today() + timedelta(days=days), **fields)
    assert refused.value.refused.reason == reason


def test_counting_in_figures_shows_nothing(learner: Person) -> None:
    assert give(learner, purpose=ConsentGrant.Purpose.MEASURE).fields == []
    assert found(None, ConsentGrant.Purpose.MEASURE) == [learner]


def test_each_look_is_written_down_once_a_day(learner: Person, firm: Organisation) -> None:
    give(learner, fields=["skills", "about"])
    audience = looking(firm)
    shown_card(learner, audience)
    shown_cards([learner], audience)
    (entry,) = AccessEntry.objects.all()
    assert (entry.person, entry.by, entry.organisation) == (learner, audience.by, firm)
    assert (entry.purpose, entry.what) == ("be_found", "skills,about")
    give(learner, fields=["regions"])
    shown_card(learner, audience)
    shown_card(learner, looking(firm))
    assert AccessEntry.objects.count() == 3
    with clock.at(clock.now() + timedelta(days=1)):
        shown_card(learner, audience)
    assert AccessEntry.objects.count() == 4


def test_two_organisations_cannot_match_their_names_for_one_person(
    learner: Person, firm: Organisation
) -> None:
    give(learner)
    first = shown_card(learner, looking(firm)).pseudonym
    assert shown_card(learner, looking(firm)).pseudonym == first
    assert shown_card(learner, looking(organisation())).pseudonym != first


def test_many_cards_take_no_more_queries_than_one(
    learner: Person, firm: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    give(learner)
    audience = looking(firm)
    with django_assert_max_num_queries(10) as one:
        shown_cards([learner], audience)
    others = [person() for _ in range(5)]
    for other in others:
        fact(other)
        give(other)
    with django_assert_max_num_queries(10) as many:
        assert len(shown_cards([learner, *others], audience)) == 6
    assert len(many.captured_queries) <= len(one.captured_queries)
