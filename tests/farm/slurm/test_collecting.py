"""What came of a try on a cluster, from the folder that its node left behind: every end that says nothing of the program."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from dure.engines.jobs import Carried
from dure.engines.sandbox import CollectedFile, Outcome
from dure.farm import api as farm
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.models import Node, SlurmJob
from dure.farm.slurm import believing, collecting, node, outcomes
from dure.farm.slurm.believing import ref_of
from dure.farm.slurm.executor import Slurm
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.looking import Looks
from dure.farm.slurm.naming import Ref
from dure.farm.slurm.reading import Seen
from dure.farm.slurm.states import End
from dure.farm.slurm.states import state_of as state_of_text
from dure.foundation import files
from tests.factories.farm import machine, program

pytestmark = pytest.mark.django_db
WELL: Final = Outcome(
    exit_code=0,
    signal=None,
    limit=None,
    peak_memory=1,
    cpu_seconds=1.0,
    wall_seconds=1.0,
    stdout=b"said",
    stderr=b"",
    files=(CollectedFile("result.txt", 2, "unread"),),
    faults=(),
    level=4,
)


@dataclass(frozen=True)
class Ended(Slurm):
    """A cluster on which everything has ended well."""

    refs: tuple[Ref, ...] = ()

    def queue(self) -> list[Seen]:
        return [Seen(ref, 7, state_of_text("COMPLETED"), None, None, "kt1") for ref in self.refs]

    def accounted(self, since: datetime) -> list[Seen]:  # noqa: ARG002 - as it is called
        return []


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared.at(tmp_path)


def handed(shared: Shared, *, begun: bool, repeatable: bool = True) -> Try:
    """A try that lies ready for a node, and which one may have begun."""
    farm.submit(program("print(1)"), name="handed", repeatable=repeatable)
    node_of_it = Node.objects.first() or machine()
    (one,) = believing.take(worker="slurm:test", node=node_of_it, limit=8)
    shared.lay(ref_of(one), one.job)
    if begun:
        (shared.of(ref_of(one)) / node.BEGUN).touch()
    return one


def ended_well(shared: Shared) -> Try:
    """A try of which a node wrote what came of it, with a file."""
    one = handed(shared, begun=True)
    SlurmJob.objects.filter(pk=one.run.pk).update(state="running", number=7)
    own = shared.of(ref_of(one))
    (own / node.FILES).mkdir()
    (own / node.FILES / "result.txt").write_text("42")
    outcomes.write(own / node.OUTCOME, outcomes.as_json(Carried(outcome=WELL)))
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


def test_an_outcome_that_cannot_be_read_now_is_read_later(shared: Shared) -> None:
    one = ended_well(shared)
    outcome, aside = shared.of(ref_of(one)) / node.OUTCOME, shared.folder / "aside"
    outcome.rename(aside)
    outcome.mkdir()  # whoever reads it gets an error of the file system
    with pytest.raises(OSError, match="directory"):
        collecting.collect(one, End.COMPLETED, shared, was_placed=True)
    outcome.rmdir()
    aside.rename(outcome)
    collecting.collect(one, End.COMPLETED, shared, was_placed=True)
    assert (state_of(one), one.run.files.get().name) == ("done", "result.txt")


def test_one_result_that_cannot_be_kept_holds_up_no_other(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ended_well(shared), ended_well(shared)
    (shared.file(ref_of(first), "result.txt")).write_text("the disk is full for this one")
    real = files.put

    def put(stream: Any, **limit: Any) -> Any:
        if stream.name == str(shared.file(ref_of(first), "result.txt")):
            raise files.StorageUnavailable("full")
        return real(stream, **limit)

    looks = Looks(Ended(shared, (ref_of(first), ref_of(second))), worker="slurm:test")
    with monkeypatch.context() as patched:
        patched.setattr(files, "put", put)
        looks.look()
        assert (state_of(first), state_of(second)) == ("queued", "done")
    looks.look()
    assert state_of(first) == "done"


def test_while_the_shared_folder_is_away_nothing_is_taken_as_lost(shared: Shared) -> None:
    one = ended_well(shared)
    away = shared.folder.with_name("away")
    shared.folder.rename(away)
    looks = Looks(Ended(shared, (ref_of(one),)), worker="slurm:test")
    with pytest.raises(OSError, match="key"):
        looks.look()
    away.rename(shared.folder)
    looks.look()
    assert state_of(one) == "done"


@pytest.mark.parametrize("is_there", [True, False], ids=["as the node left it", "as it was told before"])
def test_what_slurms_own_limit_ended_keeps_the_log_until_then(shared: Shared, *, is_there: bool) -> None:
    one = handed(shared, begun=True)
    told = shared.of(ref_of(one)) / node.SAID
    outcomes.write(told, outcomes.said_as_json(b"begun", b"a warning"))
    tries.tell(one, stdout=b"begun", stderr=b"a warning")
    one.run.refresh_from_db()
    if not is_there:
        told.unlink()
    collecting.collect(one, End.MEMORY, shared, was_placed=True)
    run = one.job.runs.get()
    assert (state_of(one), run.limit, run.stdout, run.stderr) == (
        "failed_user",
        "memory",
        "begun",
        "a warning",
    )
