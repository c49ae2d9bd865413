"""Events leave with their transaction and survive a crash."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from dure.foundation import clock, events
from dure.foundation.models import Delivery, OutboxEvent

heard: list[str] = []


@dataclass(frozen=True, slots=True)
class Rang(events.Event):
    """A bell rang."""

    name: str


def hear(event: Rang) -> None:
    heard.append(event.name)


def stumble(event: Rang) -> None:
    if event.name == "bad":
        raise ValueError("cannot bear it")


@pytest.fixture(autouse=True)
def _handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    heard.clear()
    events.subscribe(Rang, hear)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_delivered_on_commit_and_not_before() -> None:
    with transaction.atomic():
        events.record(Rang("one"))
        assert heard == []
    assert heard == ["one"]
    assert Delivery.objects.get().done_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_event_never_happened() -> None:
    with transaction.atomic():
        events.record(Rang("one"))
        transaction.set_rollback(True)
    assert (heard, OutboxEvent.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_what_a_crash_left_behind_is_delivered_later_once() -> None:
    events.record(
        Rang("one")
    )  # the test's transaction never commits: as if the process had died before delivery
    assert events.deliver_pending() == 1
    assert events.deliver_pending() == 0
    assert heard == ["one"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_handler_keeps_others_alive_and_is_tried_again() -> None:
    events.subscribe(Rang, stumble)
    with transaction.atomic():
        events.record(Rang("bad"))
    assert heard == ["bad"]
    failed = Delivery.objects.get(done_at=None)
    assert "cannot bear it" in failed.error
    assert tries_after(failed, minutes=0) == 1
    assert tries_after(failed, minutes=2) == 2
    assert tries_after(failed, minutes=2) == 2


@pytest.mark.django_db(transaction=True)
def test_a_hopeless_delivery_is_given_up_and_its_error_kept() -> None:
    events.subscribe(Rang, stumble)
    with transaction.atomic():
        events.record(Rang("bad"))
    failed = Delivery.objects.get(done_at=None)
    for day in range(events.MAX_ATTEMPTS + 3):
        tries_after(failed, minutes=day * 24 * 60)
    assert failed.attempts == events.MAX_ATTEMPTS
    assert "cannot bear it" in failed.error


def tries_after(delivery: Delivery, *, minutes: int) -> int:
    with clock.at(delivery.event.at + timedelta(minutes=minutes)):
        assert events.deliver_pending() == 0
    delivery.refresh_from_db()
    return delivery.attempts


@pytest.mark.django_db
def test_a_handler_that_is_gone_leaves_its_event_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    events.record(Rang("one"))
    with monkeypatch.context() as away:
        away.setattr(events, "_handlers", {})
        assert events.deliver_pending() == 0
    assert Delivery.objects.get().done_at is None
    assert tries_after(Delivery.objects.get(), minutes=0) == 1
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert events.deliver_pending() == 1


@pytest.mark.django_db
def test_delivered_events_are_forgotten_after_a_month_and_waiting_ones_kept() -> None:
    for name in ("done", "waiting"):
        events.record(Rang(name))
    Delivery.objects.filter(event__payload__name="done").update(done_at=clock.now())
    assert events.prune(clock.now()) == 0
    events.prune(clock.now() + timedelta(days=31))
    assert [row.payload["name"] for row in OutboxEvent.objects.all()] == ["waiting"]


@pytest.mark.django_db
def test_an_event_nobody_listens_to_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    events.record(Rang("one"))
    assert OutboxEvent.objects.count() == 0
