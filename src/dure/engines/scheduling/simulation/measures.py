"""What a replay says: waits, slowdown, shares delivered against entitled, utilisation. Waits are in seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dure.engines.scheduling.jobs import Account
from dure.engines.scheduling.simulation.replay import Replay, Replayed

WIDE = 64
"""Jobs of this many processors or more are the ones that others starve."""
SHORTEST_RUN = 10.0
"""Seconds: shorter runs count as this long in the slowdown, else they would decide it."""


@dataclass(frozen=True, slots=True)
class MemberMeasures:
    """One member: its share of all that was delivered while jobs were handed in, and what it was entitled to (both 0 to 1).

    Entitled is its part of all delivered by shares, but no more than it asked for: what one leaves goes to the others by theirs.
    """

    member: str
    share: float
    jobs: int
    mean_wait: float
    delivered: float
    entitled: float


@dataclass(frozen=True, slots=True)
class Measures:
    """One policy on one trace. A user's wait is the mean over its jobs; the slowdown is (wait + run) / run, bounded below by 1."""

    policy: str
    jobs: int
    too_large: int
    preemptions: int
    mean_wait: float
    median_user_wait: float
    worst_user_wait: float
    p95_wait: float
    longest_wait: float
    longest_wide_wait: float | None
    median_slowdown: float
    p95_slowdown: float
    utilisation: Mapping[str, float]
    members: tuple[MemberMeasures, ...]

    @property
    def misplaced(self) -> float:
        """The part of all delivered that went to others than those entitled to it, 0 to 1."""
        return sum(abs(each.delivered - each.entitled) for each in self.members) / 2


def measure(replayed: Replay, shares: Mapping[Account, float] | None = None) -> Measures:
    """Measure a replay of at least one job. Utilisation and shares count while jobs were handed in, not the emptying at the end."""
    jobs = replayed.jobs
    waits = np.array([each.wait for each in jobs])
    runs = np.array([each.of.run for each in jobs])
    slowdowns = np.maximum(1.0, (waits + runs) / np.maximum(runs, SHORTEST_RUN))
    users = np.array(list(_means(jobs).values()))
    has_cores = replayed.capacity.kinds[0] == "cores"
    wide = [each.wait for each in jobs if has_cores and each.of.job.needs[0] >= WIDE]
    return Measures(
        policy=replayed.policy.name,
        jobs=len(jobs),
        too_large=replayed.too_large,
        preemptions=sum(each.preempted for each in jobs),
        mean_wait=float(waits.mean()),
        median_user_wait=float(np.median(users)),
        worst_user_wait=float(users.max()),
        p95_wait=float(np.percentile(waits, 95)),
        longest_wait=float(waits.max()),
        longest_wide_wait=max(wide, default=None),
        median_slowdown=float(np.median(slowdowns)),
        p95_slowdown=float(np.percentile(slowdowns, 95)),
        utilisation=_utilisation(replayed),
        members=_members(replayed, shares or {}),
    )


def _means(jobs: Sequence[Replayed]) -> dict[tuple[str, str], float]:
    waits: dict[tuple[str, str], list[float]] = {}
    for each in jobs:
        waits.setdefault((each.of.job.member, each.of.user), []).append(each.wait)
    return {user: sum(values) / len(values) for user, values in waits.items()}


def _window(jobs: Sequence[Replayed]) -> tuple[float, float]:
    """From the first job handed in to the last; to the last end where all were handed in at once."""
    handed_in = [each.of.job.submitted for each in jobs]
    first, last = min(handed_in), max(handed_in)
    return first, last if last > first else max(each.ended for each in jobs)


def _utilisation(replayed: Replay) -> dict[str, float]:
    first, last = _window(replayed.jobs)
    used = [0.0] * len(replayed.capacity.kinds)
    for each in replayed.jobs:
        seconds = max(0.0, min(each.ended, last) - each.started)
        for at, need in enumerate(each.of.job.needs):
            used[at] += need * seconds
    rows = zip(replayed.capacity.kinds, used, replayed.capacity.amounts, strict=True)
    return {kind: total / (amount * (last - first)) for kind, total, amount in rows if amount}


def _members(replayed: Replay, shares: Mapping[Account, float]) -> tuple[MemberMeasures, ...]:
    _, last = _window(replayed.jobs)
    by_member: dict[str, list[Replayed]] = {}
    for each in replayed.jobs:
        by_member.setdefault(each.of.job.member, []).append(each)
    delivered = {
        member: sum(_weighed(replayed, each, each.started, last) for each in jobs)
        for member, jobs in by_member.items()
    }
    asked = {
        member: sum(_weighed(replayed, each, each.of.job.submitted, last) for each in jobs)
        for member, jobs in by_member.items()
    }
    own = {member: shares.get((member,), 1.0) for member in by_member}
    total = sum(delivered.values())
    entitled = divided(total, shares=own, asked=asked)
    found = [
        MemberMeasures(
            member=member,
            share=own[member],
            jobs=len(jobs),
            mean_wait=sum(each.wait for each in jobs) / len(jobs),
            delivered=delivered[member] / total if total else 0.0,
            entitled=entitled[member] / total if total else 0.0,
        )
        for member, jobs in by_member.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.entitled, -each.delivered, each.member)))


def _weighed(replayed: Replay, each: Replayed, start: float, last: float) -> float:
    """What a job used, or could have used, had it started at `start`, up to the end of the window."""
    return replayed.capacity.rate(each.of.job.needs) * max(0.0, min(each.of.run, last - start))


def divided(total: float, *, shares: Mapping[str, float], asked: Mapping[str, float]) -> dict[str, float]:
    """Divide a total by shares, to nobody more than it asked for: what one leaves goes to the others by their shares."""
    given = dict.fromkeys(shares, 0.0)
    hungry = {member for member in shares if asked[member] > 0}
    left = total
    while hungry and left > total * 1e-12:
        whole = sum(shares[member] for member in hungry)
        sated = {m for m in hungry if given[m] + left * shares[m] / whole >= asked[m]}
        if not sated:
            return given | {m: given[m] + left * shares[m] / whole for m in hungry}
        for member in sated:
            left -= asked[member] - given[member]
            given[member] = asked[member]
        hungry -= sated
    return given
