"""The door of the farm: what other apps may use."""

from dure.farm.actions.asking import cancel, submit
from dure.farm.events import JobDone
from dure.farm.jobs import Input, JobSpec, Limits
from dure.farm.models import Job, Run, RunFile
from dure.farm.queries.jobs import last_run

__all__ = [
    "Input",
    "Job",
    "JobDone",
    "JobSpec",
    "Limits",
    "Run",
    "RunFile",
    "cancel",
    "last_run",
    "submit",
]
