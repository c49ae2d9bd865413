"""The farm now: its machines, what is in use, who has what, and who waits for what. A few queries, however much there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.farm import rules, standing
from dure.farm.models import Job, Node, Run
from dure.farm.queries.line import is_on, is_protected, line_now, starts_jobs
from dure.farm.queries.queue import Place
from dure.farm.rules import Sight
from dure.farm.terms import Terms, capacity_of
from dure.foundation import clock
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much there is of one kind, and how much of it is in use."""

    kind: str
    used: int
    amount: int


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine with what is in use of it. One that is off, or whose walls are too weak, starts nothing."""

    node: Node
    is_on: bool
    gauges: Sequence[Gauge]

    @property
    def is_protected(self) -> bool:
        return is_protected(self.node)

    @property
    def starts_jobs(self) -> bool:
        return self.is_on and self.is_protected


@dataclass(frozen=True, slots=True)
class Holding:
    """What one member has in one class: counts and amounts, without a name of a job or a person. None: the platform itself."""

    organisation: people.Organisation | None
    job_class: str
    running: int
    waiting: int
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class InLine:
    """A waiting job that the reader may know of, with its place."""

    job: Job
    sight: Sight
    place: Place


@dataclass(frozen=True, slots=True)
class FarmNow:
    """The farm at one moment, as one reader may know it."""

    at: datetime
    machines: Sequence[Machine]
    gauges: Sequence[Gauge]
    holdings: Sequence[Holding]
    line: Sequence[InLine]
    running: int
    waiting: int


def farm_now(person: Any) -> FarmNow:
    """What members may know of the farm: counts of everybody, and the places of jobs that the reader sees anyway."""
    now = clock.now()
    nodes = list(Node.objects.order_by("name"))
    here = line_now([node for node in nodes if starts_jobs(node, now)], now)
    runs, jobs = here.runs, here.waiting
    machines = [_machine(node, runs, now) for node in nodes]
    return FarmNow(
        at=now,
        machines=machines,
        gauges=_together(one.gauges for one in machines if one.starts_jobs),
        holdings=_holdings([run.job for run in runs], jobs),
        line=_line(person, jobs, here.places),
        running=len(runs),
        waiting=len(jobs),
    )


def _machine(node: Node, runs: Iterable[Run], now: datetime) -> Machine:
    used: Counter[str] = Counter()
    for run in runs:
        if run.node_id == node.pk:
            used.update(standing.needs(run.job.wants))
    capacity = capacity_of(node, Terms())
    gauges = [
        Gauge(kind, used[kind], amount) for kind, amount in zip(capacity.kinds, capacity.amounts, strict=True)
    ]
    return Machine(node, is_on(node, now), gauges)


def _together(machines: Iterable[Sequence[Gauge]]) -> list[Gauge]:
    used, amount = Counter[str](), Counter[str]()
    for gauge in (gauge for gauges in machines for gauge in gauges):
        used[gauge.kind] += gauge.used
        amount[gauge.kind] += gauge.amount
    return [Gauge(kind, used[kind], amount[kind]) for kind in amount]


def _holdings(running: Sequence[Job], waiting: Sequence[Job]) -> list[Holding]:
    """Members by name, the platform's own last."""
    organisations = {job.organisation_id: job.organisation for job in (*running, *waiting)}
    runs, waits = Counter(map(_key, running)), Counter(map(_key, waiting))
    amounts: defaultdict[tuple[int | None, str], Counter[str]] = defaultdict(Counter)
    for job in running:
        amounts[_key(job)].update(standing.needs(job.wants))
    held = [
        Holding(organisations[key[0]], key[1], runs[key], waits[key], amounts[key])
        for key in runs.keys() | waits.keys()
    ]
    return sorted(held, key=lambda one: (one.organisation is None, str(one.organisation), one.job_class))


def _key(job: Job) -> tuple[int | None, str]:
    return job.organisation_id, job.job_class


def _line(person: Any, jobs: Sequence[Job], found: Mapping[Any, Place]) -> list[InLine]:
    """The waiting jobs this reader may know of, first in turn first."""
    represents = set(people.represented_organisations(person))
    seen = ((job, rules.sight(person, job, represents=represents)) for job in jobs)
    line = [InLine(job, sight, found[job.uid]) for job, sight in seen if sight]
    return sorted(line, key=lambda one: (one.place.number, one.job.pk))
