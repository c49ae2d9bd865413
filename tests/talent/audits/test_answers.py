"""Answers for audits: voluntary, one's own, deleted at once, and shown to nobody."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from dure.foundation.models import AuditEntry
from dure.people.events import AccountDeleted
from dure.people.models import Person
from dure.talent.audits import answering, attributes, leaving
from dure.talent.models.demographic import DemographicAnswer
from tests.factories import people

pytestmark = pytest.mark.django_db
ADDRESS = "/me/demographics"


@pytest.fixture
def someone() -> Person:
    return people.person(language="en")


def given(**answers: str) -> dict[str, str]:
    return {**dict.fromkeys(attributes.ATTRIBUTES, ""), **answers}


def test_answers_are_kept_changed_and_taken_back(someone: Person) -> None:
    browser = people.client_of(someone)
    browser.post(ADDRESS, given(sex="female", disability="yes") | {"agrees": "on"})
    assert answering.answers_of(someone) == {"sex": "female", "disability": "yes"}
    browser.post(ADDRESS, given(sex="other") | {"agrees": "on"})
    assert answering.answers_of(someone) == {"sex": "other"}
    said = browser.post(f"{ADDRESS}/delete", follow=True).content.decode()
    assert "Your answers are deleted." in said
    assert not DemographicAnswer.objects.exists()


def test_nothing_is_kept_without_the_consent(someone: Person) -> None:
    answer = people.client_of(someone).post(ADDRESS, given(sex="female"))
    assert answer.status_code == 422
    assert not DemographicAnswer.objects.exists()


def test_what_is_not_asked_is_refused(someone: Person) -> None:
    refused = people.client_of(someone).post(ADDRESS, given(sex="aquarius") | {"agrees": "on"})
    assert refused.status_code == 422
    with pytest.raises(ValidationError):
        answering.answer(someone, {"religion": "none"})
    assert not DemographicAnswer.objects.exists()


def test_the_page_shows_ones_own_answers_and_nobody_elses(someone: Person) -> None:
    answering.answer(someone, {"age_band": "30_39"})
    mine = people.client_of(someone).get(ADDRESS).content.decode()
    assert '<option value="30_39" selected>' in mine
    theirs = people.client_of(people.person(language="en", roles=["auditor", "secretariat"])).get(ADDRESS)
    assert '<option value="30_39" selected>' not in theirs.content.decode()


def test_a_stranger_is_told_to_sign_in() -> None:
    assert Client().get(ADDRESS).status_code == 403
    assert Client().post(f"{ADDRESS}/delete").status_code == 403


def test_no_trail_says_who_answered(someone: Person) -> None:
    before = AuditEntry.objects.count()
    people.client_of(someone).post(ADDRESS, given(sex="female") | {"agrees": "on"})
    assert AuditEntry.objects.count() == before


def test_one_answer_per_attribute(someone: Person) -> None:
    DemographicAnswer.objects.create(person=someone, attribute="sex", value="male")
    with pytest.raises(IntegrityError):
        DemographicAnswer.objects.create(person=someone, attribute="sex", value="female")


def test_answers_are_in_the_export_and_go_with_the_account(someone: Person) -> None:
    other = people.person()
    for one in (someone, other):
        answering.answer(one, {"sex": "female"})
    (row,) = leaving.exported(someone)
    assert (row["attribute"], row["value"]) == ("sex", "female")
    leaving.forget(AccountDeleted(someone.pk))
    leaving.forget(AccountDeleted(someone.pk))
    assert list(DemographicAnswer.objects.values_list("person_id", flat=True)) == [other.pk]


def test_the_page_is_korean_for_who_reads_korean() -> None:
    said = people.client_of(people.person(language="ko")).get(ADDRESS).content.decode()
    assert "답하지 않겠습니다" in said
    assert "I would rather not say" not in said
