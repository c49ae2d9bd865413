"""The one queue: exactly one holder, fenced attempts, nothing lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dure.foundation import clock, leases
from dure.foundation.models import Lease

pytestmark = pytest.mark.django_db
State = Lease.State


def late() -> None:
    """Let every running lease run out, and sweep."""
    moment = clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)
    leases.sweep(moment)


def test_enqueueing_twice_gives_the_same_run() -> None:
    subject = uuid4()
    first = leases.enqueue(kind="k", subject=subject)
    assert leases.enqueue(kind="k", subject=subject).pk == first.pk
    assert Lease.objects.count() == 1


def test_a_claimed_run_is_not_claimed_again() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    assert len(leases.claim(kind="k", worker="a")) == 1
    assert leases.claim(kind="k", worker="b") == []


def test_one_run_at_a_time_per_fair_key_and_others_pass() -> None:
    for key in ("team-1", "team-1", "team-2"):
        leases.enqueue(kind="k", subject=uuid4(), fair_key=key)
    held = leases.claim(kind="k", worker="a", limit=10)
    assert len(held) == 2
    assert leases.claim(kind="k", worker="b", limit=10) == []
    leases.finish(held[0])
    assert len(leases.claim(kind="k", worker="b", limit=10)) == 1


def test_a_worker_may_take_several_of_a_key_after_the_first_of_all() -> None:
    runs = [leases.enqueue(kind="k", subject=uuid4(), fair_key=key).pk for key in "aaab"]
    held = leases.claim(kind="k", worker="one", limit=3, turns=10)
    assert [claimed.id for claimed in held] == [runs[0], runs[1], runs[3]]
    assert leases.claim(kind="k", worker="two", limit=10, turns=10) == []
    for claimed in held:
        leases.finish(claimed)
    assert [claimed.id for claimed in leases.claim(kind="k", worker="two", turns=10)] == [runs[2]]


@pytest.mark.django_db(transaction=True)
def test_who_has_not_the_first_of_a_key_gets_none_of_its_others() -> None:
    first = leases.enqueue(kind="k", subject=uuid4(), fair_key="team")
    leases.enqueue(kind="k", subject=uuid4(), fair_key="team")
    alone = leases.enqueue(kind="k", subject=uuid4(), fair_key="another")
    with another_session() as session:
        session.execute("select 1 from foundation_lease where id = %s for update", [first.pk])
        assert [claimed.id for claimed in leases.claim(kind="k", worker="b", limit=10, turns=10)] == [
            alone.pk
        ]


@contextmanager
def another_session() -> Iterator[Any]:
    """A transaction beside ours; undone at the end."""
    beside = connection.copy()
    try:
        beside.set_autocommit(autocommit=False)
        with beside.cursor() as cursor:
            yield cursor
    finally:
        beside.rollback()
        beside.close()


def test_priority_comes_before_age() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    urgent = leases.enqueue(kind="k", subject=uuid4(), priority=5)
    assert leases.claim(kind="k", worker="a")[0].id == urgent.pk


def test_a_heartbeat_keeps_the_lease_and_silence_loses_it() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    leases.claim(kind="k", worker="a")
    with clock.at(clock.now() + timedelta(seconds=20)):
        assert leases.beat(worker="a") == 1
    leases.sweep(clock.now() + timedelta(seconds=31))
    assert Lease.objects.get().state == State.RUNNING
    leases.sweep(clock.now() + timedelta(seconds=51))
    assert Lease.objects.get().state == State.QUEUED


def test_a_late_attempt_changes_nothing() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    (first,) = leases.claim(kind="k", worker="a")
    late()
    (second,) = leases.claim(kind="k", worker="b")
    assert not leases.finish(first, state=State.FAILED_USER)
    assert leases.finish(second)
    assert Lease.objects.get().state == State.DONE


def test_three_lost_attempts_are_a_platform_fault() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    for _ in range(leases.MAX_ATTEMPTS):
        assert len(leases.claim(kind="k", worker="a")) == 1
        late()
    assert Lease.objects.get().state == State.FAILED_PLATFORM
    assert leases.claim(kind="k", worker="a") == []


def test_a_worker_that_stops_gives_its_run_back_uncounted() -> None:
    leases.enqueue(kind="k", subject=uuid4())
    for _ in range(5):
        (held,) = leases.claim(kind="k", worker="a")
        leases.release(held)
    assert Lease.objects.get().state == State.QUEUED


def test_a_cancelled_run_ignores_its_worker() -> None:
    lease = leases.enqueue(kind="k", subject=uuid4())
    (held,) = leases.claim(kind="k", worker="a")
    assert leases.cancel(kind="k", subject=lease.subject)
    assert not leases.finish(held)
    assert Lease.objects.get().state == State.CANCELLED


def test_the_place_in_the_queue_counts_those_before_and_learns_the_wait() -> None:
    runs = [leases.enqueue(kind="k", subject=uuid4()) for _ in range(3)]
    place = leases.place(kind="k", subject=runs[2].subject)
    assert place is not None
    assert (place.ahead, place.wait_seconds) == (2, None)
    start = clock.now()
    (held,) = leases.claim(kind="k", worker="a")
    with clock.at(start + timedelta(seconds=8)):
        leases.finish(held)
    place = leases.place(kind="k", subject=runs[2].subject)
    assert place is not None
    assert place.ahead == 1
    assert place.wait_seconds == pytest.approx(16, abs=1)


def test_runs_claimed_together_share_the_time_they_took() -> None:
    for _ in range(4):
        leases.enqueue(kind="k", subject=uuid4())
    last = leases.enqueue(kind="k", subject=uuid4())
    start = clock.now()
    held = leases.claim(kind="k", worker="a", limit=4)
    with clock.at(start + timedelta(seconds=8)):
        leases.finish_many(held)
    place = leases.place(kind="k", subject=last.subject)
    assert place is not None
    assert place.ahead == 0
    assert place.wait_seconds == pytest.approx(2, abs=0.2)


def test_asked_again_while_it_runs_it_runs_once_more() -> None:
    subject = uuid4()
    leases.ask(kind="k", subject=subject)
    leases.ask(kind="k", subject=subject)
    (held,) = leases.claim(kind="k", worker="a")
    leases.ask(kind="k", subject=subject)
    leases.ask(kind="k", subject=subject)
    assert leases.finish(held)
    (again,) = leases.claim(kind="k", worker="a")
    assert leases.finish(again)
    assert leases.claim(kind="k", worker="a") == []
    leases.ask(kind="k", subject=subject)
    assert len(leases.claim(kind="k", worker="a")) == 1


class TestAnyOrder(TestCase):
    """Whatever happens in whatever order: a run has one holder, and ends once."""

    @given(st.lists(st.sampled_from(["claim", "finish", "stale", "late", "beat", "requeue"]), max_size=25))
    @settings(max_examples=40, deadline=None)
    def test_at_most_one_holder_and_one_end(self, steps: list[str]) -> None:
        lease = leases.enqueue(kind="k", subject=uuid4())
        held: list[leases.Claim] = []
        for step in steps:
            if step == "claim":
                held += leases.claim(kind="k", worker=f"w{len(held)}")
            elif step == "finish" and held:
                lease.refresh_from_db()
                current = lease.state == State.RUNNING and lease.attempt == held[-1].attempt
                assert leases.finish(held[-1]) == current
            elif step == "stale" and len(held) > 1:
                assert not leases.finish(held[0])
            elif step == "late":
                late()
            elif step == "beat":
                leases.beat(worker="w0")
            elif step == "requeue":
                leases.requeue(kind="k", subject=lease.subject)
        attempts = [claimed.attempt for claimed in held]
        assert attempts == sorted(set(attempts))


@pytest.mark.parametrize("history", [0, 3])
def test_where_many_stand_is_where_each_stands(history: int) -> None:
    for _ in range(history):
        leases.enqueue(kind="k", subject=uuid4())
    for claimed in leases.claim(kind="k", worker="a", limit=2) + leases.claim(kind="k", worker="a", limit=2):
        leases.finish(claimed)
    runs = [leases.enqueue(kind="k", subject=uuid4(), priority=at % 2) for at in range(5)]
    leases.claim(kind="k", worker="a")
    subjects = [run.subject for run in runs]
    found = leases.stands(kind="k", subjects=[*subjects, uuid4()])
    assert {uid: one.state for uid, one in found.items()} == leases.states(kind="k", subjects=subjects)
    places = {uid: one.place for uid, one in found.items()}
    assert places.keys() == set(subjects)
    for uid, place in places.items():
        alone = leases.place(kind="k", subject=uid)
        assert (place and place.ahead) == (alone and alone.ahead)
        assert (place and place.wait_seconds) == pytest.approx(alone and alone.wait_seconds)
