"""Jobs that ask for packages find those of the environment, and wait where it is not installed."""

from dataclasses import replace
from pathlib import Path

import pytest

from dure.engines.environment import standard
from dure.farm import api as farm
from dure.farm.local import admitting
from tests.factories.farm import program as bare
from tests.factories.farm import run_all

pytestmark = [pytest.mark.sandbox, pytest.mark.packages, pytest.mark.django_db(transaction=True)]


def program(source: str) -> farm.JobSpec:
    """A program run by the environment's Python, which comes first in its PATH."""
    limits = farm.Limits(memory_mib=1024, wall_seconds=60, cpu_seconds=30)
    return replace(bare(source, packages="standard", limits=limits), command=("python3", "/sub/main.py"))


def test_a_program_finds_the_packages_and_the_run_says_which() -> None:
    source = "import numpy, pandas, sklearn, sys\nprint(sys.prefix, numpy.ones(3).sum(), pandas.__version__)"
    job = farm.submit(program(source), name="packages")
    run_all()
    run = farm.last_run(job)
    assert run is not None
    assert run.stderr == ""
    assert run.stdout.split() == ["/env", "3.0", dict(standard().packages)["pandas"]]
    assert run.environment == standard().digest


def test_a_program_cannot_change_the_packages() -> None:
    source = "open('/env/lib/evil.py', 'w')"
    job = farm.submit(program(source), name="evil")
    run_all()
    run = farm.last_run(job)
    assert run is not None
    assert (run.exit_code, run.exception) == (1, "OSError")


def test_a_job_waits_until_its_packages_are_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = standard()
    missing = replace(real, folder=tmp_path / "none")
    monkeypatch.setattr(admitting, "named", lambda _name: missing)
    job = farm.submit(program("print(1)"), name="waits")
    run_all()
    job.refresh_from_db()
    assert job.state == "queued"
    monkeypatch.setattr(admitting, "named", lambda _name: real)
    run_all()
    job.refresh_from_db()
    assert job.state == "done"
