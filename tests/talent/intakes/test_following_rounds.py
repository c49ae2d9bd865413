"""Whoever a decided round places with a host of an intake has their place there."""

from collections.abc import Callable
from typing import Any

import pytest

from dure.foundation import workflow
from dure.talent.events import RoundDecided
from dure.talent.intakes import following, making
from dure.talent.models import Intake, IntakeHost, PlacementRound, Stay
from tests.factories import audits, intakes, openings, people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(django_capture_on_commit_callbacks: Any) -> Callable[..., PlacementRound]:
    """Decides a round, with all that hears of it."""

    def play(*hosts: IntakeHost, entries: int) -> PlacementRound:
        found = _solved(*hosts, entries=entries)
        with django_capture_on_commit_callbacks(execute=True):
            return workflow.perform(found, "decide", by=people.person(roles=["secretariat"]))

    return play


def _solved(*hosts: IntakeHost, entries: int) -> PlacementRound:
    """A round over these hosts and one seat elsewhere, in which so many people ranked all seats in this order."""
    found = rounds.draft()
    seats = [rounds.seat(found, opening=host.opening, seats=host.opening.seats) for host in hosts]
    seats.append(rounds.seat(found))
    found = rounds.opened(found)
    for _ in range(entries):
        rounds.ranked(found, *([seat] for seat in seats))
    return rounds.solved(found)


def places(found: PlacementRound) -> set[tuple[Any, Any]]:
    rows = found.entries.filter(decision__seat__opening__intake_host__isnull=False)
    return set(rows.values_list("person", "decision__seat__opening__intake_host"))


def test_a_decided_round_seats_its_people_with_the_hosts_once(decided: Callable[..., PlacementRound]) -> None:
    made = intakes.intake()
    first, second = intakes.host(made, seats=2), intakes.host(made, seats=1)
    found = decided(first, second, entries=5)
    for _twice in range(2):
        following.follow_round(RoundDecided(placement_round=str(found.uid)))
    assert set(Stay.objects.values_list("person", "host")) == places(found)
    assert list(Stay.objects.values_list("source", "state")) == [(str(found.uid), "preparing")] * 3


def test_an_intake_that_takes_nobody_any_more_leaves_the_result_to_its_people(
    decided: Callable[..., PlacementRound],
) -> None:
    host = intakes.host(intakes.intake(), seats=2)
    Intake.objects.update(state="finished")
    decided(host, entries=1)
    assert not Stay.objects.exists()


def test_a_full_host_keeps_nobody_else_from_a_place(decided: Callable[..., PlacementRound]) -> None:
    made = intakes.intake()
    full, free = intakes.host(made, seats=1), intakes.host(made, seats=1)
    before = intakes.stay(people.person(), full)
    found = decided(full, free, entries=2)
    assert set(Stay.objects.exclude(pk=before.pk).values_list("host", flat=True)) == {free.pk}
    assert len(places(found)) == 2


def test_a_round_decided_before_the_call_gives_its_places_when_the_call_opens(
    decided: Callable[..., PlacementRound], django_capture_on_commit_callbacks: Any
) -> None:
    by = people.person(roles=["secretariat"])
    made = intakes.intake(state="preparing")
    host = intakes.host(made, seats=2)
    found = decided(host, entries=3)
    assert not Stay.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.perform(made, "call", by=by)
    assert set(Stay.objects.values_list("person", "host")) == places(found)
    assert set(Stay.objects.values_list("source", flat=True)) == {str(found.uid)}
    event = workflow.StateChanged("intake", str(made.uid), "call", "preparing", "calling", by.pk)
    following.follow_call(event)
    assert Stay.objects.count() == 2


def test_an_opening_that_becomes_a_host_later_brings_its_people(
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = intakes.intake()
    offered = openings.taking_people(kind="exchange")
    application = audits.applied(offered, {}, is_offered=True)
    audits.applied(offered, {}, is_offered=False)
    with django_capture_on_commit_callbacks(execute=True):
        making.add_host(made, by=people.person(roles=["secretariat"]), opening=offered)
    (stay,) = Stay.objects.all()
    assert (stay.person, stay.source) == (application.person, str(application.uid))
