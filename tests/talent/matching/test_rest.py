"""The same over REST: terms that multiply to the score, candidates without names, and who orders them."""

from math import isclose, prod

import pytest

from dure.people.models import Organisation, Person
from dure.talent.matching import candidates
from dure.talent.models import ApplyInvitation, HandOrder
from tests.factories import matching, openings, people

pytestmark = pytest.mark.django_db
LEAKAGE = "data-leakage"
JSON = "application/json"


@pytest.fixture
def firm() -> Organisation:
    return openings.verified()


@pytest.fixture
def speaker(firm: Organisation) -> Person:
    return openings.speaker(firm)


def test_openings_for_oneself_carry_the_terms_of_their_score_and_what_is_left_out() -> None:
    person = matching.seeker({LEAKAGE: 3})
    opening = openings.opening(must={LEAKAGE: 2, "python-basics": 2})
    openings.opening(regions=["KR-26"])
    found = people.client_of(person).get("/api/v1/me/matches").json()
    (only,) = found["items"]
    assert found["left_out"] == {"region": 1}
    assert only["opening"] == str(opening.uid)
    assert isclose(only["score"], prod(term["probability"] for term in only["terms"]), rel_tol=1e-12)
    assert only["missing"] == [{"skill": "python-basics", "level": 2, "courses": []}]
    assert only["terms"][0]["facts"] == [{"title": "A fact", "url": "/badges/1"}]


def test_an_organisation_invites_and_the_person_answers(firm: Organisation, speaker: Person) -> None:
    opening, person = openings.opening(firm), matching.candidate(firm)
    url, browser = f"/api/v1/openings/{opening.uid}/candidates", people.client_of(speaker)
    key = browser.get(url).json()["items"][0]["candidate"]
    assert key == candidates.key_of(opening, person)
    assert browser.post(f"{url}/invite", {"candidate": key}, content_type=JSON).status_code == 204
    assert browser.post(f"{url}/invite", {"candidate": "nobody"}, content_type=JSON).status_code == 404
    assert browser.get(url).json()["items"][0]["is_invited"]
    own = f"/api/v1/apply-invitations/{ApplyInvitation.objects.get().uid}"
    assert browser.get(own).status_code == 404
    answer = people.client_of(person).post(f"{own}/act", {"action": "decline"}, content_type=JSON)
    assert answer.json()["state"] == "declined"


def test_the_order_is_put_in_peoples_hands_with_a_reason(firm: Organisation, speaker: Person) -> None:
    opening = openings.opening(firm)
    url, browser = f"/api/v1/openings/{opening.uid}/candidates/order", people.client_of(speaker)
    assert browser.put(url, {"by_hand": True}, content_type=JSON).status_code == 403
    assert browser.put(url, {"by_hand": True, "reason": "We read all."}, content_type=JSON).json()["by_hand"]
    assert HandOrder.objects.get().by == speaker
    stranger = people.client_of(openings.speaker(openings.verified()))
    assert stranger.put(url, {"by_hand": False}, content_type=JSON).status_code == 403
    browser.put(url, {"by_hand": False}, content_type=JSON)
    assert not HandOrder.objects.exists()
