"""What we believe against what Slurm says: pure, so that every case stands in a table of the tests."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dure.farm.slurm.naming import Ref
from dure.farm.slurm.reading import Seen
from dure.farm.slurm.states import End, Standing

SURE_S: Final = 15.0
"""So long a job must be missing from the queue, with nothing in the accounting, until it is lost."""
PHANTOM_S: Final = 60.0
"""The same, where the accounting has it as running: after a crash it may do so for ever, but it may also be late."""
HANDING_OVER_S: Final = 60.0
"""So long after our asking a submission may still come into the queue: longer than any call takes."""
OUTCOME_S: Final = 60.0
"""So long a file that a node wrote may take to be seen here: a network file system remembers what was not there."""


@dataclass(frozen=True, slots=True)
class Believed:
    """A try that we handed to Slurm, as our row has it.

    `number` is Slurm's, None as long as it has not told us. `is_refused`: it said no, and is asked again later. `age` and `missing`
    are seconds: since we asked Slurm to take it, and since its queue showed it alive.
    """

    ref: Ref
    number: int | None = None
    is_refused: bool = False
    is_running: bool = False
    reason: str = ""
    age: float = 0.0
    missing: float = 0.0
    has_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Slurm has it under this number, though it could not tell us."""

    ref: Ref
    number: int


@dataclass(frozen=True, slots=True)
class Waits:
    """It waits in Slurm's queue for this reason."""

    ref: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class Runs:
    """It runs there since then."""

    ref: Ref
    node: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """It is over, with where it ran and since when, as far as Slurm says."""

    ref: Ref
    end: End
    node: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """It is surely nowhere."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Stop:
    """A job in Slurm's queue that should not be there: one too many, or one that we gave up."""

    ref: Ref
    number: int


Action = Found | Waits | Runs | Ended | Lost | Stop


def reconcile(
    believed: Iterable[Believed], queue: Sequence[Seen], accounts: Sequence[Seen] | None
) -> list[Action]:
    """What to do. `accounts` None: the accounting does not answer, and nothing is taken as lost.

    Of a name that is in the queue twice the one we know stays, else the first. What we believe in nothing of is stopped.
    """
    shown, kept = _by_ref(queue), _by_ref(accounts or ())
    actions: list[Action] = []
    known = set()
    for one in believed:
        known.add(one.ref)
        alive = [job for job in shown[one.ref] if job.state.standing is not Standing.OVER]
        if alive:
            actions += _of_living(one, alive)
        elif not one.is_refused:
            last = _last(one, [*kept[one.ref], *shown[one.ref]])
            actions += _of_missing(one, last, is_sure=accounts is not None, is_known=bool(kept[one.ref]))
    return actions + [Stop(job.ref, job.number) for job in queue if _is_stray(job, known)]


def _by_ref(jobs: Iterable[Seen]) -> defaultdict[Ref, list[Seen]]:
    found: defaultdict[Ref, list[Seen]] = defaultdict(list)
    for job in jobs:
        found[job.ref].append(job)
    return found


def _is_stray(job: Seen, known: set[Ref]) -> bool:
    return job.ref not in known and job.state.standing is not Standing.OVER


def _of_living(one: Believed, alive: Sequence[Seen]) -> Iterator[Action]:
    ours = next((job for job in alive if job.number == one.number), min(alive, key=lambda job: job.number))
    yield from (Stop(job.ref, job.number) for job in alive if job is not ours)
    if ours.number != one.number:
        yield Found(one.ref, ours.number)
    if ours.state.standing is Standing.RUNS and not one.is_running:
        yield Runs(one.ref, ours.node, ours.started)
    if ours.state.standing is Standing.WAITS and (one.is_running or one.reason != ours.reason):
        yield Waits(one.ref, ours.reason)


def _last(one: Believed, rows: Sequence[Seen]) -> Seen | None:
    """The row in which the job that we know ended; of one whose number we never learned, what its name says."""
    ends = [row for row in rows if row.state.end and one.number in (None, row.number)]
    return ends[-1] if ends else None


def _of_missing(one: Believed, last: Seen | None, *, is_sure: bool, is_known: bool) -> Iterator[Action]:
    end = last.state.end if last else None
    node, since = (last.node, last.started) if last else ("", None)
    if one.has_outcome:
        yield Ended(one.ref, end or End.COMPLETED, node, since)
    elif end is End.COMPLETED:
        if one.missing >= OUTCOME_S:
            yield Ended(one.ref, End.FAILED, node, since)
    elif end is not None:
        yield Ended(one.ref, end, node, since)
    elif is_sure and _is_surely_nowhere(one, is_known=is_known):
        yield Lost(one.ref)


def _is_surely_nowhere(one: Believed, *, is_known: bool) -> bool:
    """Missing for long enough; one that Slurm never confirmed may come into the queue late."""
    is_late = one.number is not None or one.age >= HANDING_OVER_S
    return is_late and one.missing >= (PHANTOM_S if is_known else SURE_S)
