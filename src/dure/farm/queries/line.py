"""Who runs and who waits now, with the place of each: looked up once for all who look within a few seconds.

Working out the places of a thousand waiting jobs takes half a second, and each page and each follower of a job asks for its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from dure.engines import sandbox
from dure.farm.jobs import JOB
from dure.farm.models import Job, Node, Run, SlurmJob
from dure.farm.queries.queue import Place, places
from dure.foundation import leases

ON_FOR: Final = timedelta(seconds=60)
"""A machine whose runner has not been heard of for so long counts as off."""
FRESH: Final = timedelta(seconds=3)
Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """All that run and wait at one moment; nobody changes what stands in it."""

    at: datetime
    signature: Signature
    runs: Sequence[Run]
    waiting: Sequence[Job]
    places: Mapping[UUID, Place]


_last: list[Line] = []


def is_on(node: Node, now: datetime) -> bool:
    return now - node.seen_at < ON_FOR


def is_protected(node: Node) -> bool:
    return node.level >= sandbox.LEAST_LEVEL


def starts_jobs(node: Node, now: datetime) -> bool:
    return is_on(node, now) and is_protected(node)


def line_now(nodes: Sequence[Node], now: datetime) -> Line:
    """The line before these machines: the last one found, unless it is old or a job or machine came, went or changed its state."""
    signature = (
        *_of_queue(),
        *((node.pk, node.cores, node.memory_mib, str(node.accelerators)) for node in nodes),
    )
    for last in _last:
        if last.signature == signature and abs(now - last.at) < FRESH:
            return last
    runs, waiting = _running(), _waiting()
    found = Line(now, signature, runs, waiting, places(nodes, runs=runs, waiting=waiting, now=now))
    _last[:] = [found]
    return found


def _of_queue() -> Signature:
    """What changes whenever a job is handed in, starts, is put back or ends."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, {"kind": JOB})
        return tuple(cursor.fetchall())


QUEUE: Final = """
select state, count(*), max(id), sum(attempt) from foundation_lease
where kind = %(kind)s and state in ('queued', 'running') group by state order by state
"""


AT_THE_CLUSTER: Final = [SlurmJob.State.SUBMITTING, SlurmJob.State.REFUSED, SlurmJob.State.WAITING]
"""A try that was handed to a cluster and has not begun there: for people it waits."""


def _running() -> list[Run]:
    rows = Run.objects.filter(ended_at=None).exclude(slurm__state__in=AT_THE_CLUSTER)
    return list(rows.select_related("node", "job__organisation", "job__person").order_by("id"))


def _waiting() -> list[Job]:
    handed_over = Run.objects.filter(ended_at=None, slurm__state__in=AT_THE_CLUSTER).values("job_id")
    rows = Job.objects.filter(Q(uid__in=leases.waiting(kind=JOB)) | Q(pk__in=handed_over))
    return list(rows.select_related("organisation", "person").order_by("id"))
