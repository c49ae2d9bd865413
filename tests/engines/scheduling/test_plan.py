"""The rules of the ordering, one by one."""

import pytest

from dure.engines.scheduling import (
    HOUSE,
    POLICIES,
    Capacity,
    Farm,
    Job,
    JobClass,
    Plan,
    Preempts,
    RunningJob,
    Starts,
    plan,
)
from tests.engines.scheduling.farms import cores, job, running

LAB, EVALUATION, SCAVENGER = JobClass.LAB, JobClass.EVALUATION, JobClass.SCAVENGER


def farm_of(
    capacity: Capacity, *waiting: Job, runs: tuple[RunningJob, ...] = (), policy: str = HOUSE.name
) -> Farm:
    farm = Farm(capacity, POLICIES[policy])
    farm.wait(waiting)
    for run in runs:
        farm.take(run, 0.0)
    return farm


def starts(decided: Plan) -> list[tuple[str, Starts]]:
    return [(start.job.uid, start.reason) for start in decided.starts]


def preempted(decided: Plan) -> list[str]:
    return [preemption.uid for preemption in decided.preemptions]


def test_class_goes_before_usage_and_usage_before_time() -> None:
    waiting = [
        job("scavenger", job_class=SCAVENGER, member="etri"),
        job("early", member="kt", at=0.0),
        job("late", member="kaist", at=1.0),
        job("evaluation", job_class=EVALUATION, member="kt", at=2.0),
        job("lab", job_class=LAB, member="kt", at=3.0),
    ]
    farm = Farm(cores(9), HOUSE, usage={("kt",): 500.0}, now=3.0)
    farm.wait(waiting)
    order = ["lab", "evaluation", "late", "early", "scavenger"]
    assert starts(plan(farm, 3.0)) == [(uid, Starts.IN_TURN) for uid in order]


def test_usage_counts_against_the_share() -> None:
    farm = Farm(cores(9), HOUSE, shares={("kt",): 3.0}, usage={("kt",): 200.0, ("kaist",): 100.0})
    farm.wait([job("a", member="kaist"), job("b", member="kt", at=1.0)])
    assert [uid for uid, _ in starts(plan(farm, 1.0))] == ["b", "a"]


def test_a_start_is_charged_at_once_so_that_members_share_side_by_side() -> None:
    mine = [job(f"a{at}", member="kt", at=0.0) for at in range(4)]
    yours = [job(f"b{at}", member="kaist", at=1.0) for at in range(4)]
    decided = plan(farm_of(cores(4), *mine, *yours), 1.0)
    assert {uid for uid, _ in starts(decided)} == {"a0", "a1", "b0", "b1"}


def test_members_are_compared_first_and_their_people_only_among_themselves() -> None:
    def of(uid: str, *account: str) -> Job:
        return Job(uid=uid, account=account, needs=(1,), limit=1.0, submitted=0.0)

    farm = Farm(cores(9), HOUSE, usage={("kt", "kim"): 900.0, ("kt", "lee"): 5.0, ("kaist", "park"): 1_000.0})
    farm.wait([of("park", "kaist", "park"), of("kim", "kt", "kim"), of("lee", "kt", "lee")])
    assert [uid for uid, _ in starts(plan(farm, 0.0))] == ["lee", "kim", "park"]


def test_the_head_gets_a_reservation_and_only_those_that_do_not_delay_it_pass() -> None:
    decided = plan(
        farm_of(
            cores(4),
            job("wide", 3, at=0.0),
            job("long", 1, 99.0, at=1.0, member="kaist"),
            job("longer", 1, 99.0, at=2.0, member="etri"),
            job("short", 1, 10.0, at=3.0, member="skt"),
            runs=(running(job("r", 2, 20.0, member="lg")),),
        ),
        5.0,
    )
    assert decided.reservation is not None
    assert (decided.reservation.job.uid, decided.reservation.at) == ("wide", 20.0)
    assert starts(decided) == [("long", Starts.BESIDE), ("short", Starts.ENDS_IN_TIME)]


@pytest.mark.parametrize(
    ("policy", "passing"), [("fifo-strict", []), ("fifo", ["narrow"]), ("fifo-easy", [])]
)
def test_policies_differ_in_who_may_overtake(policy: str, passing: list[str]) -> None:
    wide, narrow = job("wide", 4, at=0.0), job("narrow", 1, 99.0, at=1.0)
    decided = plan(farm_of(cores(4), wide, narrow, runs=(running(job("r", 2)),), policy=policy), 1.0)
    assert [uid for uid, _ in starts(decided)] == passing
    assert decided.head == wide


def test_shortest_first_where_the_policy_says_so() -> None:
    waiting = [job("long", limit=9.0, at=0.0), job("short", limit=2.0, at=1.0)]
    assert starts(plan(farm_of(cores(1), *waiting, policy="shortest"), 1.0)) == [("short", Starts.IN_TURN)]


def test_a_job_too_large_for_the_farm_stands_in_nobodys_way() -> None:
    decided = plan(farm_of(cores(4), job("huge", 5), job("fits", 4, at=1.0)), 1.0)
    assert starts(decided) == [("fits", Starts.IN_TURN)]
    assert decided.head is None


def test_a_firm_job_sends_away_the_scavengers_that_lose_least_and_no_more_than_it_needs() -> None:
    runs = (
        running(job("old", 2, 99.0, job_class=SCAVENGER), -50.0),
        running(job("small", 1, 99.0, job_class=SCAVENGER), -1.0),
        running(job("young", 3, 99.0, job_class=SCAVENGER), -2.0),
    )
    decided = plan(farm_of(cores(6), job("firm", 3), runs=runs), 0.0)
    assert preempted(decided) == ["young"]
    assert decided.starts[0].after == ("young",)
    assert decided.preemptions[0].reason is Preempts.FOR_CLASS


def test_one_that_is_stopping_already_is_not_joined_by_another() -> None:
    runs = (
        running(job("stopping", 2, 99.0, job_class=SCAVENGER), -50.0, stopping=True),
        running(job("young", 2, 99.0, job_class=SCAVENGER), -1.0),
    )
    assert preempted(plan(farm_of(cores(4), job("firm", 2), runs=runs), 0.0)) == ["stopping"]


def test_a_scavenger_never_sends_anybody_away() -> None:
    runs = (running(job("r", 4, 99.0, job_class=SCAVENGER)),)
    decided = plan(farm_of(cores(4), job("s", 1, job_class=SCAVENGER), runs=runs), 0.0)
    assert (decided.starts, decided.preemptions) == ((), ())


def test_scavengers_fill_what_the_head_cannot_use_yet_and_leave_for_it() -> None:
    wide, spare = job("wide", 4), job("spare", 2, 99.0, job_class=SCAVENGER)
    farm = farm_of(cores(4), wide, spare, runs=(running(job("r", 2, 20.0)),))
    assert starts(plan(farm, 0.0)) == [("spare", Starts.SPARE)]
    farm.carry_out(plan(farm, 0.0), 0.0)
    farm.end("r", 10.0)
    later = plan(farm, 10.0)
    assert starts(later) == [("wide", Starts.IN_TURN)]
    assert preempted(later) == ["spare"]


def test_what_is_guaranteed_to_a_member_is_lent_to_scavengers_and_taken_back_at_once() -> None:
    capacity = cores(4, kaist=2)
    greedy = [job(f"a{at}", 1, 99.0, member="kt") for at in range(4)]
    scavenger = job("s", 2, 99.0, member="kt", job_class=SCAVENGER)
    farm = farm_of(capacity, *greedy, scavenger)
    farm.carry_out(plan(farm, 0.0), 0.0)
    assert set(farm.running) == {"a0", "a1", "s"}
    farm.wait([job("own", 2, 5.0, member="kaist", at=1.0)])
    decided = plan(farm, 1.0)
    assert starts(decided) == [("own", Starts.IN_TURN)]
    assert [(each.uid, each.made_for, each.reason) for each in decided.preemptions] == [
        ("s", "own", Preempts.FOR_GUARANTEE)
    ]


def test_beyond_its_guarantee_a_member_shares_what_is_common() -> None:
    farm = farm_of(cores(4, kaist=2, kt=1), *[job(f"k{at}", 1, 99.0, member="kaist") for at in range(4)])
    assert len(plan(farm, 0.0).starts) == 3


def test_a_farm_that_lost_a_node_starts_nothing_that_needs_what_is_short() -> None:
    capacity = Capacity(kinds=("cores", "gpu"), amounts=(2, 2), weights=(1.0, 1.0))
    farm = Farm(capacity, HOUSE)
    farm.take(
        RunningJob(job=Job(uid="r", account=("kt",), needs=(4, 0), limit=9.0, submitted=0.0), started=0.0),
        0.0,
    )
    for uid, needs in (("cores", (1, 0)), ("gpu", (0, 1))):
        farm.wait([Job(uid=uid, account=("kt",), needs=needs, limit=1.0, submitted=0.0)])
    assert [uid for uid, _ in starts(plan(farm, 0.0))] == ["gpu"]


def test_the_victims_of_this_plan_are_not_waited_for_in_its_reservation() -> None:
    runs = (running(job("s", 2, 5.0, job_class=SCAVENGER)), running(job("r", 2, 50.0)))
    waiting = job("firm", 2, 30.0), job("scavenger", 1, job_class=SCAVENGER)
    decided = plan(farm_of(cores(4), *waiting, runs=runs), 1.0)
    assert preempted(decided) == ["s"]
    assert decided.reservation is not None
    assert (decided.reservation.job.uid, decided.reservation.at) == ("scavenger", 31.0)


@pytest.mark.parametrize("wide", [(), (job("wide", 9, at=0.0, job_class=LAB),)])
def test_a_start_moves_all_people_of_its_member_back(wide: tuple[Job, ...]) -> None:
    def of(uid: str, at: float, *account: str) -> Job:
        return Job(uid=uid, account=account, needs=(1,), limit=1.0, submitted=at)

    waiting = of("kim", 0.0, "kt", "kim"), of("lee", 1.0, "kt", "lee"), of("park", 2.0, "kaist", "park")
    runs = (running(job("r", 7, 50.0, member="etri")),)
    decided = plan(farm_of(cores(9), *wide, *waiting, runs=runs), 2.0)
    assert [uid for uid, _ in starts(decided)] == ["kim", "park"]


def test_a_job_past_its_limit_is_expected_to_end_any_moment() -> None:
    decided = plan(farm_of(cores(2), job("wide", 2), runs=(running(job("r", 1, 5.0)),)), 60.0)
    assert decided.reservation is not None
    assert decided.reservation.at == 60.0


def test_what_is_no_job_and_no_capacity_is_refused() -> None:
    with pytest.raises(ValueError, match="limit above 0"):
        job("a", limit=0.0)
    with pytest.raises(ValueError, match="each kind"):
        Capacity(kinds=("cores",), amounts=(1, 2), weights=(1.0,))
    with pytest.raises(ValueError, match="no gpu"):
        cores(1).amounts_of({"gpu": 1})
    with pytest.raises(ValueError, match="above 0"):
        Farm(cores(1), HOUSE, shares={("kt",): 0.0})
    with pytest.raises(ValueError, match="does not wait"):
        Farm(cores(1), HOUSE).withdraw(job("a"))
