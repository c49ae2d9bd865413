"""What the farm tells other apps."""

from dataclasses import dataclass
from typing import Any

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class JobDone(Event):
    """A job is over: `state` is one of Job.State's final ones. Its last run, with the files that came out, is `farm.api.last_run`."""

    job: str
    state: str


def job_done(job: Any) -> JobDone:
    return JobDone(str(job.uid), job.state)
