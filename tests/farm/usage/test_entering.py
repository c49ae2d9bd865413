"""Usage is the raw accounting, hour by hour: nothing is lost, nothing is counted twice, whenever and however often it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.farm.clock import close_usage_hours
from dure.farm.events import UsageRecorded
from dure.farm.jobs import Account
from dure.farm.models import Run, UsageCursor, UsageEntry
from dure.farm.usage import closing, entering
from dure.farm.usage.raw import RawUsage, exact_seconds
from dure.foundation import clock, events
from dure.foundation.ids import uuid7
from dure.people.models import Organisation
from tests.factories.accounts import kept_run, node
from tests.factories.people import organisation
from tests.factories.sharing import contributed

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
SUMS = ("delivered", "consumed", "excused")


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def closed(hours: float) -> int:
    """What the clock does that many hours after midnight."""
    with clock.at(at(hours)):
        return close_usage_hours(at(hours))


def entries() -> list[tuple[Any, ...]]:
    """Hour of the day, kind and amounts, in the order of writing."""
    return [
        (entry.hour.hour, entry.accelerator, *(float(getattr(entry, name)) for name in SUMS))
        for entry in UsageEntry.objects.order_by("pk")
    ]


def sums(**of: Any) -> dict[str, Decimal]:
    found = UsageEntry.objects.filter(**of).aggregate(**{f"the_{name}": Sum(name) for name in SUMS})
    return {name: found[f"the_{name}"] or Decimal(0) for name in SUMS}


def test_a_run_is_cut_at_the_hours_and_told_by_kind() -> None:
    member = organisation()
    kept_run(
        started=at(1.5), ended=at(3.25), on=node(), cores=4, accelerators={"npu:atom": 2}, organisation=member
    )
    assert closed(4.2) == 3
    assert entries() == [
        (1, "", 7200, 7200, 0),
        (1, "npu:atom", 3600, 3600, 0),
        (2, "", 14400, 14400, 0),
        (2, "npu:atom", 7200, 7200, 0),
        (3, "", 3600, 3600, 0),
        (3, "npu:atom", 1800, 1800, 0),
    ]
    assert {entry.consumer for entry in UsageEntry.objects.all()} == {member}


def test_an_hour_stays_open_until_its_grace_is_over() -> None:
    kept_run(started=at(1), ended=at(1.5), on=node())
    assert closed(2.08) == 0
    assert closed(2.09) == 1
    assert closed(2.09) == 0


def test_one_that_goes_on_is_entered_hour_by_hour_and_excused_when_it_turns_out_lost() -> None:
    run = kept_run(started=at(1), ended=None, on=node())
    closed(3.2)
    assert entries() == [(1, "", 3600, 3600, 0), (2, "", 3600, 3600, 0)]
    Run.objects.filter(pk=run.pk).update(ended_at=at(3.5), excused=True)
    closed(4.2)
    assert entries()[2:] == [(1, "", 0, -3600, 3600), (2, "", 0, -3600, 3600), (3, "", 1800, 0, 1800)]
    assert sums() == {"delivered": 9000, "consumed": 0, "excused": 9000}


def test_an_end_that_is_written_late_is_put_right() -> None:
    run = kept_run(started=at(1), ended=None, on=node())
    closed(2.2)
    Run.objects.filter(pk=run.pk).update(ended_at=at(1.75))
    closed(3.2)
    assert entries() == [(1, "", 3600, 3600, 0), (1, "", -900, -900, 0)]


def test_postgresql_refuses_to_change_what_is_entered() -> None:
    kept_run(started=at(1), ended=at(2), on=node())
    closed(3)
    for change in (lambda: UsageEntry.objects.update(delivered=1), lambda: UsageEntry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert entries() == [(1, "", 3600, 3600, 0)]


def test_the_ledger_hears_of_each_hour_and_consumer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UsageRecorded] = []
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe(UsageRecorded, told.append)
    one, other, machine = organisation(), organisation(), node()
    for member, project in ((one, "a"), (one, "b"), (other, "a"), (None, "")):
        kept_run(started=at(1), ended=at(1.5), on=machine, organisation=member, project=project)
    for _again in range(3):
        closed(2.5)
    with clock.at(at(3)):
        events.deliver_pending()
    heard = {(event.hour, event.consumer): event for event in told}
    assert len(heard) == len(told) == 3
    lines = heard[at(1).isoformat(), str(one.uid)].lines
    assert [(line["project"], line["delivered"], line["provider"]) for line in lines] == [
        ("a", "1800.000000", ""),
        ("b", "1800.000000", ""),
    ]


def test_killed_in_the_middle_of_an_hour_it_begins_that_hour_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_run(started=at(1), ended=at(3), on=node())
    closed(2.2)

    def dies(*_args: Any, **_kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(closing, "_told", dies)
        with pytest.raises(KeyboardInterrupt):
            closed(3.2)
    assert (len(entries()), UsageCursor.objects.get().until) == (1, at(2))
    closed(3.2)
    assert sums()["delivered"] == 7200


MOMENTS = st.integers(0, 12 * 3600 * 1_000_000).map(lambda ticks: DAY + timedelta(microseconds=ticks))
RUNS = st.lists(
    st.tuples(MOMENTS, MOMENTS, st.integers(1, 8), st.integers(0, 4), st.booleans(), st.booleans()),
    min_size=1,
    max_size=8,
)
LOOKS = st.lists(st.tuples(MOMENTS, st.booleans()), max_size=6)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=60)
@given(runs=RUNS, looks=LOOKS)
def test_sums_are_the_raw_accounting_whenever_it_is_read(runs: list[Any], looks: list[Any]) -> None:
    """Runs are seen going on before they end; some looks are killed before they can move the cursor."""
    with undone():
        machine, member = node(), organisation()
        kept = [_kept(one, machine, member) for one in runs]
        for moment, killed in [*sorted(looks), (at(24), False), (at(24), False)]:
            _seen_at(kept, moment)
            _look(moment, killed=killed)
        expected = {name: Decimal(0) for name in SUMS}
        for run, (ended, cores, devices, excused) in kept:
            used = exact_seconds(ended - run.started_at) * (cores + devices)
            expected["delivered"] += used
            expected["excused" if excused else "consumed"] += used
        assert sums() == expected


def _kept(one: Any, machine: Any, member: Organisation) -> tuple[Run, Any]:
    first, second, cores, devices, excused, ours = one
    started, ended = sorted((first, second))
    run = kept_run(
        started=started, ended=None, on=machine, cores=cores, accelerators={"gpu:h100": devices},
        organisation=None if ours else member,
    )  # fmt: skip
    return run, (ended, cores, devices, excused)


def _seen_at(kept: list[tuple[Run, Any]], moment: datetime) -> None:
    """At this moment those that have ended by then have their end in the books; the others did not even begin, or go on."""
    for run, (ended, _cores, _devices, excused) in kept:
        if ended <= moment:
            Run.objects.filter(pk=run.pk).update(ended_at=ended, excused=excused)


def _look(moment: datetime, *, killed: bool) -> None:
    with transaction.atomic(), clock.at(moment):
        close_usage_hours(moment)
        transaction.set_rollback(killed)


def test_usage_of_an_unknown_organisation_is_kept_as_the_platforms(caplog: pytest.LogCaptureFixture) -> None:
    row = RawUsage(
        run="7/1",
        node="n",
        account=Account(organisation=uuid7()),
        amounts={"": 1},
        started=at(1),
        ended=at(2),
    )
    for _again in range(2):
        entering.enter("slurm", [row], since=at(1), until=at(2))
    assert [(entry.source, entry.consumer_id) for entry in UsageEntry.objects.all()] == [("slurm:7/1", None)]
    assert "unknown organisations" in caplog.text


def test_what_runs_on_a_members_machine_is_delivered_by_it_on_the_days_it_gave_it() -> None:
    with clock.at(at(0)):
        given = contributed(node_name="etri1", starts_on=DAY.date(), ends_on=DAY.date())
    machine = node("etri1")
    kept_run(started=at(13), ended=at(17), on=machine)  # the day ends at 15:00 UTC in Korea
    kept_run(started=at(13), ended=at(14), on=node("ours"))
    closed(20)
    delivered = UsageEntry.objects.order_by("source", "hour").values_list("source", "hour", "provider_id")
    by_hour = [(hour.hour, provider) for source, hour, provider in delivered if "local" in source]
    owner = given.organisation_id
    assert sorted(by_hour, key=str) == sorted(
        [(13, owner), (14, owner), (15, None), (16, None), (13, None)], key=str
    )
