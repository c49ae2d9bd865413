"""What members agreed on decides who runs, at the real runner's door: shares, own machines kept and lent, hours of projects."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dure.farm import api as farm
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.local.admitting import Admission
from dure.farm.models import Node, Run
from dure.farm.shares import LARGEST, kept_of, proportional
from dure.farm.terms import capacity_of, terms
from dure.foundation import clock, leases
from dure.people.models import Organisation
from tests.factories.farm import machine
from tests.factories.people import organisation
from tests.factories.sharing import contributed, granted

pytestmark = pytest.mark.django_db
STEP = 600


class Day:
    """A machine's door under a clock of its own: jobs are admitted as the runner does it, and end when their time has come."""

    def __init__(self, node: Node) -> None:
        self.node, self.now = node, clock.now()
        self.door = Admission(node, worker="test")
        self.going: dict[UUID, Try] = {}
        self.started: list[Any] = []
        self.seconds: Counter[Any] = Counter()

    def hand_in(self, firm: Organisation | None, count: int = 1, **asked: Any) -> None:
        limits = farm.Limits(
            cores=asked.pop("cores", 1), memory_mib=64, wall_seconds=asked.pop("seconds", STEP)
        )
        spec = farm.JobSpec(command=("/usr/bin/true",), limits=limits)
        with clock.at(self.now):
            for _ in range(count):
                farm.submit(spec, name="j", organisation=firm, **asked)

    def look(self) -> int:
        """One look of the runner: who must go goes back into the queue, who fits starts. Returns how many had to go."""
        with clock.at(self.now):
            self.door._fresh_until = 0.0
            decision = self.door.decide()
            for one in decision.admitted:
                self.going[one.job.uid] = one
                self.started.append(one.job.organisation)
            for uid in decision.preempted:
                tries.put_back(self.going.pop(uid), begun=True)
        return len(decision.preempted)

    def pass_by(self, seconds: int) -> None:
        for _ in range(seconds // STEP):
            self.look()
            self.now += timedelta(seconds=STEP)
            for one in list(self.going.values()):
                limits = one.job.wants.limits
                if one.run.started_at + timedelta(seconds=limits.wall_seconds) <= self.now:
                    self._end(one)

    def _end(self, one: Try) -> None:
        limits = one.job.wants.limits
        self.seconds[one.job.organisation] += limits.cores * limits.wall_seconds
        del self.going[one.job.uid]
        Run.objects.filter(pk=one.run.pk).update(ended_at=self.now)
        leases.finish(one.claim)


def test_two_members_who_gave_three_to_one_get_three_to_one_and_a_late_third_comes_first() -> None:
    """Endless work of both on one machine that is the platform's; the third was idle, then has a burst."""
    large, small, third = organisation(), organisation(), organisation()
    for firm, cores in ((large, 48), (small, 16), (third, 16)):
        contributed(firm, cores=cores)
    day = Day(machine(cores=4))
    for firm in (large, small):
        day.hand_in(firm, 200)
    day.pass_by(24 * STEP)
    assert day.seconds[large] / day.seconds[small] == pytest.approx(3, rel=0.05)
    day.hand_in(third, 8)
    begun = len(day.started)
    day.pass_by(2 * STEP)
    assert day.started[begun : begun + 8] == [third] * 8


def test_what_a_member_keeps_is_lent_to_scavengers_and_is_its_own_again_when_needed() -> None:
    owner, guest = organisation(), organisation()
    node = machine(cores=4)
    contributed(owner, node_name=node.name, cores=4, kept_percent=50)
    day = Day(node)
    day.hand_in(guest, 4)
    day.look()
    assert day.started == [guest] * 2  # the other half is kept free of firm jobs of others
    day.hand_in(guest, 2, job_class=farm.Job.Class.SCAVENGER)
    day.look()
    assert day.started == [guest] * 4  # and is lent to those that give way
    day.hand_in(owner, 2)
    assert day.look() == 2
    day.look()
    assert day.started == [*[guest] * 4, owner, owner]
    assert Run.objects.filter(excused=True).count() == 2


def test_a_machine_without_a_giver_keeps_nothing_for_anybody() -> None:
    node = machine(cores=4)
    contributed(node_name="elsewhere", kept_percent=100)
    assert capacity_of(node, terms()).guaranteed == {}


def test_projects_share_within_their_member_by_what_they_were_granted() -> None:
    firm = organisation()
    for project, hours in (("speech", 3_000), ("vision", 1_000)):
        granted(firm, project=project, hours=hours, accelerator="")
    found = terms().shares
    member = str(firm.uid)
    assert found[member, "speech"] / found[member, "vision"] == pytest.approx(3)
    assert found[member,] == LARGEST


def test_nobodys_share_is_less_than_a_twentieth_of_the_largest() -> None:
    assert proportional({"a": 300.0, "b": 100.0, "c": 1.0}) == {
        "a": 20.0,
        "b": pytest.approx(20 / 3),
        "c": 1.0,
    }
    assert proportional({"a": 0.0}) == {"a": 1.0}
    assert kept_of((8, 3, 1), 50) == (4, 1, 0)


def test_a_catalogues_weight_is_what_a_second_costs() -> None:
    node = machine(cores=2, accelerators={"npu:atom": 1, "npu:unheard-of": 1})
    weights = dict(
        zip(*[getattr(capacity_of(node, terms()), name) for name in ("kinds", "weights")], strict=True)
    )
    assert (weights["cores"], weights["npu:atom"], weights["npu:unheard-of"]) == (1.0, 25, 30.0)
