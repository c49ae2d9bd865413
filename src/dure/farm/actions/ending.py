"""How jobs end: written together with the end of the lease, told to whoever listens."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from dure.farm import notices_jobs
from dure.farm.events import job_done
from dure.farm.models import Job, Run
from dure.foundation import clock, events


def over(job: Job, state: Job.State, *, is_run_open: bool = True) -> None:
    """Write a job's final state inside the caller's transaction. A run that was going on is charged to nobody.

    Of an array the first job's row is locked before: the last two to end wait for one another there, and the later of them
    sees that all are over. Whoever changes several jobs locks them by their number, so that no two wait for each other for ever.
    Without `is_run_open` all of its runs have ended before.
    """
    if job.is_array:
        lock(Job.objects.filter(array=job.array, array_index=0))
    job.state, job.finished_at = state, clock.now()
    job.save(update_fields=["state", "finished_at"])
    if is_run_open:
        _excuse(Run.objects.filter(job=job))
    if job.is_followed:
        events.record(job_done(job))
    if state != Job.State.CANCELLED:
        notices_jobs.tell_ended(job)


def all_over(jobs: Iterable[Job], state: Job.State) -> None:
    """The same for many jobs at once, in a few statements."""
    ended = list(jobs)
    lock(Job.objects.filter(pk__in=[job.pk for job in ended]))
    for job in ended:
        job.state, job.finished_at = state, clock.now()
    Job.objects.bulk_update(ended, ["state", "finished_at"], batch_size=200)
    _excuse(Run.objects.filter(job__in=ended))
    events.record_all(job_done(job) for job in ended if job.is_followed)


def lock(jobs: QuerySet[Job]) -> None:
    """Lock these rows until the transaction ends, in the order in which everybody does."""
    list(jobs.select_for_update().order_by("pk").values_list("pk", flat=True))


def excuse(runs: Iterable[int]) -> None:
    """End runs that are going on no longer, for whatever reason that is not theirs."""
    if pks := list(runs):
        _excuse(Run.objects.filter(pk__in=pks))


def _excuse(runs: QuerySet[Run]) -> None:
    runs.filter(ended_at=None).update(ended_at=clock.now(), excused=True)


def give_up(subjects: list[UUID]) -> None:
    """Jobs that were lost through our fault as often as is allowed."""
    for job in Job.objects.filter(uid__in=subjects, finished_at=None).order_by("pk"):
        over(job, Job.State.FAILED_PLATFORM)
