"""What is kept of jobs no longer: logs and files by age, and all that is a person's own when the account goes."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from dure.farm.actions import ending
from dure.farm.bell import RUNNER
from dure.farm.jobs import JOB
from dure.farm.models import Job, Run, RunFile
from dure.farm.queries.told import KEPT
from dure.farm.visibility import by_hand_q
from dure.foundation import clock, leases
from dure.people import api as people

BATCH: Final = 500
WITH_FILES: Final[dict[str, Any]] = {"inputs": []}
WITH_ALL: Final[dict[str, Any]] = {"command": [], "inputs": [], "environment": {}}


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Take away logs and files of jobs that ended so long ago that nobody was promised them; returns of how many."""
    due = Job.objects.filter(by_hand_q(), emptied_at=None, finished_at__lt=now - KEPT).order_by("finished_at")
    jobs = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    _empty(jobs, spec=WITH_FILES)
    return len(jobs)


@transaction.atomic
def forget_person(event: people.AccountDeleted) -> None:
    """Names, commands, logs and files go with the account; how much was used, and for whom, stays."""
    mine = Job.objects.filter(by_hand_q(), person=event.person).order_by("pk")
    _stop(list(mine.filter(finished_at=None)))
    jobs = list(mine.select_for_update().values_list("pk", flat=True))
    _empty(jobs, spec=WITH_ALL)
    Job.objects.filter(pk__in=jobs).update(name="", shared=False)


@transaction.atomic
def forget_jobs(uids: Collection[UUID]) -> None:
    """Take commands, logs and files of these jobs away, and stop those that go on: for an app whose person's account is gone."""
    rows = Job.objects.filter(uid__in=uids).order_by("pk")
    _stop(list(rows.filter(finished_at=None)))
    _empty(list(rows.select_for_update().values_list("pk", flat=True)), spec=WITH_ALL)


def _stop(jobs: Collection[Job]) -> None:
    taken = leases.cancel_all(kind=JOB, subjects=[job.uid for job in jobs])
    ending.all_over((job for job in jobs if job.uid in taken), Job.State.CANCELLED)
    if taken:
        RUNNER.ring()


def _empty(jobs: Collection[int], *, spec: dict[str, Any]) -> None:
    RunFile.objects.filter(run__job__in=jobs).delete()
    Run.objects.filter(job__in=jobs).update(stdout="", stderr="", judge_log="", report=None, faults=[])
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, {"jobs": list(jobs), "spec": json.dumps(spec), "now": clock.now()})


EMPTY: Final = """
update farm_job set spec = spec || %(spec)s::jsonb, emptied_at = coalesce(emptied_at, %(now)s) where id = any(%(jobs)s)
"""
