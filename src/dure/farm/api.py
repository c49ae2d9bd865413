"""The door of the farm: what other apps may use."""

from dure.farm.actions.asking import cancel, submit
from dure.farm.events import JobDone
from dure.farm.jobs import JOB, Input, JobSpec, Limits
from dure.farm.models import Job, Node, Run, RunFile
from dure.farm.queries.jobs import job_for, largest, last_run
from dure.farm.rules_protection import may_run

__all__ = [
    "JOB",
    "Input",
    "Job",
    "JobDone",
    "JobSpec",
    "Limits",
    "Node",
    "Run",
    "RunFile",
    "cancel",
    "job_for",
    "largest",
    "last_run",
    "may_run",
    "submit",
]
