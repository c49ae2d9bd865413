"""Which scavengers leave for a job: those that lose least, and no more than it needs."""

from collections.abc import Iterable

from dure.engines.scheduling.jobs import Job, RunningJob
from dure.engines.scheduling.room import Room


def victims(job: Job, room: Room, running: Iterable[RunningJob]) -> list[RunningJob]:
    """Scavengers that make room for a firm job, which fits once all of them have left.

    Those already stopping go first, then those that started last. None is among them without which the job would fit.
    """
    after = room.copy()
    chosen: list[RunningJob] = []
    for run in sorted(running, key=_loses):
        if after.has(job.needs, firm=False):
            break
        if not run.job.is_firm:
            after.remove(run.job)
            chosen.append(run)
    return _needed(chosen, job, after)


def _loses(run: RunningJob) -> tuple[bool, float, str]:
    return not run.stopping, -run.started, run.job.uid


def _needed(chosen: list[RunningJob], job: Job, after: Room) -> list[RunningJob]:
    """Spare each, the oldest first, that need not go after all."""
    needed = list(chosen)
    for run in reversed(chosen):
        after.add(run.job)
        if after.has(job.needs, firm=False):
            needed.remove(run)
        else:
            after.remove(run.job)
    return needed
