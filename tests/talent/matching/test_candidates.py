"""An organisation looks for people: only those who agreed, without names, and not a moment longer than they agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, notices, workflow
from dure.foundation.access import Denied, Hidden
from dure.foundation.models import Notice
from dure.people.models import Organisation, Person
from dure.talent.applications import applying
from dure.talent.matching import candidates, inviting
from dure.talent.models import AccessEntry, Application, ApplyInvitation, ConsentGrant, Opening
from dure.talent.profiles import consent
from tests.factories import matching, openings, people

pytestmark = pytest.mark.django_db
LEAKAGE = "data-leakage"
MOST_QUERIES = 12


@pytest.fixture
def firm() -> Organisation:
    return openings.verified()


@pytest.fixture
def speaker(firm: Organisation) -> Person:
    return openings.speaker(firm)


def listed(opening: Opening, reader: Person, *, by_hand: bool = False) -> list[Person]:
    on = candidates.standing(opening, reader=reader, by_hand=by_hand)
    return [on.persons[key] for key in on.keys]


def page_of(opening: Opening, reader: Person) -> str:
    return people.client_of(reader).get(f"/openings/{opening.uid}/candidates").content.decode()


def key_in(opening: Opening, person: Person) -> str:
    return candidates.key_of(opening, person)


def test_only_those_who_agreed_stand_there_in_the_order_of_their_evidence(
    firm: Organisation, speaker: Person
) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    little, much = matching.candidate(firm, {LEAKAGE: 1}), matching.candidate(firm, {LEAKAGE: 3})
    for_all = matching.seeker({LEAKAGE: 2})
    matching.agreed(for_all)
    matching.seeker({LEAKAGE: 3})
    matching.agreed(matching.seeker({LEAKAGE: 3}), openings.verified())
    matching.agreed(matching.seeker({LEAKAGE: 3}), firm, purpose="teams")
    assert listed(opening, speaker) == [much, for_all, little]


def test_the_page_shows_levels_in_words_and_nothing_that_names_a_person(
    firm: Organisation, speaker: Person
) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    person = matching.candidate(firm, {LEAKAGE: 3})
    page = page_of(opening, speaker)
    assert "In new situations" in page
    for said in (person.name_en, person.name_ko, str(person.uid), str(person.email), "/badges/1", "A fact"):
        assert said not in page
    entry = AccessEntry.objects.get(person=person)
    assert (entry.by, entry.organisation, entry.purpose) == (speaker, firm, "be_found")


def test_a_consent_taken_back_counts_no_more_anywhere(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    person = matching.candidate(firm, {LEAKAGE: 3})
    key = key_in(opening, person)
    api = f"/api/v1/openings/{opening.uid}/candidates"
    browser = people.client_of(speaker)
    assert browser.get(api).json()["count"] == 1
    consent.take_back(ConsentGrant.objects.get(), by=person)
    assert listed(opening, speaker) == []
    assert "0 people" in page_of(opening, speaker)
    assert browser.get(api).json() == {"items": [], "page": 1, "pages": 1, "count": 0}
    with pytest.raises(Hidden):
        inviting.invite(opening, key, by=speaker)


def test_a_consent_that_ran_out_counts_no_more(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm, deadline=clock.now() + timedelta(days=200))
    matching.candidate(firm)
    with clock.at(clock.now() + timedelta(days=91)):
        assert listed(opening, speaker) == []


def test_skills_that_are_not_shown_order_nothing(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    open_about_it = matching.candidate(firm, {LEAKAGE: 2})
    silent = matching.seeker({LEAKAGE: 3})
    matching.agreed(silent, firm, fields=["languages"])
    assert listed(opening, speaker) == [open_about_it, silent]


@pytest.mark.parametrize(
    "wishes",
    [{"kinds": ["mentor"]}, {"regions": ["KR-26"]}, {"languages": {}}, {"weekly_hours": 20}],
    ids=str,
)
def test_a_persons_wishes_keep_them_off_the_list(
    wishes: dict[str, Any], firm: Organisation, speaker: Person
) -> None:
    opening = openings.opening(firm)
    matching.candidate(firm, {LEAKAGE: 3}, **wishes)
    assert listed(opening, speaker) == []


def test_applicants_and_the_reader_stand_on_no_list(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm)
    person = matching.candidate(firm)
    assert listed(opening, speaker) == [person]
    people.member(person, firm, "coordinator")
    assert listed(opening, person) == []
    other = matching.candidate(firm)
    applying.apply(by=other, opening=opening)
    assert listed(opening, speaker) == [person]


def test_nobody_else_looks_not_even_the_secretariat(firm: Organisation, client: Client) -> None:
    opening = openings.opening(firm)
    url = f"/openings/{opening.uid}/candidates"
    plain = people.person()
    people.member(plain, firm)
    rival = openings.speaker(openings.verified())
    for someone in (plain, rival, people.person(roles=["secretariat"]), people.person(roles=["auditor"])):
        assert people.client_of(someone).get(url).status_code == 403
        assert people.client_of(someone).get(f"/api/v1{url}").status_code == 403
    assert client.get(url).status_code == 403
    assert not AccessEntry.objects.exists()


def test_an_opening_that_takes_no_applications_has_no_list(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm)
    workflow.perform(opening, "close", by=speaker)
    assert people.client_of(speaker).get(f"/openings/{opening.uid}/candidates").status_code == 403


def test_by_hand_evidence_orders_nothing_until_the_score_is_asked_again(
    firm: Organisation, speaker: Person
) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    persons = [matching.candidate(firm, {LEAKAGE: 1 + n % 3}) for n in range(6)]
    url = f"/openings/{opening.uid}/candidates/order"
    browser = people.client_of(speaker)
    assert browser.post(url, {"order": "hand", "reason": " "}).status_code == 403
    browser.post(url, {"order": "hand", "reason": "We read every card."})
    page = page_of(opening, speaker)
    assert "No program orders this list" in page
    assert "We read every card." in page
    assert listed(opening, speaker, by_hand=True) == sorted(persons, key=lambda one: key_in(opening, one))
    browser.post(url, {"order": "program"})
    assert "No program orders this list" not in page_of(opening, speaker)


def test_who_is_invited_decides_and_nothing_is_revealed_until_they_apply(
    firm: Organisation, speaker: Person
) -> None:
    opening = openings.opening(firm)
    person = matching.candidate(firm)
    key = key_in(opening, person)
    people.client_of(speaker).post(f"/openings/{opening.uid}/candidates/invite", {"candidate": key})
    invitation = ApplyInvitation.objects.get()
    notice = Notice.objects.get(person=person)
    assert "invites you to apply" in notices.text(notice)
    own = people.client_of(person)
    assert "Invitation to apply" in own.get(notice.url).content.decode()
    assert people.client_of(speaker).get(notice.url).status_code == 404
    assert "Answer an invitation to apply" in own.get("/").content.decode()
    answer = own.post(f"{notice.url}/act", {"action": "accept"})
    assert answer["Location"] == f"/openings/{opening.uid}/apply"
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert not Application.objects.exists()
    assert not Notice.objects.filter(person=speaker).exists()
    assert person.name_en not in page_of(opening, speaker)


def test_nobody_is_invited_twice(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm)
    key = key_in(opening, matching.candidate(firm))
    invitation = inviting.invite(opening, key, by=speaker)
    inviting.answer(invitation, "decline", by=invitation.person)
    with pytest.raises(Denied):
        inviting.invite(opening, key, by=speaker)


def test_invitations_run_out_with_the_opening(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm)
    invitation = inviting.invite(opening, key_in(opening, matching.candidate(firm)), by=speaker)
    assert inviting.lapse(clock.now()) == 0
    assert inviting.lapse(opening.deadline) == 1
    assert inviting.lapse(opening.deadline) == 0
    invitation.refresh_from_db()
    assert invitation.state == "lapsed"


def test_one_person_has_another_key_in_every_opening(firm: Organisation) -> None:
    person = matching.candidate(firm)
    keys = {key_in(openings.opening(firm), person) for _ in range(3)}
    assert len(keys) == 3


def test_a_list_of_people_is_paged_with_a_fixed_number_of_queries(
    firm: Organisation, speaker: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    opening = openings.opening(firm, must={LEAKAGE: 2})
    for n in range(2):
        matching.candidate(firm, {LEAKAGE: 1 + n % 3})
    browser = people.client_of(speaker)
    browser.get(f"/openings/{opening.uid}")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        browser.get(f"/openings/{opening.uid}/candidates")
    for n in range(25):
        matching.candidate(firm, {LEAKAGE: 1 + n % 3})
    with django_assert_max_num_queries(len(few)):
        first = browser.get(f"/openings/{opening.uid}/candidates").content.decode()
    assert first.count("Invite to apply") == 25
    second = browser.get(f"/openings/{opening.uid}/candidates?page=2").content.decode()
    assert second.count("Invite to apply") == 2
