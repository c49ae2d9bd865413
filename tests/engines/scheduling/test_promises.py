"""What holds whatever is handed in: on random histories, from the first job to the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dure.engines.scheduling import (
    HOUSE,
    POLICIES,
    Capacity,
    Farm,
    Job,
    JobClass,
    Plan,
    Policy,
    RunningJob,
    Starts,
    decayed,
    plan,
)
from dure.engines.scheduling.room import Room
from tests.engines.scheduling.farms import FORGETFUL, Scene, capacities, cores, job, jobs, running, scenes

EVERY = [*POLICIES.values(), FORGETFUL]
RESERVING = [policy for policy in EVERY if policy.overtaking == "reserve"]


@dataclass
class History:
    """Jobs handed in over time on one farm that is told every event, with each plan as it was made."""

    capacity: Capacity
    policy: Policy
    coming: list[Job]
    lengths: dict[str, float]
    finished: list[tuple[RunningJob, float]] = field(default_factory=list)

    def moments(self) -> Iterator[tuple[Farm, float, Plan]]:
        """Each moment just before its plan is carried out."""
        farm = Farm(self.capacity, self.policy)
        coming = sorted(self.coming, key=lambda job: (job.submitted, job.uid))
        now = 0.0
        while coming or farm.running:
            now = min([*(job.submitted for job in coming[:1]), *map(self.end_of, farm.running.values())])
            for run in [run for run in farm.running.values() if self.end_of(run) <= now]:
                self.finished.append((farm.end(run.job.uid, now), now))
            while coming and coming[0].submitted <= now:
                farm.wait([coming.pop(0)])
            decided = plan(farm, now)
            yield farm, now, decided
            farm.carry_out(decided, now)

    def end_of(self, run: RunningJob) -> float:
        return run.started + self.lengths[run.job.uid]


@st.composite
def histories(draw: st.DrawFn, policies: Sequence[Policy] = EVERY) -> History:
    coming = draw(jobs(most=14, prefix="j"))
    share = {job.uid: draw(st.sampled_from([0.25, 0.5, 1.0])) for job in coming}
    return History(
        capacity=draw(capacities),
        policy=draw(st.sampled_from(policies)),
        coming=coming,
        lengths={job.uid: job.limit * share[job.uid] for job in coming},
    )


@given(histories())
@settings(deadline=None)
def test_nothing_is_ever_held_beyond_what_there_is(history: History) -> None:
    for farm, now, decided in history.moments():
        after = farm.copy()
        after.carry_out(decided, now)
        held = [run.job.needs for run in after.running.values()]
        assert all(
            sum(column) <= amount
            for column, amount in zip(zip(*held, strict=True), history.capacity.amounts, strict=False)
        )


@given(histories())
@settings(deadline=None)
def test_every_job_that_the_farm_can_hold_runs_to_its_end(history: History) -> None:
    for _ in history.moments():
        pass
    possible = {job.uid for job in history.coming if Room(history.capacity).admits(job)}
    assert {run.job.uid for run, _ in history.finished} == possible


@given(histories(RESERVING))
@settings(deadline=None, max_examples=300)
def test_a_reservation_is_never_put_off_while_limits_hold(history: History) -> None:
    """Only jobs that come before the head in turn, handed in later or gone ahead by usage, may put it off: never one behind it."""
    promised: dict[str, float] = {}
    for _, now, decided in history.moments():
        reserved = decided.reservation
        first = [start.job.uid for start in decided.starts if start.reason is Starts.IN_TURN]
        for uid, at in promised.items():
            assert now <= at or first[:1] != [uid]
        if reserved is None or first:
            promised = {}
        if reserved is None:
            continue
        uid = reserved.job.uid
        assert reserved.at <= promised.get(uid, reserved.at)
        assert now <= promised.get(uid, now)
        promised = {uid: reserved.at}


@given(histories())
@settings(deadline=None)
def test_only_running_scavengers_are_preempted_and_none_needlessly(history: History) -> None:
    for farm, _, decided in history.moments():
        victims = {preemption.uid for preemption in decided.preemptions}
        assert all(farm.running[uid].job.job_class is JobClass.SCAVENGER for uid in victims)
        assert len(victims) == len(decided.preemptions)
        starters = {start.job.uid: start for start in decided.starts}
        for preemption in decided.preemptions:
            assert starters[preemption.made_for].job.is_firm
            assert preemption.uid in starters[preemption.made_for].after
        for victim in victims:
            assert is_short_without(farm, decided, victim)


def is_short_without(farm: Farm, decided: Plan, victim: str) -> bool:
    """Whether the firm jobs of a plan would not all have fitted had this one stayed."""
    leaving = {preemption.uid for preemption in decided.preemptions} - {victim}
    room = Room(farm.capacity)
    for uid, run in farm.running.items():
        if uid not in leaving:
            room.add(run.job)
    for start in decided.starts:
        if start.job.is_firm:
            room.add(start.job)
    return any(held > amount for held, amount in zip(room.total, farm.capacity.amounts, strict=True))


@given(histories(RESERVING))
@settings(deadline=None)
def test_what_is_guaranteed_starts_at_once_unless_its_own_member_stands_at_the_head(history: History) -> None:
    promised = zip(*history.capacity.guaranteed.values(), strict=True)
    assume(all(sum(kind) <= there for kind, there in zip(promised, history.capacity.amounts, strict=False)))
    for farm, now, decided in history.moments():
        after = farm.copy()
        after.carry_out(decided, now)
        for waiting in after.queue:
            if after.room.is_guaranteed(waiting):
                assert decided.head is not None
                assert decided.head.member == waiting.member


@given(histories(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_a_farm_told_every_event_plans_as_one_filled_from_rows(history: History, random: Random) -> None:
    for farm, now, decided in history.moments():
        assert plan(refilled(farm, history, now, random), now) == decided
        assert plan(farm, now) == decided


def refilled(farm: Farm, history: History, now: float, random: Random) -> Farm:
    """The same moment as an executor sees it: rows in any order, usage from the runs that are over."""
    usage: dict[tuple[str, ...], float] = {}
    for run, ended in history.finished:
        amount = history.capacity.rate(run.job.needs) * (ended - run.started)
        left = decayed(amount, elapsed=now - run.started, half_life=history.policy.half_life)
        usage[run.job.account] = usage.get(run.job.account, 0.0) + left
    fresh = Farm(history.capacity, history.policy, usage=usage, now=now)
    waiting, runs = list(farm.queue), list(farm.running.values())
    random.shuffle(waiting)
    random.shuffle(runs)
    fresh.wait(waiting)
    for run in runs:
        fresh.take(run, now)
    return fresh


@given(scenes())
@settings(deadline=None)
def test_planning_changes_nothing(scene: Scene) -> None:
    farm = scene.farm()
    assert plan(farm, scene.now) == plan(farm, scene.now) == plan(scene.farm(), scene.now)


@pytest.mark.parametrize("policy", ["fair-easy", "fifo-easy", "fair-easy-1d"])
def test_a_wide_job_is_not_starved_by_an_endless_stream_of_narrow_ones(policy: str) -> None:
    farm = Farm(cores(4), POLICIES[policy])
    farm.take(running(job("r0", 1, 10.0, member="kt")), 0.0)
    farm.wait([job("wide", 4, 10.0, member="kaist", at=0.0)])
    for now in range(40):
        farm.wait([job(f"n{now:02}", 1, 10.0, member="kt", at=float(now))])
        for uid in [uid for uid, run in farm.running.items() if run.ends <= now]:
            farm.end(uid, float(now))
        farm.carry_out(plan(farm, float(now)), float(now))
        if "wide" in farm.running:
            break
    assert now == 10


def test_shares_three_to_one_are_delivered_within_five_percent() -> None:
    delivered = endless({"kt": 3.0, "kaist": 1.0}, until=4_000.0)
    assert delivered["kt"] / delivered["kaist"] == pytest.approx(3.0, rel=0.05)


def endless(shares: dict[str, float], *, until: float) -> dict[str, float]:
    """Core-seconds delivered to members that always have work: jobs of many widths that end before their limits."""
    random = Random(7)  # noqa: S311 - no secret
    farm = Farm(cores(10), HOUSE, shares={(member,): share for member, share in shares.items()})
    ends: dict[str, float] = {}
    delivered = dict.fromkeys(shares, 0.0)
    now, made = 0.0, 0
    while now < until:
        for member in shares:
            while sum(job.member == member for job in farm.queue) < 6:
                farm.wait(
                    [job(f"{made:06}", random.randint(1, 3), random.uniform(5, 60), member=member, at=now)]
                )
                made += 1
        decided = plan(farm, now)
        farm.carry_out(decided, now)
        ends |= {start.job.uid: now + start.job.limit * random.uniform(0.3, 1.0) for start in decided.starts}
        now = min(ends.values())
        for uid in [uid for uid, end in ends.items() if end <= now]:
            run = farm.end(uid, now)
            delivered[run.job.member] += run.job.needs[0] * (ends.pop(uid) - run.started)
    return delivered


def test_a_burst_after_idleness_is_served_first() -> None:
    farm = Farm(cores(4), HOUSE, shares={("kt",): 3.0}, usage={("kt",): 9_000.0, ("kaist",): 3_000.0})
    farm.wait([job(f"{member}{at}", member=member, at=0.0) for member in ("kt", "kaist") for at in range(9)])
    farm.wait([job(f"burst{at}", member="etri", at=50.0) for at in range(4)])
    assert [start.job.member for start in plan(farm, 50.0).starts] == ["etri"] * 4
