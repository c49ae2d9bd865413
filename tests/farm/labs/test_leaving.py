"""What becomes of a lab whose person leaves, and of what lies on the disk then; also where something is in the way."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dure.engines import sandbox
from dure.farm import clock as duties
from dure.farm.labs import actions, homes
from dure.farm.models import Job
from dure.foundation import clock
from dure.foundation.access import SYSTEM
from dure.people.actions.accounts import delete_account
from dure.people.actions.memberships import end_membership
from dure.people.actions.roles import set_active
from dure.people.models import Membership, Person
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def labs_are_on(settings: Any, tmp_path: Path) -> None:
    settings.LABS_URL = "http://labs.example"
    settings.DATA = tmp_path


@pytest.fixture
def ann() -> Person:
    made = person()
    member(made, organisation())
    return made


def strike() -> int:
    return duties.end_labs_left(clock.now())


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_a_closed_account_has_no_lab_that_is_on(ann: Person) -> None:
    job = actions.start(ann.uid)
    assert (strike(), state_of(job)) == (0, "queued")
    set_active(ann, by=SYSTEM, active=False)
    assert (strike(), strike(), state_of(job)) == (1, 0, "cancelled")


def test_who_leaves_the_last_organisation_leaves_the_lab_at_once(
    ann: Person, django_capture_on_commit_callbacks: Any
) -> None:
    job = actions.start(ann.uid)
    other = member(ann, organisation())
    first = Membership.objects.exclude(pk=other.pk).get(person=ann)
    for membership, state in ((other, "queued"), (first, "cancelled")):
        with django_capture_on_commit_callbacks(execute=True):
            end_membership(membership, by=ann)
        assert state_of(job) == state


def test_a_membership_that_runs_out_ends_the_lab_by_the_clock(ann: Person) -> None:
    job = actions.start(ann.uid)
    Membership.objects.filter(person=ann).update(ends_on=clock.today() - timedelta(days=1))
    assert (strike(), state_of(job)) == (1, "cancelled")


def test_a_home_in_use_is_removed_when_its_lab_has_ended(
    ann: Person, django_capture_on_commit_callbacks: Any
) -> None:
    home = homes.home_of(ann.uid)
    (home / "work.txt").write_text("mine")
    with homes.held(ann.uid):
        with django_capture_on_commit_callbacks(execute=True):
            delete_account(ann)
        assert home.exists()
        assert strike() == 0
    assert (strike(), home.exists()) == (1, False)
    assert strike() == 0


def test_a_home_without_a_lab_goes_with_its_account(
    ann: Person, django_capture_on_commit_callbacks: Any
) -> None:
    """Work was laid into it, and it was never opened."""
    home = homes.home_of(ann.uid)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(ann)
    assert not home.exists()


def test_a_removal_that_fails_is_said_and_keeps_no_other_from_going(
    ann: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    first, second, kept = (
        homes.home_of(ann.uid),
        homes.home_of((bob := person()).uid),
        homes.home_of(person().uid),
    )
    really = sandbox.remove

    def broken(top: Path) -> None:
        if top == first:
            raise OSError(5, "Input/output error")
        really(top)

    monkeypatch.setattr(sandbox, "remove", broken)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(ann)
    Person.objects.filter(pk=bob.pk).update(deleted_at=clock.now())
    with pytest.raises(OSError, match="Input/output"):
        strike()
    assert (first.exists(), second.exists(), kept.exists()) == (True, False, True)
    monkeypatch.undo()
    homes.home_of(ann.uid)
    strike()


def test_a_relay_that_a_killed_runner_left_is_removed(ann: Person) -> None:
    job = actions.start(ann.uid)
    relay = homes.relay_of(job.uid)
    relay.mkdir()
    assert (strike(), relay.exists()) == (0, True)
    actions.stop(job.uid)
    assert (strike(), relay.exists()) == (1, False)
