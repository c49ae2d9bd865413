"""Discussions: who reads, who writes, what hosts say, and what moderation leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation import clock, notices, search
from dure.foundation.access import Audience, Denied, Hidden, Role
from dure.foundation.models import AuditEntry, Notice
from dure.people.actions.tokens import create_token
from dure.people.models import Person
from dure.problems import rules_talk
from dure.problems.access_talk import access_message, access_thread
from dure.problems.actions import talk
from dure.problems.models import Challenge, Message, Problem
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, draft_need, open_challenge, prepared_challenge

pytestmark = pytest.mark.django_db
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    '<a href="javascript:alert(1)">x</a>',
    "<svg onload=alert(1)>",
    "<iframe src=//evil></iframe>",
    "<style>body{display:none}</style>",
    '"><form action=//evil><button>',
)


def started(
    problem: Problem, *, by: Person | None = None, title: str = "Which unit?", body: str = "MPa?"
) -> Message:
    return talk.start_thread(by=by or person(), problem=problem, title=title, body=body)


def told(someone: Person) -> list[str]:
    kinds = Notice.objects.filter(person=someone, kind__startswith="problems.talk_").order_by("id")
    return [kind.removeprefix("problems.talk_") for kind in kinds.values_list("kind", flat=True)]


def talk_of(challenge: Challenge) -> str:
    return reverse("problems:challenge_talk", args=[challenge.slug])


def thread_of(thread: Message) -> str:
    return reverse("problems:thread", args=[thread.problem.uid, thread.uid])


def test_a_question_is_asked_answered_by_the_host_and_found_by_others() -> None:
    challenge = open_challenge()
    asker, host = person(), challenge.problem.curator
    assert host is not None
    page = client_of(asker).post(talk_of(challenge), {"title": "Which unit?", "body": "Is it MPa?"})
    thread = Message.objects.get()
    assert page["Location"] == thread_of(thread)
    assert told(host) == ["started"]
    client_of(host).post(thread_of(thread), {"body": "It is MPa."})
    answer = Message.objects.get(thread=thread)
    assert answer.is_answer
    assert told(asker) == ["answered"]
    shown = Client().get(thread_of(thread)).content.decode()
    assert "It is MPa." in shown
    assert 'class="msg answer"' in shown
    assert [entry.uid for entry in search.find(person(), "MPa")] == [thread.uid]


def test_a_reply_of_others_is_not_the_hosts_answer_until_a_host_marks_it() -> None:
    challenge = open_challenge()
    host = challenge.problem.owner
    thread = started(challenge.problem)
    helper = person()
    reply = talk.reply(by=helper, thread=thread, body="I think MPa.")
    assert not reply.is_answer
    with pytest.raises(Denied, match="not_moderator"):
        talk.mark_answer(by=helper, message=reply, chosen=True)
    assert talk.mark_answer(by=host, message=reply, chosen=True).is_answer
    assert not talk.mark_answer(by=host, message=reply, chosen=False).is_answer


def test_followers_are_those_who_wrote_and_nobody_is_told_of_their_own_words() -> None:
    challenge = open_challenge()
    first, second, reader = person(), person(), person()
    thread = started(challenge.problem, by=first)
    talk.reply(by=second, thread=thread, body="The same question.")
    talk.reply(by=first, thread=thread, body="Anybody?")
    assert told(first) == ["replied"]
    assert told(second) == ["replied"]
    assert told(reader) == []


def test_who_lost_sight_of_the_problem_is_told_nothing_more() -> None:
    problem = accepted_need(audience=Audience.PUBLIC)
    gone = person()
    thread = started(problem, by=gone)
    Problem.objects.filter(pk=problem.pk).update(audience=Audience.PRIVATE)
    talk.reply(by=problem.owner, thread=Message.objects.get(pk=thread.pk), body="Only for us now.")
    assert told(gone) == []
    with pytest.raises(Hidden):
        access_thread(gone, thread.uid)
    found, shown = (search.find(who, "unit").exclude(kind="skill") for who in (gone, problem.owner))
    assert not found.exists()
    assert shown.exists()


@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.MEMBERS])
def test_a_discussion_is_shown_exactly_to_who_sees_the_problem(audience: str) -> None:
    problem = accepted_need(audience=audience)
    thread = started(problem, by=problem.owner)
    outsider, client = person(), Client()
    for caller in (client, client_of(outsider)):
        for path in (
            reverse("problems:talk", args=[problem.uid]),
            thread_of(thread),
            f"/api/v1/problems/{problem.uid}/threads",
            f"/api/v1/threads/{thread.uid}/messages",
        ):
            assert caller.get(path).status_code == 404, path
        assert caller.post(thread_of(thread), {"body": "x"}).status_code == 404
    assert client_of(problem.owner).get(thread_of(thread)).status_code == 200


def test_the_talk_of_a_challenge_in_preparation_is_hidden_by_its_slug() -> None:
    challenge = prepared_challenge()
    assert client_of(person()).get(talk_of(challenge)).status_code == 404
    assert client_of(person()).get(f"/api/v1/challenges/{challenge.slug}/threads").status_code == 404


def test_a_thread_stands_under_its_own_problem_only() -> None:
    one, other = accepted_need(), accepted_need()
    thread = started(one)
    assert Client().get(reverse("problems:thread", args=[other.uid, thread.uid])).status_code == 404
    reply = talk.reply(by=person(), thread=thread, body="x")
    assert Client().get(reverse("problems:thread", args=[one.uid, reply.uid])).status_code == 404


def test_messages_of_other_channels_are_not_reached_through_the_discussion() -> None:
    problem = accepted_need()
    secret = Message.objects.create(
        problem=problem, channel=Message.Channel.TRIAGE, author=problem.owner, body="between us"
    )
    with pytest.raises(Hidden):
        access_message(person(roles=[Role.SECRETARIAT]), secret.uid)
    assert "between us" not in Client().get(reverse("problems:talk", args=[problem.uid])).content.decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_cannot_run_anything(attack: str) -> None:
    challenge = open_challenge()
    thread = started(challenge.problem, title=attack, body=f"before {attack} after")
    talk.reply(by=person(), thread=thread, body=attack)
    for path in (thread_of(thread), talk_of(challenge)):
        page = Client().get(path).content.decode()
        for word in (
            "<script>alert",
            "onerror=alert(1)>",
            'href="javascript:',
            "<svg onload",
            "<iframe",
            "<style>body",
        ):
            assert word not in page, word
        assert "<form action=//evil" not in page


def test_moderation_hides_keeps_the_place_tells_the_author_why_and_can_be_undone() -> None:
    challenge = open_challenge()
    thread, rude = started(challenge.problem), person()
    reply = talk.reply(by=rude, thread=thread, body="Rude words")
    host = client_of(challenge.problem.owner)
    address = reverse("problems:talk_moderate", args=[reply.uid])
    assert host.post(address, {"action": "hide"}).status_code == 403
    assert host.post(address, {"action": "hide", "reason": "Stay kind."}).status_code == 302
    shown = Client().get(thread_of(thread)).content.decode()
    assert "Rude words" not in shown
    assert str(reply.uid) in shown
    assert "Rude words" in host.get(thread_of(thread)).content.decode()
    assert not search.find(rude, "Rude").exists()
    assert "Stay kind." in notices.text(Notice.objects.get(person=rude, kind="problems.talk_hidden"))
    assert AuditEntry.objects.get(action="talk.hide").detail["reason"] == "Stay kind."
    host.post(address, {"action": "unhide"})
    assert "Rude words" in Client().get(thread_of(thread)).content.decode()
    assert search.find(rude, "Rude").exists()


def test_a_hidden_thread_keeps_its_place_without_its_words_and_takes_no_replies() -> None:
    challenge = open_challenge()
    thread = started(challenge.problem, title="Buy my pills", body="Cheap pills")
    talk.hide(by=challenge.problem.owner, message=thread, reason="Advertising")
    client = Client()
    api = f"/api/v1/challenges/{challenge.slug}/threads"
    for path in (
        talk_of(challenge),
        thread_of(thread),
        api,
        f"{talk_of(challenge)}?q=pills",
        f"{api}?q=pills",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Buy my pills" not in answer.content.decode()
        assert "Cheap pills" not in answer.content.decode()
    assert client.get(f"{api}?q=pills").json()["count"] == 0
    with pytest.raises(Denied, match="hidden"):
        talk.reply(by=person(), thread=thread, body="x")
    assert not search.find(person(), "pills").exists()


def test_only_moderators_moderate() -> None:
    thread = started(open_challenge().problem)
    for someone in (person(), person(roles=[Role.AUDITOR]), thread.author):
        with pytest.raises(Denied, match="not_moderator"):
            talk.hide(by=someone, message=thread, reason="x")
    talk.hide(by=person(roles=[Role.SECRETARIAT]), message=thread, reason="x")
    assert Message.objects.get(pk=thread.pk).hidden_at is not None


def test_twenty_messages_an_hour_are_enough() -> None:
    problem, someone = accepted_need(), person()
    thread = started(problem, by=someone)
    for _ in range(rules_talk.AN_HOUR - 1):
        talk.reply(by=someone, thread=thread, body="more")
    with pytest.raises(Denied, match="too_many_messages"):
        talk.reply(by=someone, thread=thread, body="more")
    talk.reply(by=person(), thread=thread, body="another person may")
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        talk.reply(by=someone, thread=thread, body="later again")


def test_strangers_and_unaccepted_needs_take_no_messages() -> None:
    challenge = open_challenge()
    page = Client().post(talk_of(challenge), {"title": "x", "body": "y"})
    assert page.status_code == 403
    need = draft_need()
    with pytest.raises(Denied, match="talk_not_open"):
        talk.start_thread(by=need.owner, problem=need, title="x", body="y")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("", "x", "no_title"),
        ("x" * 161, "x", "no_title"),
        ("x", "  ", "no_message"),
        ("x", "y" * 8001, "too_long"),
    ],
)
def test_a_refused_message_stays_in_the_form(title: str, body: str, reason: str) -> None:
    challenge = open_challenge()
    page = client_of(person()).post(talk_of(challenge), {"title": title, "body": body})
    assert page.status_code == 422
    assert body.strip() in page.content.decode()
    with pytest.raises(Denied, match=reason):
        talk.start_thread(by=person(), problem=challenge.problem, title=title, body=body)


def test_threads_are_searched_and_paged_in_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    problem = open_challenge().problem
    thread = started(problem, title="Sensor 7", body="drifts")
    talk.reply(by=person(), thread=thread, body="after calibration")
    for at in range(60):
        started(problem, title=f"Thread {at}")
    api = f"/api/v1/problems/{problem.uid}/threads"
    assert Client().get(f"{api}?q=sensor 7").json()["count"] == 1
    assert Client().get(f"{api}?q=calibration").json()["count"] == 1
    assert Client().get(api).json()["pages"] == 2
    with django_assert_max_num_queries(16):
        Client().get(talk_of(problem.challenge))
    with django_assert_max_num_queries(16):
        Client().get(thread_of(thread))


def test_rest_does_what_the_pages_do() -> None:
    challenge = open_challenge()
    asker, host = person(), challenge.problem.owner
    client = Client()

    def bearer(someone: Person, scope: str) -> dict[str, Any]:
        plain = create_token(someone, name="x", scopes=[scope], days=1).plain
        return {"headers": {"authorization": f"Bearer {plain}"}, "content_type": "application/json"}

    made = client.post(
        f"/api/v1/challenges/{challenge.slug}/threads", {"title": "T", "body": "B"}, **bearer(asker, "submit")
    )
    assert made.status_code == 201
    messages = f"/api/v1/threads/{made.json()['uid']}/messages"
    reply = client.post(messages, {"body": "Yes"}, **bearer(host, "submit")).json()
    assert reply["is_answer"]
    hide = f"/api/v1/messages/{reply['uid']}/hide"
    body = {"hidden": True, "reason": "No"}
    assert client.post(hide, body, **bearer(asker, "host")).status_code == 403
    assert client.post(hide, body, **bearer(host, "submit")).status_code == 403
    assert client.post(hide, body, **bearer(host, "host")).json()["hidden"]
    assert [one["body"] for one in client.get(messages).json()["items"]] == ["B", ""]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_answers_in_both_languages(language: str) -> None:
    thread = started(open_challenge().problem)
    other = started(accepted_need())
    for client in (Client(), client_of(thread.author), client_of(thread.problem.owner)):
        client.cookies["dure_language"] = language
        for one in (thread, other):
            assert client.get(thread_of(one)).status_code == 200
            assert client.get(reverse("problems:talk", args=[one.problem.uid])).status_code == 200
