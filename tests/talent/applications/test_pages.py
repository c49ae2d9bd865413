"""The whole way in the browser, of both sides."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dure.foundation import clock, notices
from dure.foundation.models import Notice
from dure.people.models import Person
from dure.talent.models import AccessEntry, Application, Profile, SkillPosterior
from tests.factories import applications as made
from tests.factories import people

pytestmark = pytest.mark.django_db
LEVEL = "Sets how it is done"


@pytest.fixture
def hiring() -> made.Hiring:
    return made.hiring()


@pytest.fixture
def applicant() -> Person:
    someone = people.person(language="en", name_en="Hong Gildong")
    keep = clock.today() + timedelta(days=300)
    Profile.objects.create(person=someone, about_en="I like lenses.", regions=["11"], keep_until=keep)
    SkillPosterior.objects.create(
        person=someone, skill="data-leakage", mean=3.91, variance=0.02, number=3, model_version="1"
    )
    return someone


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_an_applicant_sees_exactly_what_the_organisation_reads(
    hiring: made.Hiring, applicant: Person
) -> None:
    browser, desk = people.client_of(applicant), people.client_of(hiring.speaker)
    url = f"/openings/{hiring.opening.uid}/apply"
    given = {"statement": "My father works at a bank. I build cameras.", "shared": ["skills", "about"]}
    preview = browser.post(url, {**given, "step": "preview"}).content.decode()
    for words in ("This is all that the organisation reads", "I like lenses.", LEVEL, "article 4-3"):
        assert words in preview
    assert not Application.objects.exists()
    browser.post(url, {**given, "statement": "I build cameras.", "step": "send"})
    application = Application.objects.get()
    page = text(desk, f"/applications/{application.uid}")
    for words in ("I build cameras.", "I like lenses.", LEVEL, f"Applicant {application.pseudonym}"):
        assert words in page
    for told in ("Hong Gildong", str(applicant.email), "3.91", str(applicant.uid)):
        assert told not in page
    assert "You have applied here already" in text(browser, url)
    assert f"/applications/{application.uid}" in text(browser, f"/openings/{hiring.opening.uid}")
    assert f"{hiring.opening.uid}/applications" in text(desk, f"/openings/{hiring.opening.uid}")


def test_numbers_by_which_one_would_be_found_are_never_stored(hiring: made.Hiring, applicant: Person) -> None:
    browser, url = people.client_of(applicant), f"/openings/{hiring.opening.uid}/apply"
    for step in ("preview", "send"):
        answer = browser.post(url, {"statement": "Call 010-1234-5678.", "step": step})
        assert answer.status_code == 422
        assert "telephone number" in answer.content.decode()
    assert not Application.objects.exists()


def test_each_look_is_written_down_for_the_applicant(hiring: made.Hiring, applicant: Person) -> None:
    application = hiring.applied(person=applicant)
    people.client_of(applicant).get(f"/applications/{application.uid}")
    assert not AccessEntry.objects.exists()
    people.client_of(hiring.speaker).get(f"/applications/{application.uid}")
    entry = AccessEntry.objects.get()
    assert (entry.person, entry.by, entry.organisation) == (
        applicant,
        hiring.speaker,
        hiring.opening.organisation,
    )


def test_the_name_is_read_once_an_offer_is_accepted(hiring: made.Hiring, applicant: Person) -> None:
    application = hiring.moved(hiring.applied(person=applicant), "review", "offer")
    desk, browser = people.client_of(hiring.speaker), people.client_of(applicant)
    assert "Hong Gildong" not in text(desk, f"/openings/{hiring.opening.uid}/applications")
    assert "Answer an offer" in text(browser, "/")
    browser.post(f"/applications/{application.uid}/act", {"action": "accept"})
    assert "Hong Gildong" in text(desk, f"/openings/{hiring.opening.uid}/applications")
    assert Notice.objects.filter(person=hiring.speaker, kind="talent.application_accepted").exists()


def test_what_is_shared_can_be_taken_back_at_once(hiring: made.Hiring, applicant: Person) -> None:
    application = hiring.applied(person=applicant, shared=["about"])
    desk = people.client_of(hiring.speaker)
    assert "I like lenses." in text(desk, f"/applications/{application.uid}")
    people.client_of(applicant).post(f"/applications/{application.uid}/sharing", {"is_named": "on"})
    page = text(desk, f"/applications/{application.uid}")
    assert "I like lenses." not in page
    assert "Hong Gildong" in page


def test_a_decision_has_a_code_and_words_and_the_applicant_reads_both(
    hiring: made.Hiring, applicant: Person
) -> None:
    application = hiring.applied(person=applicant)
    desk, url = people.client_of(hiring.speaker), f"/applications/{application.uid}"
    assert "Decide on applications" in text(desk, "/")
    assert desk.post(f"{url}/act", {"action": "reject", "code": "dates"}).status_code == 422
    assert desk.post(f"{url}/act", {"action": "reject", "code": "x", "reason": "y"}).status_code == 422
    desk.post(f"{url}/act", {"action": "reject", "code": "dates", "reason": "Starts in May."})
    page = text(people.client_of(applicant), url)
    assert "Starts in May." in page
    assert "The dates or hours do not fit" in page
    assert "Decide on applications" not in text(desk, "/")


def test_both_sides_write_and_read_when_and_what_is_next(hiring: made.Hiring, applicant: Person) -> None:
    application = hiring.applied(person=applicant)
    url = f"/applications/{application.uid}"
    desk, browser = people.client_of(hiring.speaker), people.client_of(applicant)
    desk.post(f"{url}/messages", {"body": "When can you begin?"})
    browser.post(f"{url}/messages", {"body": "In May."})
    assert browser.post(f"{url}/messages", {"body": ""}).status_code == 422
    page = text(browser, url)
    assert page.index("When can you begin?") < page.index("In May.")
    assert "The organisation answers." in page
    assert hiring.speaker.name not in page
    promised = timezone.localtime(hiring.opening.deadline + timedelta(days=14))
    assert f"{promised:%Y-%m-%d %H:%M}" in page
    kinds = set(Notice.objects.filter(kind="talent.application_message").values_list("person", flat=True))
    assert kinds == {applicant.pk, hiring.speaker.pk}


@pytest.mark.parametrize("role", ["stranger", "other speaker", "secretariat", "auditor", "other applicant"])
def test_nobody_else_reads_an_application(role: str, hiring: made.Hiring, applicant: Person) -> None:
    application = hiring.applied(person=applicant, statement="zq-secret")
    client = Client()
    if role == "other speaker":
        client = people.client_of(made.hiring().speaker)
    elif role == "other applicant":
        client = people.client_of(hiring.applied().person)
    elif role != "stranger":
        client = people.client_of(people.person(roles=[role]))
    assert ("/apply" in text(client, f"/openings/{hiring.opening.uid}")) == (
        role not in ("stranger", "other applicant")
    )
    for url in (f"/applications/{application.uid}", f"/api/v1/applications/{application.uid}"):
        assert client.get(url).status_code in (401, 403, 404)
    listed = client.get(f"/openings/{hiring.opening.uid}/applications")
    assert listed.status_code == 403
    assert "zq-secret" not in listed.content.decode()


def test_a_refusal_says_nothing_of_others(hiring: made.Hiring, applicant: Person) -> None:
    other = hiring.offered()
    application = hiring.moved(hiring.applied(person=applicant), "review", "waitlist")
    page = text(people.client_of(applicant), f"/applications/{application.uid}")
    assert "number 1 on the list" in page
    for words in (other.pseudonym, other.person.name, str(other.uid)):
        assert words not in page


def test_the_list_is_filtered_and_its_queries_do_not_grow(
    hiring: made.Hiring, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        hiring.applied()
    late = hiring.moved(hiring.applied(), "review")
    Application.objects.filter(pk=late.pk).update(decide_by=clock.now() - timedelta(days=1))
    desk, url = people.client_of(hiring.speaker), f"/openings/{hiring.opening.uid}/applications"
    for query in ("?late=1", "?state=in_review"):
        page = text(desk, f"{url}{query}")
        assert page.count("Applicant ") == 1
        assert late.pseudonym in page
    with django_assert_max_num_queries(14) as few:
        desk.get(url)
    for _ in range(8):
        hiring.applied()
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk.get(url)


def test_what_waits_is_one_query(hiring: made.Hiring, django_assert_num_queries: Any) -> None:
    hiring.applied()
    from dure.foundation import waiting as todos  # noqa: PLC0415 - counted alone

    list(todos.todos(hiring.speaker))
    with django_assert_num_queries(1):
        found = list(todos.todos(hiring.speaker))
    assert [one.url for one in found] == [f"/openings/{hiring.opening.uid}/applications"]
    assert notices.todos(hiring.speaker)


def test_the_whole_way_over_rest(hiring: made.Hiring, applicant: Person) -> None:
    browser, desk = people.client_of(applicant), people.client_of(hiring.speaker)

    def call(client: Client, method: str, path: str, body: Any = None) -> Any:
        answer = getattr(client, method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code in (200, 201, 204), (path, answer.content)
        return answer.json() if answer.content else None

    opening = f"/openings/{hiring.opening.uid}"
    given = {"statement": "My father works at a bank.", "shared": ["skills"]}
    done = call(browser, "post", f"{opening}/apply", given)
    assert done["applicant"] == f"Applicant {Application.objects.get().pseudonym}"
    assert len(done["warnings"]) == 1
    one = f"/applications/{done['uid']}"
    at = clock.now() + timedelta(days=3)
    times = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat(), "place": "A"}
    slot = call(desk, "post", f"{opening}/interviews", times)
    call(desk, "post", f"{one}/act", {"action": "invite"})
    assert browser.get(f"/api/v1{one}/interview").json()["count"] == 1
    call(browser, "post", f"{one}/interview", {"slot": slot["uid"]})
    taken = desk.get(f"/api/v1{opening}/interviews").json()["items"][0]
    assert taken["taken_by"] == done["uid"]
    review = {"scores": {"data-leakage": {"score": 4, "words": "Shown."}}, "recommendation": "offer"}
    assert call(desk, "put", f"{one}/review", review)["scores"]["data-leakage"]["score"] == 4
    assert desk.get(f"/api/v1{one}/reviews").json()["count"] == 1
    moved = call(
        desk, "post", f"{one}/act", {"action": "offer", "code": "interview", "reason": "Convincing."}
    )
    assert (moved["state"], moved["skills"][0]["level"]) == ("offered", 4)
    call(desk, "post", f"{one}/messages", {"body": "Welcome."})
    call(browser, "put", f"{one}/sharing", {"shared": []})
    seen = call(browser, "post", f"{one}/act", {"action": "accept"})
    assert (seen["state"], seen["is_named"], seen["reason"]) == ("accepted", True, "Convincing.")
    assert browser.get("/api/v1/me/applications").json()["items"][0]["state"] == "accepted"
    assert browser.get(f"/api/v1{one}/messages").json()["items"][0]["body"] == "Welcome."
    call(desk, "delete", f"{opening}/interviews/{slot['uid']}")
