"""What the farm tells other apps."""

from dataclasses import dataclass
from typing import Any

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class JobDone(Event):
    """A job is over: `state` is one of Job.State's final ones. `farm.api.last_run` has the files that came out."""

    job: str
    state: str


def job_done(job: Any) -> JobDone:
    return JobDone(str(job.uid), job.state)
