"""What a plan decides, as values."""

from dataclasses import dataclass

from dure.engines.scheduling.jobs import Job
from dure.engines.scheduling.reasons import Preempts, Starts


@dataclass(frozen=True, slots=True)
class Start:
    """A job that starts now; where `after` is not empty, once these preempted jobs have left."""

    job: Job
    reason: Starts
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preemption:
    """A running scavenger that has to leave for the job `made_for`, and goes back into the queue."""

    uid: str
    made_for: str
    reason: Preempts


@dataclass(frozen=True, slots=True)
class Reservation:
    """The head's place: it starts `at` this time at the latest, unless others come before it meanwhile."""

    job: Job
    at: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now. Starts stand in the order in which they were decided.

    `head` is the first job that cannot start though the farm is large enough for it. Where the policy
    gives one, it has a reservation.
    """

    starts: tuple[Start, ...] = ()
    preemptions: tuple[Preemption, ...] = ()
    reservation: Reservation | None = None
    head: Job | None = None
