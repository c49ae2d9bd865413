"""A page that refuses says why, in words, where the person is."""

from typing import Any

import pytest
from django.test import Client

from dure.foundation import workflow
from dure.people.models import Person
from dure.problems.actions import winners
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, begun_challenge, entered, open_challenge, submitted
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db


def english(one: Person) -> Client:
    client = client_of(one)
    client.cookies["dure_language"] = "en"
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.usefixtures("noon")
def test_with_todays_files_used_the_page_says_so_and_offers_no_form() -> None:
    challenge = open_challenge()
    challenge.phases.update(per_day=1)
    team = entered(challenge)
    submitted(team)
    browser, page = english(team.members.get().person), f"/challenges/{challenge.slug}"
    assert "has used today&#x27;s submissions" in words(browser.get(f"{page}/submit"))
    assert 'type="file"' not in words(browser.get(f"{page}/submit"))
    assert "has used today&#x27;s submissions" in words(browser.get(page))


def test_a_sealed_or_full_team_invites_nobody_and_says_why() -> None:
    challenge = open_challenge(team_size=1)
    team = entered(challenge)
    browser = english(team.members.get().person)
    page = words(browser.get(f"/challenges/{challenge.slug}/team"))
    assert "as many people as the host allows" in page
    assert "/team/invite" not in page


def test_the_host_reads_why_nobody_can_be_asked_yet() -> None:
    challenge = making.with_teams(1)
    host = making.host_of(challenge)
    submitted(entered(challenge, name="late"))
    workflow.perform(challenge, "close", by=host)
    answer = english(host).post(f"/challenges/{challenge.slug}/manage/winners")
    assert answer.status_code == 403
    assert words(answer).count("are still being scored") == 2


def test_the_host_reads_why_the_challenge_does_not_open() -> None:
    challenge, host = begun_challenge(slug="steel-hardness")
    browser = english(host)
    page = f"/challenges/{challenge.slug}/manage"
    assert "Not ready yet" in words(browser.post(f"{page}/act", {"action": "open"}, follow=True))
    assert "Another challenge has this address" in words(
        browser.post(f"/problems/{accepted_need(curator=host).uid}/challenge", {"slug": challenge.slug})
    )


def test_a_team_reads_why_its_code_is_not_enough() -> None:
    challenge = making.closed(1)
    winners.ask(by=making.host_of(challenge), challenge=challenge)
    award = challenge.awards.get()
    browser = english(award.team.members.get().person)
    answer = browser.post(f"/awards/{award.uid}/act", {"action": "hand_in", "report": "words"})
    assert "Add your code and write how to run it" in words(answer)


def test_a_writer_reads_why_a_message_is_not_taken() -> None:
    challenge = open_challenge()
    answer = english(person()).post(f"/challenges/{challenge.slug}/talk", {"title": "", "body": "x"})
    assert answer.status_code == 422
    assert 'data-tag="error"' in words(answer)
