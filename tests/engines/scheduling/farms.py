"""Small farms to plan on: made by hand, and drawn at random."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from dure.engines.scheduling import HOUSE, POLICIES, Capacity, Farm, Job, JobClass, Policy, RunningJob

MEMBERS = ("kt", "kaist", "etri")
KINDS = ("cores", "gpu")
FORGETFUL = Policy("forgetful", "share", "reserve", half_life=2.0)


def cores(amount: int, **guaranteed: int) -> Capacity:
    return Capacity(
        kinds=("cores",),
        amounts=(amount,),
        weights=(1.0,),
        guaranteed={member: (amount,) for member, amount in guaranteed.items()},
    )


def job(
    uid: str,
    needs: int = 1,
    limit: float = 10.0,
    *,
    member: str = "kt",
    at: float = 0.0,
    job_class: JobClass = JobClass.NORMAL,
) -> Job:
    return Job(uid=uid, account=(member,), needs=(needs,), limit=limit, submitted=at, job_class=job_class)


def running(job: Job, started: float = 0.0, *, stopping: bool = False) -> RunningJob:
    return RunningJob(job=job, started=started, stopping=stopping)


@dataclass(frozen=True)
class Scene:
    """All that a plan depends on, as plain lists."""

    capacity: Capacity
    policy: Policy
    shares: dict[tuple[str, ...], float]
    usage: dict[tuple[str, ...], float]
    waiting: Sequence[Job]
    running: Sequence[RunningJob]
    now: float

    def farm(self) -> Farm:
        farm = Farm(self.capacity, self.policy, shares=self.shares, usage=self.usage, now=self.now)
        farm.wait(self.waiting)
        for run in self.running:
            farm.take(run, self.now)
        return farm


accounts = st.sampled_from([("kt",), ("kaist",), ("kt", "vision"), ("kt", "speech"), ("etri",)])
capacities = st.builds(
    lambda amounts, guaranteed: Capacity(
        kinds=KINDS, amounts=amounts, weights=(1.0, 8.0), guaranteed=guaranteed
    ),
    st.tuples(st.integers(2, 12), st.integers(0, 4)),
    st.dictionaries(st.sampled_from(MEMBERS), st.tuples(st.integers(0, 3), st.integers(0, 1)), max_size=2),
)
classes = [*JobClass, JobClass.NORMAL, JobClass.SCAVENGER, JobClass.SCAVENGER]


def jobs(*, most: int, prefix: str) -> st.SearchStrategy[list[Job]]:
    one = st.builds(
        Job,
        uid=st.just(""),
        account=accounts,
        needs=st.tuples(st.sampled_from([1, 1, 2, 3, 5, 0, 9]), st.sampled_from([0, 0, 0, 1, 2])),
        limit=st.sampled_from([1.0, 2.0, 3.0, 5.0, 8.0]),
        submitted=st.integers(0, 3).map(float),
        job_class=st.sampled_from(classes),
    )
    named = st.lists(one, max_size=most)
    return named.map(lambda drawn: [with_uid(job, f"{prefix}{at}") for at, job in enumerate(drawn)])


def with_uid(job: Job, uid: str) -> Job:
    return Job(
        uid=uid,
        account=job.account,
        needs=job.needs,
        limit=job.limit,
        submitted=job.submitted,
        job_class=job.job_class,
    )


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    started = st.integers(0, 4).map(float)
    capacity = draw(capacities)
    taken = draw(jobs(most=8, prefix="r"))
    if draw(st.booleans()):
        taken = together(taken, capacity)
    return Scene(
        capacity=capacity,
        policy=draw(st.sampled_from([FORGETFUL, HOUSE, *POLICIES.values()])),
        shares=draw(st.dictionaries(accounts, st.sampled_from([1.0, 2.0, 3.0]))),
        usage=draw(st.dictionaries(accounts, st.sampled_from([0.0, 10.0, 100.0]))),
        waiting=draw(jobs(most=10, prefix="w")),
        running=[running(job, draw(started), stopping=draw(st.booleans())) for job in taken],
        now=4.0,
    )


def together(jobs: Sequence[Job], capacity: Capacity) -> list[Job]:
    """As many of the jobs as really run side by side; without this the farm has lost a node."""
    farm = Farm(capacity, HOUSE)
    kept = []
    for job in jobs:
        if farm.room.admits(job) and farm.room.has(job.needs, firm=False):
            farm.take(running(job), 0.0)
            kept.append(job)
    return kept
