"""Why each job waits, in words, and when it is expected to start: what the ordering says of each machine, the best of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.engines import scheduling
from dure.engines.environment import standard
from dure.engines.scheduling import SENTENCES, RunningJob
from dure.farm import standing
from dure.farm.models import Job, Node, Run
from dure.farm.terms import Terms, capacity_of, terms

STARTING, NO_MACHINE, NO_PACKAGES, NOWHERE = "starting", "no_machine", "no_packages", "nowhere"
OWN_SENTENCES: Final[Mapping[str, str | Promise]] = {
    STARTING: gettext_lazy("It is its turn: it starts within seconds."),
    NO_MACHINE: gettext_lazy("No machine of the farm is on now. It starts once one is."),
    NO_PACKAGES: gettext_lazy(
        "The Python packages it asks for are not on the machine yet. It starts once they are."
    ),
    NOWHERE: gettext_lazy("No machine has what it asks for. Cancel it and ask for less."),
}
KINDS: Final[Mapping[str, str | Promise]] = {
    "cores": gettext_lazy("processor cores"),
    "memory_mib": gettext_lazy("memory"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a waiting job stands: its place from 1 on, the code of the reason why it waits, and when it is expected to start.

    `expected` is an estimate that takes each job to run to its limit; None where nothing says when.
    """

    number: int
    reason: str
    kind: str | None
    expected: datetime | None

    @property
    def sentence(self) -> str:
        """The reason in the reader's language."""
        if self.reason in OWN_SENTENCES:
            return str(OWN_SENTENCES[self.reason])
        return _(SENTENCES[scheduling.Waits(self.reason)]) % {"kind": kind_words(self.kind or "")}


def kind_words(kind: str) -> str:
    """A kind of the capacity as people call it; an accelerator's type is its name already."""
    return str(KINDS.get(kind, kind))


def places(
    nodes: Sequence[Node], *, runs: Sequence[Run], waiting: Sequence[Job], now: datetime
) -> dict[UUID, Place]:
    """The place of each waiting job on the machine that takes it soonest. Each of several machines is asked about all of them."""
    found: dict[UUID, Place] = {}
    used, agreed = (standing.usage(now), terms()) if waiting else ({}, Terms())
    for node in nodes:
        for uid, place in _on(node, agreed, runs=runs, waiting=waiting, usage=used, now=now):
            if uid not in found or _soonness(place) < _soonness(found[uid]):
                found[uid] = place
    return {
        job.uid: found.get(job.uid) or Place(len(waiting), _left_out(job, nodes), None, None)
        for job in waiting
    }


def _left_out(job: Job, nodes: Sequence[Node]) -> str:
    if not nodes:
        return NO_MACHINE
    return NO_PACKAGES if _lacks_packages(job) else NOWHERE


def _lacks_packages(job: Job) -> bool:
    return bool(job.wants.environments) and not standard().is_here


def _soonness(place: Place) -> tuple[bool, datetime]:
    return place.expected is None, place.expected or datetime.max.replace(tzinfo=UTC)


def _on(
    node: Node,
    agreed: Terms,
    *,
    runs: Sequence[Run],
    waiting: Sequence[Job],
    usage: dict[scheduling.Account, float],
    now: datetime,
) -> Iterator[tuple[UUID, Place]]:
    capacity = capacity_of(node, agreed)
    queue = [
        seen for job in waiting if not _lacks_packages(job) and (seen := standing.as_seen(job, capacity))
    ]
    going = [
        RunningJob(job=seen, started=run.started_at.timestamp())
        for run in runs
        if run.node_id == node.pk and (seen := standing.as_seen(run.job, capacity))
    ]
    farm = standing.farm(capacity, waiting=queue, running=going, shares=agreed.shares, usage=usage, now=now)
    told = scheduling.forecast(farm, now.timestamp())
    late = {one.job.uid for one in told}
    for at, job in enumerate((job for job in queue if job.uid not in late), start=1):
        yield UUID(job.uid), Place(at, STARTING, None, now)
    for one in told:
        expected = None if one.expected is None else datetime.fromtimestamp(one.expected, UTC)
        yield UUID(one.job.uid), Place(one.place + len(queue) - len(told), one.reason, one.kind, expected)
