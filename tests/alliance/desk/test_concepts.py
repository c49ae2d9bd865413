"""The desk of roundtables, votes, events, calls, startups and labs: what waits, what is due, and for whom else it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dure.alliance.desk import queries
from dure.alliance.models import IncubationBatch, StartupCase, StartupCheckpoint
from dure.alliance.roundtables import meeting
from dure.foundation import clock
from dure.people.models import Person
from tests.factories import (
    agreements,
    alliance_events,
    calls,
    meetings,
    people,
    residents,
    roundtables,
    startups,
)
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def waits_for(person: Person) -> set[tuple[str, str]]:
    return {(one.kind, one.whom) for one in map(queries.wait_of, queries.waits(person))}


def due_for(person: Person, days: int = 90) -> set[tuple[str, str]]:
    return {(one.kind, one.who) for one in map(queries.due_of, queries.due(person, days=days))}


def checkpoint(mentor: Person) -> StartupCheckpoint:
    """A month of a startup that its mentor was reminded of."""
    case = startups.applied(startups.called())
    case.mentors.create(person=mentor)
    IncubationBatch.objects.filter(pk=case.batch_id).update(state="running")
    StartupCase.objects.filter(pk=case.pk).update(state="incubating", admitted_on=clock.today())
    soon = clock.today() + timedelta(days=3)
    case.checkpoints.create(number=2, due_on=soon + timedelta(days=200))
    return case.checkpoints.create(number=1, due_on=soon, reminded_at=clock.now())


def test_roundtables_votes_and_events_wait_and_are_due_with_whose_it_is() -> None:
    desk, owner = agreements.secretary(), roundtables.guru().person
    assert owner is not None
    held = meetings.held(roundtables.topic())
    given = {
        "what_ko": "",
        "what_en": "Ask three firms",
        "due_on": clock.today(),
        "address": str(owner.email),
    }
    meeting.hand_out(held, by=desk, given=given)
    meetings.vote(meetings.opened(roundtables.topic()))
    alliance_events.opened(by=desk)
    alliance_events.draft(by=desk)
    assert {("roundtable", "secretariat"), ("event", "organisers")} <= waits_for(desk)
    task, vote = ("roundtable_task", owner.name_en), ("vote", "")
    assert {task, vote, ("event", ""), ("roundtable", "")} <= due_for(desk)
    assert due_for(owner) >= {task, vote}
    assert not {"event", "roundtable"} & {kind for kind, _who in due_for(owner)}
    assert due_for(people.person()) == set()


def test_calls_proposals_and_reviews_wait_and_a_conflict_hides_a_review_from_the_desk() -> None:
    desk = agreements.secretary()
    calls.draft(by=desk)
    call = calls.opened(by=desk)
    proposal, drafted = calls.submitted(call), calls.proposed(call)
    reviewer = people.person(language="en")
    place = call.reviewers.create(person=reviewer)
    proposal.reviews.create(reviewer=place, due_on=clock.today() + timedelta(days=9))
    assert waits_for(desk) >= {
        ("research_call", "secretariat"),
        ("proposal", "secretariat"),
        ("review", "reviewer"),
    }
    assert ("proposal", "lead") not in waits_for(desk), "a draft is its own people's"
    assert due_for(desk) >= {("call_closes", ""), ("review", reviewer.name_en)}
    assert due_for(reviewer) == {("review", reviewer.name_en)}
    assert due_for(calls.lead_of(drafted)) == {("call_closes", "")}
    assert due_for(people.person()) == set()
    proposal.people.create(person=desk)
    assert ("review", reviewer.name_en) not in due_for(desk)
    assert ("review", "reviewer") not in waits_for(desk)


def test_startups_and_residents_wait_from_the_reminder_on_and_are_due_before() -> None:
    desk, mentor = agreements.secretary(), people.person(language="en")
    checkpoint(mentor)
    startups.applied(startups.called())
    one = residents.expected(residents.lab(by=desk))
    assert one.person is not None
    assert waits_for(desk) >= {
        ("startup_case", "secretariat"),
        ("startup_checkpoint", "mentor"),
        ("resident", "keepers"),
    }
    assert len(queries.waits(desk, kind="startup_checkpoint")) == 1
    dues = {("checkpoint", mentor.name_en), ("batch_call", ""), ("resident_comes", one.person.name_en)}
    assert due_for(desk) >= dues
    assert due_for(mentor) == {("checkpoint", mentor.name_en)}
    for page in ("/desk", "/desk/due?days=90"):
        office = client_of(desk)
        with CaptureQueriesContext(connection) as asked:
            answer: Any = office.get(page)
        assert (answer.status_code, len(asked) <= 12) == (200, True), page
