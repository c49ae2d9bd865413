"""Why each waiting job waits, and when it is expected to start."""

from dataclasses import dataclass

from dure.engines.scheduling.farm import Farm
from dure.engines.scheduling.jobs import Job
from dure.engines.scheduling.plan import Sweep, swept
from dure.engines.scheduling.reasons import Waits
from dure.engines.scheduling.room import Room


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that does not start now. `place` counts from 1 in the order in which jobs are taken now.

    `kind` is the first kind of the capacity that it lacks, if any. `expected` is None where it can never start as it is.
    """

    job: Job
    place: int
    reason: Waits
    kind: str | None
    expected: float | None


def forecast(farm: Farm, now: float) -> list[Waiting]:
    """All jobs that `plan(farm, now)` leaves waiting, in turn.

    The expected start is what comes of planning on, if every job runs to its limit and no other is handed in: an estimate. Jobs
    mostly end before their limits and then others start sooner; jobs that are handed in later may come first.
    """
    sweep = swept(farm, now)
    starting = {start.job.uid for start in sweep.starts}
    left = sorted((job for job in farm.queue if job.uid not in starting), key=sweep.turn_with_class)
    expected = _expected_starts(farm, now)
    return [
        Waiting(job, place, *_why(job, sweep), expected.get(job.uid)) for place, job in enumerate(left, 1)
    ]


def _why(job: Job, sweep: Sweep) -> tuple[Waits, str | None]:
    empty = Room(sweep.farm.capacity)
    if not empty.admits(job):
        beyond_all = not empty.has(job.needs, firm=False)
        return Waits.EXCEEDS_FARM if beyond_all else Waits.EXCEEDS_GUARANTEE, empty.lacking(job)
    lacking = sweep.room.lacking(job)
    if job == sweep.head:
        return Waits.NEXT, lacking
    if lacking:
        has_room = sweep.room.has(job.needs, firm=job.is_firm)
        return Waits.PROMISED if has_room else Waits.NO_ROOM, lacking
    return Waits.WOULD_DELAY if sweep.promise else Waits.NOT_ITS_TURN, None


def _expected_starts(farm: Farm, now: float) -> dict[str, float]:
    """When each job starts that waits now, planning from one end of a job to the next."""
    ahead, expected = farm.copy(), dict[str, float]()
    while True:
        decided = swept(ahead, now).plan()
        ahead.carry_out(decided, now)
        for start in decided.starts:
            expected.setdefault(start.job.uid, now)
        if not ahead.ends or not ahead.queue.lanes:
            return expected
        now = max(now, ahead.ends[0][0])
        while ahead.ends and ahead.ends[0][0] <= now:
            ahead.end(ahead.ends[0][1], now)
