"""What came of a try on a cluster, from the folder that its node left behind: every end that says nothing of the program."""

from pathlib import Path

import pytest

from dure.farm import api as farm
from dure.farm.actions.tries import Try
from dure.farm.slurm import believing, collecting, node
from dure.farm.slurm.believing import ref_of
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.states import End
from tests.factories.farm import machine, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared.at(tmp_path)


def handed(shared: Shared, *, begun: bool, repeatable: bool = True) -> Try:
    """A try that lies ready for a node, and which one may have begun."""
    farm.submit(program("print(1)"), name="handed", repeatable=repeatable)
    (one,) = believing.take(worker="slurm:test", node=machine(), limit=8)
    shared.lay(ref_of(one), one.job)
    if begun:
        (shared.of(ref_of(one)) / node.BEGUN).touch()
    return one


def state_of(one: Try) -> str:
    one.job.refresh_from_db()
    return one.job.state


@pytest.mark.parametrize(
    ("begun", "placed", "state"),
    [(False, False, "cancelled"), (True, True, "cancelled"), (False, True, "queued")],
    ids=["while it waited", "while it ran", "by a machine that could not start it"],
)
def test_only_what_an_operator_cancelled_is_taken_back(
    shared: Shared, *, begun: bool, placed: bool, state: str
) -> None:
    """After a crash Slurm gives a number again that a machine still knows: it starts nothing then, and cancels the job."""
    one = handed(shared, begun=begun)
    collecting.collect(one, End.CANCELLED, shared, was_placed=placed)
    assert state_of(one) == state
    assert not shared.of(ref_of(one)).exists()


@pytest.mark.parametrize("end", [End.PREEMPTED, End.NODE_LOST])
@pytest.mark.parametrize(("begun", "state"), [(True, "failed_platform"), (False, "queued")])
def test_what_must_not_run_twice_waits_again_only_where_no_node_began_it(
    shared: Shared, end: End, *, begun: bool, state: str
) -> None:
    one = handed(shared, begun=begun, repeatable=False)
    collecting.collect(one, end, shared, was_placed=True)
    assert state_of(one) == state
