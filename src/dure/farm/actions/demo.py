"""What the demo alliance gives, was granted and used: played through the actions that people use, each thing once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from dure.farm.actions import allocations, contributions
from dure.farm.jobs import Account
from dure.farm.models import Accelerator, Allocation, Contribution, UsageEntry
from dure.farm.usage.closing import GRACE
from dure.farm.usage.entering import enter
from dure.farm.usage.raw import RawUsage, hour_of
from dure.foundation import clock, workflow
from dure.people import api as people

ENGINE: Final = "demo"
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Who plays: organisations and people by the keys of the content, and the secretariat."""

    organisations: Mapping[str, people.Organisation]
    persons: Mapping[str, people.Person]
    desk: people.Person


def put_demo_capacity(content: Content, cast: DemoCast) -> None:
    """Play `contributions`, `allocations` and `usage` of the content; what is there already is left as it is."""
    for one in content["contributions"]:
        if not Contribution.objects.filter(node_name=one["node_name"]).exists():
            with _days_ago(one["days_ago"]):
                _give(one, cast)
    for one in content["allocations"]:
        firm = cast.organisations[one["organisation"]]
        if not Allocation.objects.filter(organisation=firm, project=one["project"]).exists():
            _grant(one, firm, cast)
    if not UsageEntry.objects.filter(source__startswith=f"{ENGINE}:").exists():
        _use(content["usage"], cast)


def _days_ago(days: int) -> Any:
    return clock.at(clock.now() - timedelta(days=days))


@transaction.atomic
def _give(one: Content, cast: DemoCast) -> None:
    by = cast.persons[one["by"]]
    values = {name: one[name] for name in ("node_name", "accelerators", "cores", "memory_gb", "kept_percent")}
    made = contributions.draft(
        by=by,
        organisation=cast.organisations[one["organisation"]],
        values={**values, "starts_on": clock.today()},
    )
    offered = workflow.perform(made, "offer", by=by)
    if one["accepted"]:
        workflow.perform(offered, "accept", by=cast.desk)


@transaction.atomic
def _grant(one: Content, firm: people.Organisation, cast: DemoCast) -> None:
    today = clock.today()
    days = {"starts_on": _day(today, one["starts_in"]), "ends_on": _day(today, one["ends_in"])}
    values = {name: one[name] for name in ("kind", "project", "hours", "purpose")}
    accelerator = Accelerator.objects.get(key=one["accelerator"])
    with _days_ago(one["days_ago"]):
        asked = allocations.request(
            by=cast.persons[one["by"]],
            organisation=firm,
            values={**values, **days, "accelerator": accelerator},
        )
        if one["granted"]:
            asked = allocations.act(asked, "approve", by=cast.desk, data={})
    allocations.settle(asked)


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)


@transaction.atomic
def _use(lines: Sequence[Content], cast: DemoCast) -> None:
    """As rows of an engine of its own, so that no accounting of a real one is touched."""
    until = hour_of(clock.now() - GRACE)
    rows = [
        row for line in lines for row in _runs(line, cast) if row.ended is not None and row.ended <= until
    ]
    enter(ENGINE, rows, since=until, until=until)


def _runs(line: Content, cast: DemoCast) -> Iterator[RawUsage]:
    """A run a day, from nine in the morning; every `excused_every`th was preempted."""
    for at, days in enumerate(range(line["from_days_ago"], line["until_days_ago"], -1), start=1):
        day = clock.today() - timedelta(days=days)
        began = clock.moment(day, 9)
        yield RawUsage(
            run=f"{line['node']}/{line['project']}/{day.isoformat()}",
            node=line["node"],
            account=Account(
                organisation=cast.organisations[line["organisation"]].uid, project=line["project"]
            ),
            amounts=dict(line["amounts"]),
            started=began,
            ended=began + timedelta(hours=line["hours"]),
            excused=at % line["excused_every"] == 0,
        )
