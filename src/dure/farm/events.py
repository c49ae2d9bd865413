"""What the farm tells other apps."""

from dataclasses import dataclass
from typing import Any, TypedDict

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class JobDone(Event):
    """A job that is followed is over: `state` is one of Job.State's final ones. `farm.api.last_run` has the files that came out."""

    job: str
    state: str


def job_done(job: Any) -> JobDone:
    return JobDone(str(job.uid), job.state)


class UsageLine(TypedDict):
    """`entry` is its number for ever, as are `source` (the engine and the run), kind and `revision` within the hour.

    `provider` is a uid or "" for the platform; amounts are seconds as decimals in text.
    """

    entry: int
    source: str
    revision: int
    provider: str
    project: str
    accelerator: str
    delivered: str
    consumed: str
    excused: str


@dataclass(frozen=True, slots=True)
class UsageRecorded(Event):
    """New usage of one consumer (a uid, or "" for the platform) in the hour that begins at `hour`.

    `recorded` is the hour at whose close it was written: a later one than `hour` means corrections. Amounts may be negative then.
    """

    hour: str
    recorded: str
    consumer: str
    lines: list[UsageLine]


@dataclass(frozen=True, slots=True)
class SiteUseAnswered(Event):
    """A site's owner allowed, refused or ended a use; `purpose` is the uid of what asked."""

    use: str
    purpose: str
    state: str


def site_use_answered(use: Any) -> SiteUseAnswered:
    return SiteUseAnswered(str(use.uid), str(use.purpose), use.state)


@dataclass(frozen=True, slots=True)
class SiteTaskDone(Event):
    """A task at a site is over: `state` is one of SiteTask.State's final ones."""

    task: str
    state: str


def site_task_done(task: Any) -> SiteTaskDone:
    return SiteTaskDone(str(task.uid), task.state)
