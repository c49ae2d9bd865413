"""Replays by hand, and what is measured of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import HOUSE, POLICIES, Account, JobClass
from dure.engines.scheduling.simulation import Trace, TraceJob, measure, replay
from dure.engines.scheduling.simulation.measures import divided
from tests.engines.scheduling.farms import cores, job


def trace_of(*jobs: TraceJob) -> Trace:
    return Trace(kinds=("cores",), jobs=jobs, amounts=(None,))


def of(
    uid: str,
    needs: int,
    run: float,
    at: float = 0.0,
    *,
    member: str = "kt",
    limit: float | None = None,
    job_class: JobClass = JobClass.NORMAL,
) -> TraceJob:
    return TraceJob(job(uid, needs, limit or run, member=member, at=at, job_class=job_class), member, run)


def test_a_small_replay_comes_out_as_by_hand() -> None:
    trace = trace_of(
        of("a", 2, 10.0, member="kt"),
        of("b", 2, 10.0, 1.0, member="kaist"),
        of("c", 1, 5.0, 2.0, member="kt"),
        of("huge", 9, 5.0, 2.0),
    )
    done = replay(trace, capacity=cores(2), policy=POLICIES["fifo-easy"])
    assert [(each.of.job.uid, each.started) for each in done.jobs] == [("a", 0.0), ("b", 10.0), ("c", 20.0)]
    found = measure(done)
    assert (found.jobs, found.too_large) == (3, 1)
    assert found.mean_wait == pytest.approx((0 + 9 + 18) / 3)
    assert found.longest_wait == 18.0
    assert (found.median_user_wait, found.worst_user_wait) == (9.0, 9.0)
    assert found.median_slowdown == pytest.approx(1.9)
    assert found.longest_wide_wait is None


def test_who_is_preempted_starts_again_and_the_end_of_its_first_run_is_forgotten() -> None:
    trace = trace_of(
        of("s", 2, 10.0, job_class=JobClass.SCAVENGER),
        of("firm", 2, 3.0, 4.0),
        of("later", 2, 1.0, 8.0, member="kaist", job_class=JobClass.SCAVENGER),
    )
    done = replay(trace, capacity=cores(2), policy=HOUSE)
    assert [(each.of.job.uid, each.started, each.preempted) for each in done.jobs] == [
        ("s", 7.0, 1),
        ("firm", 4.0, 0),
        ("later", 17.0, 0),
    ]
    assert measure(done).preemptions == 1


def test_jobs_that_run_past_their_limit_hold_their_place_till_they_end() -> None:
    trace = trace_of(of("long", 2, 100.0, limit=5.0), of("next", 2, 1.0, 1.0))
    done = replay(trace, capacity=cores(2), policy=HOUSE)
    assert done.jobs[1].started == 100.0


def test_utilisation_and_shares_count_while_jobs_come_in() -> None:
    trace = trace_of(
        *[of(f"a{at}", 1, 100.0, member="kt") for at in range(8)],
        *[of(f"b{at}", 1, 100.0, member="kaist") for at in range(8)],
        of("last", 1, 1.0, 100.0, member="kaist"),
    )
    shares: dict[Account, float] = {("kt",): 3.0}
    found = measure(replay(trace, capacity=cores(4), policy=HOUSE, shares=shares), shares)
    assert found.utilisation == {"cores": 1.0}
    assert {each.member: (each.delivered, each.entitled) for each in found.members} == {
        "kt": (0.75, 0.75),
        "kaist": (0.25, 0.25),
    }


@given(
    st.floats(0, 1e6), st.dictionaries(st.text(max_size=3), st.tuples(st.floats(0.1, 9), st.floats(0, 1e6)))
)
def test_a_total_is_divided_by_shares_and_to_nobody_more_than_it_asked_for(
    total: float, members: dict[str, tuple[float, float]]
) -> None:
    shares = {member: share for member, (share, _) in members.items()}
    asked = {member: amount for member, (_, amount) in members.items()}
    given_ = divided(total, shares=shares, asked=asked)
    assert sum(given_.values()) == pytest.approx(min(total, sum(asked.values())), rel=1e-6, abs=1e-6)
    assert all(given_[member] <= asked[member] * (1 + 1e-9) for member in members)
    unsated = [member for member in members if given_[member] < asked[member] * (1 - 1e-9)]
    levels = {round(given_[member] / shares[member], 3) for member in unsated}
    assert len(levels) <= 1 or max(levels) - min(levels) <= 1e-3 * max(levels)


def test_endless_work_of_two_members_is_delivered_by_shares_and_a_burst_after_idleness_comes_first() -> None:
    """The same promise as the ordering's own, now through the simulator: 3 to 1 within 5 %."""
    work = [
        of(f"{member}{at:04}", 1 + at % 3, 40.0 + at % 50, member=member, limit=100.0)
        for member in ("kt", "kaist")
        for at in range(900)
    ]
    burst = [of(f"burst{at}", 2, 30.0, 4_000.0, member="etri") for at in range(5)]
    shares: dict[Account, float] = {("kt",): 3.0}
    done = replay(trace_of(*work, *burst), capacity=cores(10), policy=HOUSE, shares=shares)
    got = {each.member: each.delivered for each in measure(done, shares).members}
    assert got["kt"] / got["kaist"] == pytest.approx(3.0, rel=0.05)
    waits = [each.wait for each in done.jobs if each.of.job.member == "etri"]
    assert max(waits) <= 100.0
