"""What people are told of jobs: lists, with arrays as one, and all that one job's page tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from dure.farm import rules
from dure.farm.access import Seen
from dure.farm.models import Job, Node, Run, RunFile
from dure.farm.queries.line import line_now, starts_jobs
from dure.farm.queries.queue import Place
from dure.farm.rules import Sight
from dure.foundation import clock
from dure.people import api as people

KEPT: Final = timedelta(days=30)
"""So long after a job's end its log and files are kept."""
FIRST: Final = Q(array_index=None) | Q(array_index=0)


@dataclass(frozen=True, slots=True)
class Listed:
    """A job or a whole array in a list: what of it the reader may read, and how many of its jobs are in which state."""

    job: Job
    sight: Sight
    progress: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many are over."""
        return sum(count for state, count in self.progress.items() if state not in {"queued", "running"})

    @property
    def state(self) -> str:
        """The state of the job; of an array, the one that says most about all of its jobs."""
        if not self.job.is_array:
            return self.job.state
        return next(state for state in SAYS_MOST if self.progress.get(state))


SAYS_MOST: Final = ("running", "queued", "failed_platform", "failed_user", "cancelled", "done")


def jobs_of(person: Any) -> "QuerySet[Job]":
    """One's own jobs, the newest first, of each array the first."""
    return _shown(Job.objects.of(person))


def jobs_seen(person: Any) -> "QuerySet[Job]":
    """All that the person may know of: their organisation's, or everybody's, for those who look after them."""
    return _shown(Job.objects.visible_to(person))


def _shown(rows: "QuerySet[Job]") -> "QuerySet[Job]":
    return rows.filter(FIRST).select_related("organisation", "person").order_by("-id")


def listed(person: Any, jobs: Sequence[Job]) -> list[Listed]:
    """What a list says of each of these jobs; two queries."""
    represents = set(people.represented_organisations(person))
    counted = progress_of(job.array for job in jobs if job.is_array)
    return [
        Listed(job, rules.sight(person, job, represents=represents), counted.get(job.array, {}))
        for job in jobs
    ]


def progress_of(arrays: Iterable[UUID | None]) -> dict[UUID | None, dict[str, int]]:
    """How many jobs of each array are in which state."""
    found: dict[UUID | None, dict[str, int]] = {}
    rows = Job.objects.filter(array__in=[array for array in arrays if array]).values("array", "state")
    for row in rows.annotate(count=Count("id")).order_by("state"):
        found.setdefault(row["array"], {})[row["state"]] = row["count"]
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """All that one reader may be told of a job; only the last try has its log.

    Without the sight of its content there is no log, `files` is empty, and faults do not say which file they speak of.
    """

    job: Job
    sight: Sight
    is_own: bool
    place: Place | None
    runs: Sequence[Run]
    files: Sequence[RunFile]

    @property
    def run(self) -> Run | None:
        """The last try."""
        return self.runs[-1] if self.runs else None

    @property
    def kept_until(self) -> datetime | None:
        """When log and files go; None while it is open, and once they are gone."""
        ended = self.job.finished_at
        return ended + KEPT if ended and not self.job.emptied_at else None


SAID: Final = ("stdout", "stderr", "report", "judge_log")


def told(seen: Seen) -> Told:
    """A job's page: at most ten queries. What a judge said stands on no page of the farm."""
    job, may_read = seen.job, seen.sight >= Sight.CONTENT
    runs = list(job.runs.select_related("node", "slurm").defer(*SAID).order_by("attempt"))
    if may_read and runs:
        runs[-1].refresh_from_db(fields=["stdout", "stderr"])
    for run in () if may_read else runs:
        _keep_content_back(run)
    return Told(job, seen.sight, seen.is_own, place_of(job), runs, list(files_of(job)) if may_read else [])


def _keep_content_back(run: Run) -> None:
    """What it said, and the names of its files: a fault stands without its place."""
    run.stdout = run.stderr = ""
    run.faults = [{**fault, "place": None} for fault in run.faults]


def place_of(job: Job) -> Place | None:
    """Where a waiting job stands; None for any other. At most six queries."""
    if job.state != Job.State.QUEUED:
        return None
    now = clock.now()
    nodes = [node for node in Node.objects.order_by("name") if starts_jobs(node, now)]
    return line_now(nodes, now).places.get(job.uid)


def files_of(job: Job) -> "QuerySet[RunFile]":
    """What came out of a job, by name."""
    return RunFile.objects.filter(run__job=job).select_related("blob").order_by("name")


def jobs_in(first: Job) -> "QuerySet[Job]":
    """All jobs of the array of this one, by index."""
    rows = Job.objects.filter(array=first.array) if first.array else Job.objects.filter(pk=first.pk)
    return rows.select_related("organisation", "person").order_by("array_index")
