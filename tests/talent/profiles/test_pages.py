"""Pages of evidence and endorsements as their person, a verifier, the secretariat and a stranger see them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.people.models import Person
from dure.talent.models import Endorsement, Evidence, Profile
from dure.talent.profiles import endorsing, moving
from tests.factories.people import client_of, person
from tests.factories.talent import SKILL, fact

pytestmark = pytest.mark.django_db
MOST_QUERIES = 16
ROLE = {"kind": "role"}
"""A kind that nothing below knows of, so that a visit does not sweep it away."""


@pytest.fixture
def learner() -> Person:
    return person(language="en")


@pytest.fixture
def verifier() -> Person:
    return person(language="en", audience="public")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    for path in ("", "/claims", "/endorsements", "/endorsements/ask", f"/skills/{SKILL}"):
        assert client.get(f"/me/talent{path}").status_code == 403


def test_the_first_visit_begins_the_record_and_says_what_would_stand_there(learner: Person) -> None:
    assert "No evidence yet" in text(client_of(learner), "/me/talent")
    assert Profile.objects.get(person=learner).gathered_at is not None


def test_a_level_stands_with_its_reasons_and_what_would_raise_it(learner: Person) -> None:
    fact(learner, title_en="Led the team", **ROLE, level=3)
    fact(learner, title_en="Led it again", **ROLE, level=1)
    page = text(client_of(learner), "/me/talent")
    assert "Level 2: Usual work alone" in page
    assert "Level 2 or higher with a probability of" in page
    assert "Raises the level much." in page
    assert "Facts of this kind show level 2 at most." in page
    assert "Says what stronger facts of the same origin say already" in page
    assert "What would raise it" in page
    assert "What one does at level 3" in page
    assert page.index("Led the team") < page.index("Led it again")


def test_the_page_of_a_skill_has_all_facts(learner: Person) -> None:
    for number in range(7):
        fact(learner, title_en=f"Fact {number}", **ROLE)
    assert "2 more facts" in text(client_of(learner), "/me/talent")
    page = text(client_of(learner), f"/me/talent/skills/{SKILL}")
    assert all(f"Fact {number}" in page for number in range(7))
    assert client_of(learner).get("/me/talent/skills/no-such-skill").status_code == 404


def test_a_fact_is_hidden_and_shown_from_its_page(learner: Person) -> None:
    row = fact(learner, **ROLE)
    client = client_of(learner)
    page = client.post(f"/me/talent/evidence/{row.uid}/act", {"action": "hide"}, follow=True)
    assert "It counts for nothing now." in page.content.decode()
    assert "No level shown yet" in text(client, "/me/talent")
    client.post(f"/me/talent/evidence/{row.uid}/act", {"action": "show"})
    assert "Level 2" in text(client, "/me/talent")


def test_contesting_needs_words_and_the_secretariat_answers_them(learner: Person) -> None:
    row = fact(learner, title_en="Lighthouse", **ROLE)
    client, act = client_of(learner), f"/me/talent/evidence/{row.uid}/act"
    assert client.post(act, {"action": "contest"}).status_code == 422
    client.post(act, {"action": "contest", "reason": "It was Jun."})
    desk = client_of(person(roles=["secretariat"], language="en"))
    assert "Lighthouse" in text(desk, "/talent/contested")
    assert "It was Jun." in text(desk, f"/talent/contested/{row.uid}")
    decide = f"/talent/contested/{row.uid}/act"
    assert desk.post(decide, {"action": "strike"}).status_code == 422
    assert desk.post(decide, {"action": "strike", "reason": "You are right."}).status_code == 302
    assert desk.get(f"/talent/contested/{row.uid}").status_code == 404
    assert "You are right." in text(client, f"/me/talent/evidence/{row.uid}")


def test_others_have_no_way_to_it(learner: Person) -> None:
    row = fact(learner, title_en="Lighthouse", **ROLE)
    for other in (person(), person(roles=["secretariat"]), person(roles=["auditor"])):
        client = client_of(other)
        for path in (f"/me/talent/evidence/{row.uid}", f"/talent/contested/{row.uid}"):
            assert client.get(path).status_code == 404
        assert client.post(f"/me/talent/evidence/{row.uid}/act", {"action": "hide"}).status_code == 404
    assert client_of(person()).get("/talent/contested").status_code == 403


def test_a_claim_is_added_and_removed(learner: Person) -> None:
    client = client_of(learner)
    page = client.post("/me/talent/claims", {"skill": SKILL, "level": 4}, follow=True).content.decode()
    assert "It carries little weight" in page
    row = Evidence.objects.get(person=learner)
    assert "No level shown yet" in text(client, "/me/talent")
    client.post(f"/me/talent/claims/{row.uid}/remove")
    assert not Evidence.objects.exists()
    assert client.post("/me/talent/claims", {"skill": "", "level": 9}).status_code == 422


def test_an_endorsement_is_asked_for_with_warnings_answered_and_read(
    learner: Person, verifier: Person
) -> None:
    client = client_of(learner)
    said = {"verifier": verifier.email, "skill": SKILL, "level": 2, "what": "I am married."}
    warned = client.post("/me/talent/endorsements/ask", said)
    assert warned.status_code == 422
    assert "Whether a person is married" in warned.content.decode()
    assert 'type="checkbox" name="confirmed"' in warned.content.decode()
    client.post("/me/talent/endorsements/ask", {**said, "confirmed": "on"})
    row = Endorsement.objects.get()
    theirs = client_of(verifier)
    assert learner.name_en in text(theirs, "/me/talent/endorsements?of=me")
    page = text(theirs, f"/me/talent/endorsements/{row.uid}")
    assert "I am married." in page
    assert "They belong to no organisation together." in page
    act = f"/me/talent/endorsements/{row.uid}/act"
    assert theirs.post(act, {"action": "give"}).status_code == 422
    assert theirs.post(act, {"action": "give", "reason": "I saw it."}).status_code == 302
    assert f"by {verifier.name_en}" in text(client, "/me/talent")
    assert "I saw it." in text(client, f"/me/talent/endorsements/{row.uid}")
    assert client_of(person()).get(f"/me/talent/endorsements/{row.uid}").status_code == 404


def test_whoever_cannot_be_asked_is_said(learner: Person) -> None:
    said = {"verifier": "nobody@example.org", "skill": SKILL, "level": 2, "what": "Seen."}
    page = client_of(learner).post("/me/talent/endorsements/ask", said)
    assert page.status_code == 422
    assert "Nobody whose page you may open has this address" in page.content.decode()


def test_it_speaks_korean() -> None:
    someone = person(language="ko")
    fact(someone, **ROLE)
    page = text(client_of(someone), "/me/talent")
    assert "수준을 올리려면" in page
    assert "데이터 누수" in page


def test_the_number_of_queries_does_not_grow(
    learner: Person, verifier: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fact(learner, **ROLE)
    client = client_of(learner)
    client.get("/me/talent")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/me/talent")
    for number, slug in enumerate(("calibration", "clustering", "fairness")):
        fact(learner, **ROLE, skill=slug)
        row = endorsing.ask(by=learner, verifier=verifier, skill=slug, level=number + 1, what="w")
        moving.act_on_endorsement(row, "give", by=verifier, data={"reason": "w"})
    with django_assert_max_num_queries(MOST_QUERIES) as more:
        client.get("/me/talent")
    assert len(more.captured_queries) <= len(few.captured_queries)
