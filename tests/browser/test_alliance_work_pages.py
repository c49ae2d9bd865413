"""Pages on which the alliance works, in all the ways to look at them: research, topics, ethics, the officer's ledger."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.alliance.ethics import answering, incidents, subjects
from dure.foundation import clock
from tests.browser.visit import visit_all
from tests.factories import agreements, ethics, meetings, members, problems, projects, roundtables

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def researching() -> tuple[Any, list[str]]:
    """The lead of a project that has begun, who is a guru too."""
    made = projects.started()
    lead, own = projects.lead_of(made), f"/projects/{made.uid}"
    topic = roundtables.topic(by=roundtables.guru(lead).person)
    return lead, [
        "/projects",
        own,
        *(f"{own}/{part}" for part in ("renewals", "people", "milestones", "outputs", "changes")),
        "/topics",
        "/topics/new",
        f"/topics/{topic.uid}",
        "/gurus",
    ]


def judging() -> tuple[Any, list[str]]:
    """The chair of the ethics board with an assessment, an opinion on it, and an incident."""
    chair, member, _outside = ethics.board()
    need = problems.accepted_need(sensitivity="personal", audience="members")
    made = ethics.submitted(need, is_human=True, review_number="IRB-1", handlers="The team.")
    answering.give_opinion(made, by=member, vote="conditions", reason="Delete it after a year.")
    subject = subjects.find(chair, "problem", need.uid)
    said: Any = {"severity": "harm", "what": "A name was read.", "happened_on": clock.today()}
    incident = incidents.report(subject, by=need.owner, **said)
    return chair, [
        "/ethics",
        "/ethics/board",
        "/ethics/incidents",
        f"/ethics/assessments/{made.uid}",
        f"/ethics/incidents/{incident.uid}",
        f"/ethics/of/problem/{need.uid}",
    ]


def answering_for() -> tuple[Any, list[str]]:
    """The owner of a problem who writes the answers."""
    made = ethics.begun(problems.accepted_need(sensitivity="personal"))
    return made.author, [f"/ethics/assessments/{made.uid}", f"/ethics/assessments/{made.uid}/edit"]


def keeping_books() -> tuple[Any, list[str]]:
    """The secretariat at the ledger."""
    members.entered()
    ledger = ("quarters", "receipts", "receipts/new", "imports", "values", "matrix", "pledges", "shares")
    return agreements.secretary(), [
        *(f"/ledger/{part}" for part in ledger),
        "/projects/renewals",
        "/projects/report",
        "/gurus/new",
    ]


def meeting_and_voting() -> tuple[Any, list[str]]:
    """A guru with a roundtable ahead, one that was held, and a vote that is open."""
    guru = roundtables.guru().person
    topics = [meetings.opened(roundtables.topic(by=guru)) for _ in range(3)]
    ahead, past = meetings.announced(roundtables.topic(by=guru)), meetings.minuted(roundtables.topic(by=guru))
    vote = meetings.vote(*topics, method="ranking", roundtable=ahead)
    return guru, [
        "/roundtables",
        f"/roundtables/{ahead.uid}",
        f"/roundtables/{ahead.uid}/guests",
        f"/roundtables/{past.uid}",
        f"/roundtables/{past.uid}/tasks",
        "/votes",
        f"/votes/{vote.uid}",
        f"/votes/{vote.uid}/electors",
    ]


@pytest.mark.parametrize(
    "who",
    [researching, judging, answering_for, keeping_books, meeting_and_voting],
    ids=lambda who: who.__name__,
)
def test_pages_where_the_alliance_works_keep_their_promises(
    who: Any, browser: Browser, live_server: LiveServer
) -> None:
    with transaction.atomic():
        visitor, paths = who()
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=f"alliance-{who.__name__}")
