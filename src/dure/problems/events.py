"""What problems tell the floors above: typed facts, recorded in the transaction that made them and delivered after commit.

All ids are uids as text, except where an address is named `slug`. A floor that subscribes later than a fact happened asks
`api.recorded_results` for what it missed. Handlers may hear a fact twice.
"""

from dataclasses import dataclass

from dure.foundation.events import Event


@dataclass(frozen=True, slots=True)
class NeedPosted(Event):
    """An owner has posted a need to the secretariat; nobody else may know of it yet."""

    problem: str
    organisation: str
    owner: str


@dataclass(frozen=True, slots=True)
class NeedAccepted(Event):
    """The secretariat took a need on. `route` is challenge, team or data_stays; from now on its audience sees it."""

    problem: str
    organisation: str
    route: str
    curator: str


@dataclass(frozen=True, slots=True)
class NeedSolved(Event):
    """The owner says that the need is solved: the only way in which one is."""

    problem: str
    organisation: str


@dataclass(frozen=True, slots=True)
class NeedUnsolved(Event):
    """A need was closed without a solution."""

    problem: str
    organisation: str


@dataclass(frozen=True, slots=True)
class ChallengeOpened(Event):
    """A challenge takes submissions from now on."""

    challenge: str
    slug: str
    problem: str


@dataclass(frozen=True, slots=True)
class ChallengeClosed(Event):
    """A challenge takes no more submissions; the private board is shown."""

    challenge: str
    slug: str
    problem: str


@dataclass(frozen=True, slots=True)
class ChallengeFinished(Event):
    """The result of a challenge is declared. `winners` are teams in the order of their places; the results came before."""

    challenge: str
    slug: str
    problem: str
    winners: list[str]


@dataclass(frozen=True, slots=True)
class Rescored(Event):
    """Every submission has been scored again under new answers or a new scorer; the numbers are those of the versions."""

    challenge: str
    answers: int
    scorer: int


@dataclass(frozen=True, slots=True)
class ResultRecorded(Event):
    """A person took a result away from a finished challenge: the final score with its interval, the rank among `teams` teams.

    `low` and `high` bound the score at 95 %, `rank_low` and `rank_high` the rank; None where the metric gives no interval.
    `organisation` is what the team stood for, else "". `reproduced` says that the host re-ran the code to the same score,
    `practice` that the answers were public elsewhere.
    """

    result: str
    challenge: str
    problem: str
    person: str
    team: str
    organisation: str
    metric: str
    score: float
    low: float | None
    high: float | None
    rank: int
    rank_low: int | None
    rank_high: int | None
    teams: int
    won: bool
    reproduced: bool
    practice: bool


@dataclass(frozen=True, slots=True)
class WorkroomOpened(Event):
    """The owner of a need and those who solve it work together; `team` is a challenge's winner, else ""."""

    workroom: str
    problem: str
    team: str
    solvers: list[str]


@dataclass(frozen=True, slots=True)
class SolutionAccepted(Event):
    """The owner ran a version of the solution and accepted it. `manifest_sha256` names what was handed over."""

    deliverable: str
    workroom: str
    problem: str
    team: str
    manifest_sha256: str
    solvers: list[str]


@dataclass(frozen=True, slots=True)
class PayoffAnswered(Event):
    """The owner says whether a solution paid: `paid` is yes, not_yet or no; `amount` is a decimal as text, or None, in `unit`."""

    workroom: str
    problem: str
    team: str
    paid: str
    amount: str | None
    unit: str
    solvers: list[str]


@dataclass(frozen=True, slots=True)
class DemoLoaded(Event):
    """The demo alliance's people and problems are there; floors above add what is theirs."""
