"""Events leave with their transaction and survive a crash."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from dure.foundation import events
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
    assert events.deliver_pending() == 0
    failed.refresh_from_db()
    assert failed.attempts == 2


@pytest.mark.django_db
def test_an_event_nobody_listens_to_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    events.record(Rang("one"))
    assert OutboxEvent.objects.count() == 0
