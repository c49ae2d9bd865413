"""Predicted against observed: only of those who agreed, shown with its number or not at all."""

from datetime import datetime, timedelta

import pytest

from dure.engines.evidence import MODEL_VERSION
from dure.engines.recommending import LEAST
from dure.foundation import clock
from dure.people.models import Person
from dure.talent.matching import measuring, suggesting, words
from dure.talent.models import Application, ConsentGrant, Opening, Suggested
from dure.talent.profiles import consent
from tests.factories import matching, openings, people

pytestmark = pytest.mark.django_db


def seen(
    person: Person,
    opening: Opening,
    *,
    at: datetime,
    predicted: float = 0.95,
    applied_after: int | None = None,
) -> None:
    """The person saw it, and applied so many days later, or not."""
    Suggested.objects.create(
        person=person, opening=opening, at=at, predicted=predicted, model_version=MODEL_VERSION
    )
    if applied_after is not None:
        applied_at = at + timedelta(days=applied_after)
        Application.objects.create(
            opening=opening,
            person=person,
            applied_at=applied_at,
            decide_by=applied_at,
            pseudonym=str(person.pk)[-8:],
        )


def agreeing() -> Person:
    person = matching.seeker()
    matching.agreed(person, purpose="measure")
    return person


def test_what_is_seen_is_kept_once_and_only_of_those_who_agreed() -> None:
    openings.opening(must={"data-leakage": 2})
    agreed, silent = agreeing(), matching.seeker()
    for person in (agreed, agreed, silent):
        people.client_of(person).get("/me/matches")
    row = Suggested.objects.get()
    assert row.person == agreed
    assert row.predicted == suggesting.matches_of(agreed).found[0].predicted


def test_an_application_counts_within_the_days_and_a_suggestion_only_after_them() -> None:
    opening, begun = openings.opening(), clock.now() - timedelta(days=60)
    days = measuring.AFTER.days
    for applied_after in (None, 0, days - 1, days):
        seen(agreeing(), opening, at=begun, applied_after=applied_after)
    seen(agreeing(), opening, at=clock.now() - timedelta(days=days - 1), applied_after=0)
    (found,) = measuring.calibration().bins
    assert found.count == 4
    assert sorted(measuring.outcomes()) == [(0.95, False), (0.95, False), (0.95, True), (0.95, True)]


def test_whoever_takes_the_consent_back_is_counted_no_more() -> None:
    person = agreeing()
    seen(person, openings.opening(), at=clock.now() - timedelta(days=60))
    assert len(measuring.outcomes()) == 1
    consent.take_back(ConsentGrant.objects.get(person=person), by=person)
    assert measuring.outcomes() == []


def test_a_share_is_shown_from_the_least_number_on_with_that_number() -> None:
    opening, begun = openings.opening(), clock.now() - timedelta(days=60)
    reader = matching.seeker()
    for n in range(LEAST - 1):
        seen(agreeing(), opening, at=begun, applied_after=1 if n % 3 == 0 else None)
    assert measuring.calibration().at(0.95) is None
    assert "suggestions like this one" not in people.client_of(reader).get("/me/matches").content.decode()
    seen(agreeing(), opening, at=begun)
    assert (
        words.outcome(measuring.calibration().at(0.95))
        == "Of 30 suggestions like this one, 10 led to an application."
    )
    assert (
        "Of 30 suggestions like this one, 10 led to"
        in people.client_of(reader).get("/me/matches").content.decode()
    )


def test_the_secretariat_and_the_auditor_see_how_it_turned_out_and_nobody_else() -> None:
    seen(agreeing(), openings.opening(), at=clock.now() - timedelta(days=60))
    for role in ("secretariat", "auditor"):
        page = (
            people.client_of(people.person(roles=[role], language="en"))
            .get("/matches/outcomes")
            .content.decode()
        )
        assert "too few to say" in page
    assert people.client_of(people.person()).get("/matches/outcomes").status_code == 403
