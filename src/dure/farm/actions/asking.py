"""Asking for a job, and taking it back."""

from typing import Any
from uuid import UUID

from django.db import transaction

from dure.farm.actions import ending
from dure.farm.bell import RUNNER
from dure.farm.hours import demand_hours
from dure.farm.jobs import JOB, JobSpec
from dure.farm.models import Job
from dure.farm.visibility import BY_HAND
from dure.foundation import leases
from dure.people import api as people


@transaction.atomic
def submit(
    spec: JobSpec,
    *,
    name: str,
    job_class: Job.Class = Job.Class.NORMAL,
    organisation: people.Organisation | None = None,
    project: str = "",
    person: people.Person | None = None,
    sealed: bool = False,
    repeatable: bool = True,
    is_followed: bool = False,
    uid: UUID | None = None,
) -> Job:
    """Put a job in the queue. Asked again with the same `uid`, it is the same job, unchanged.

    Raises Denied where its account lacks the hours it may take: see `rules_hours`. Raises ValueError for a judge in a job of the
    classes that people ask for by hand: they read those jobs' pages, and run them again.

    `sealed`: its output is kept for nobody. `repeatable`: it may be started again when a try was lost through our fault.
    `is_followed`: its end is told by `JobDone`.
    """
    if spec.judge and job_class in BY_HAND:
        raise ValueError("a judge goes with a job that the platform asks for")
    values: dict[str, Any] = {
        "name": name,
        "job_class": job_class,
        "organisation": organisation,
        "project": project,
        "person": person,
        "spec": spec.as_json(),
        "sealed": sealed,
        "repeatable": repeatable,
        "is_followed": is_followed,
    }
    if uid is None:
        return _queued(Job.objects.create(**values))
    job, made = Job.objects.get_or_create(uid=uid, defaults=values)
    return _queued(job) if made else job


def _queued(job: Job) -> Job:
    demand_hours(job)
    leases.enqueue(kind=JOB, subject=job.uid)
    RUNNER.ring()
    return job


@transaction.atomic
def cancel(job: Job) -> bool:
    """Take a job out of the queue, or stop it where it runs. False when it was over already."""
    if not leases.cancel(kind=JOB, subject=job.uid):
        return False
    ending.over(job, Job.State.CANCELLED)
    RUNNER.ring()
    return True
