"""Challenges close by themselves when the last phase ends, once, and hosts hear of it before."""

from datetime import timedelta

import pytest

from dure.foundation import clock, workflow
from dure.foundation.models import AuditEntry, Notice
from dure.problems.clock_hosting import close_challenges, remind_of_close
from tests.factories.problems import open_challenge
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db


def test_it_closes_once_when_the_last_phase_has_ended() -> None:
    challenge = open_challenge(rows=20)
    ends = challenge.phases.get().ends_at
    assert ends is not None
    assert close_challenges(ends - timedelta(seconds=1)) == 0
    with clock.at(ends + timedelta(minutes=1)):
        assert close_challenges(clock.now()) == 1
        assert close_challenges(clock.now()) == 0
    closed = making.fresh(challenge)
    assert (closed.state, closed.closed_at) == ("closed", ends + timedelta(minutes=1))
    assert AuditEntry.objects.filter(action="challenge.close").count() == 1
    assert Notice.objects.filter(kind="problems.challenge_closed", person=making.host_of(closed)).count() == 1


def test_an_open_end_or_a_later_phase_keeps_it_open() -> None:
    challenge = open_challenge(rows=20)
    ends = challenge.phases.get().ends_at
    assert ends is not None
    challenge.phases.create(number=2, starts_at=ends, ends_at=None)
    assert close_challenges(ends + timedelta(days=900)) == 0
    challenge.phases.filter(number=2).update(ends_at=ends + timedelta(days=1))
    assert close_challenges(ends + timedelta(hours=1)) == 0
    assert close_challenges(ends + timedelta(days=1)) == 1


def test_hosts_are_reminded_once() -> None:
    challenge = open_challenge(rows=20)
    ends = challenge.phases.get().ends_at
    assert ends is not None
    assert remind_of_close(ends - timedelta(days=4)) == 0
    assert remind_of_close(ends - timedelta(days=2)) == 1
    assert remind_of_close(ends - timedelta(days=1)) == 0
    mine = Notice.objects.filter(kind="problems.closes_soon", person=making.host_of(challenge))
    assert mine.count() == 1


def test_closing_by_hand_asks_for_the_boards() -> None:
    challenge = making.with_teams(1)
    before = challenge.boards.get(view="private").computed_at
    workflow.perform(challenge, "close", by=making.host_of(challenge))
    making.score_all()
    assert challenge.boards.get(view="private").computed_at > before
