"""A trace: jobs as they really were handed in, with how long they really ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from dure.engines.scheduling.jobs import Amounts, Job


@dataclass(frozen=True, slots=True)
class TraceJob:
    """A job with the seconds it really ran, which may be more than its limit, and those that the trace says it waited."""

    job: Job
    user: str
    run: float
    waited: float | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Jobs by the time they were handed in, and what was left aside while reading.

    `amounts` is the capacity that the trace states of each kind, None where it states none. `never_ran` jobs have no run time or no
    processors and are left out; `without_limit` ones asked for no run time and count as if they had known it.
    """

    kinds: tuple[str, ...]
    jobs: tuple[TraceJob, ...]
    amounts: tuple[int | None, ...]
    never_ran: int = 0
    without_limit: int = 0
    ignored_columns: tuple[str, ...] = ()

    @property
    def members(self) -> list[str]:
        return sorted({each.job.member for each in self.jobs})

    def most_at_once(self) -> Amounts | None:
        """The most that ran side by side of each kind by the waits recorded; None if one is missing."""
        if any(each.waited is None for each in self.jobs):
            return None
        held = most = (0,) * len(self.kinds)
        ends: list[tuple[float, Amounts]] = []
        for start, each in sorted(_starts(self.jobs), key=lambda pair: pair[0]):
            while ends and ends[0][0] <= start:
                held = tuple(map(int.__sub__, held, heappop(ends)[1]))
            heappush(ends, (start + each.run, each.job.needs))
            held = tuple(map(int.__add__, held, each.job.needs))
            most = tuple(map(max, most, held))
        return most


def _starts(jobs: Iterable[TraceJob]) -> Iterable[tuple[float, TraceJob]]:
    return ((each.job.submitted + (each.waited or 0.0), each) for each in jobs)
