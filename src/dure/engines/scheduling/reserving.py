"""The head's reservation, and who may start without delaying it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

from dure.engines.scheduling.decisions import Start
from dure.engines.scheduling.farm import Farm
from dure.engines.scheduling.jobs import Job
from dure.engines.scheduling.reasons import Starts
from dure.engines.scheduling.room import Room


@dataclass(frozen=True, slots=True)
class Promise:
    """`job` can start at the time `at`; `room` is what is taken then, the job itself included."""

    job: Job
    at: float
    room: Room

    def why_not_delayed(self, other: Job, now: float) -> Starts | None:
        """Why another job that starts now does not delay this one; None if it does."""
        if now + other.limit <= self.at:
            return Starts.ENDS_IN_TIME
        if self.job.is_firm and not other.is_firm:
            return Starts.SPARE
        return Starts.BESIDE if self.room.admits(other) else None


def promise(
    job: Job, farm: Farm, room: Room, *, starts: Sequence[Start], leaving: Collection[str], now: float
) -> Promise:
    """The earliest time at which a job fits that does not fit now, when all others run to their limits.

    `room` is what is taken now, with the jobs in `starts` and without those `leaving`. ValueError if the job fits nowhere.
    """
    after, at = room.copy(), None
    for end, other in _ends(farm, starts, now):
        if at is not None and end > at:
            break
        if other.uid in leaving or (job.is_firm and not other.is_firm):
            continue
        after.remove(other)
        if at is None and after.admits(job):
            at = end
    if at is None:
        raise ValueError(f"job {job.uid} fits into no part of the farm")
    after.add(job)
    return Promise(job, max(at, now), after)


def _ends(farm: Farm, starts: Iterable[Start], now: float) -> Iterator[tuple[float, Job]]:
    """All running and starting jobs by the time at which they end at the latest."""
    known = ((end, farm.running[uid].job) for end, uid in farm.ends)
    new = sorted((now + start.job.limit, start.job.uid, start.job) for start in starts)
    return merge(known, ((end, job) for end, _, job in new), key=lambda pair: pair[0]) if new else known
