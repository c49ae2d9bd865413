"""What problems tell the floors above: typed facts, delivered after commit."""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ChallengeOpened(Event):
    """A challenge takes submissions from now on."""

    challenge: str
    slug: str


@dataclass(frozen=True, slots=True)
class ChallengeClosed(Event):
    """A challenge takes no more submissions; the private board is shown."""

    challenge: str
    slug: str


@dataclass(frozen=True, slots=True)
class Rescored(Event):
    """Every submission has been scored again under new answers or a new scorer."""

    challenge: str
    answers: int
    scorer: int


@dataclass(frozen=True, slots=True)
class ResultRecorded(Event):
    """A person took a result away from a finished challenge: the final score with its interval, the rank among `teams` teams.

    All ids are uids as text; `low` and `high` bound the score at 95 %, None where the metric gives no interval.
    """

    result: str
    challenge: str
    problem: str
    person: str
    team: str
    metric: str
    score: float
    low: float | None
    high: float | None
    rank: int
    teams: int
    won: bool
