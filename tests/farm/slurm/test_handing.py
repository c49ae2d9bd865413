"""Jobs handed to a cluster, without one: what is laid ready, what is asked, and what is believed of the answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.farm import api as farm
from dure.farm.models import SlurmJob
from dure.farm.slurm import believing, handing, node
from dure.farm.slurm.executor import Request, Slurm
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.naming import Ref
from dure.foundation import clock, files
from tests.factories.farm import machine, program

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Taking(Slurm):
    """A cluster that takes whatever it is asked to run."""

    asked: list[Ref] = field(default_factory=list)

    def submit(self, ref: Ref, request: Request) -> int:  # noqa: ARG002 - as it is called
        self.asked.append(ref)
        return len(self.asked)


def state_of(job: farm.Job) -> str:
    job.refresh_from_db()
    return job.state


def test_one_lost_file_ends_the_job_that_reads_it_and_holds_up_no_other(tmp_path: Path) -> None:
    lost, good = (farm.submit(program(f"print({number})"), name="a job") for number in (1, 2))
    files.local_path(lost.wants.inputs[0].sha256).unlink()
    slurm = Taking(Shared.at(tmp_path))
    handing.hand_over(slurm, worker="slurm:test", node=machine())
    assert [ref.job for ref in slurm.asked] == [good.uid]
    assert (state_of(lost), lost.runs.get().faults[0]["code"]) == ("failed_platform", "job_input_lost")


SBATCH = {
    "a number": ("echo 12", "waiting"),
    "a number and the cluster": ("echo '12;dure'", "waiting"),
    "the controller's no": (
        "echo 'sbatch: error: Batch job submission failed: A new reason' >&2; exit 1",
        "refused",
    ),
    "a no that is known": (
        "echo 'sbatch: error: Memory specification can not be satisfied' >&2; exit 1",
        "refused",
    ),
    "no word": ("exit 1", "submitting"),
    "a crash": ("kill -SEGV $$", "submitting"),
    "no number": ("echo taken", "submitting"),
    "an odd word": ("echo 'sbatch: error: something new' >&2; exit 1", "submitting"),
}


@pytest.mark.parametrize("answer", SBATCH)
def test_only_a_clear_no_is_taken_as_one(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else sbatch says, Slurm may have taken the job: that shows in a later look, and it is not asked again until then."""
    script, state = SBATCH[answer]
    sbatch = tmp_path / "bin" / "sbatch"
    sbatch.parent.mkdir()
    sbatch.write_text(f"#!/bin/sh\n{script}\n")
    sbatch.chmod(0o755)
    monkeypatch.setenv("PATH", f"{sbatch.parent}:/usr/bin:/bin")
    job = farm.submit(program("print(1)"), name="asked")
    handing.hand_over(Slurm(Shared.at(tmp_path)), worker="slurm:test", node=machine())
    assert SlurmJob.objects.get(run__job=job).state == state


def test_a_look_does_not_read_what_runs_have_said(tmp_path: Path) -> None:
    farm.submit(program("print(1)"), name="talks a lot")
    handing.hand_over(Taking(Shared.at(tmp_path)), worker="slurm:test", node=machine())
    with CaptureQueriesContext(connection) as asked:
        (ref,) = believing.ours(worker="slurm:test")
        assert set(believing.runs_of([ref])) == {ref}
    assert '"farm_run"."attempt"' in asked.captured_queries[-1]["sql"]
    for column in ("stdout", "stderr", "faults"):
        assert not any(f'"farm_run"."{column}"' in query["sql"] for query in asked.captured_queries)


def test_its_age_counts_from_when_slurm_is_asked_and_not_from_when_it_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To lay a large job ready takes longer than a submission may be late."""
    job, real = farm.submit(program("print(1)"), name="large"), Shared.lay
    later = clock.now() + timedelta(hours=1)

    def slowly(self: Shared, *given: Any) -> None:
        real(self, *given)
        monkeypatch.setattr(clock, "now", lambda: later)

    monkeypatch.setattr(Shared, "lay", slowly)
    handing.hand_over(Taking(Shared.at(tmp_path)), worker="slurm:test", node=machine())
    assert SlurmJob.objects.get(run__job=job).asked_at == later


def test_a_node_that_finds_no_folder_says_so_and_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert node.main([str(tmp_path / "gone")]) == node.BROKE
    assert "gone" in capsys.readouterr().err
