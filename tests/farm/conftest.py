"""Engines to run jobs on: this machine, and a private Slurm that lasts for the session."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.farm.engines import Engine, LocalEngine, SlurmEngine
from tests.farm.slurm.cluster import Cluster, missing_programs


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Skipped, and counted, where Debian's packages are missing."""
    if missing := missing_programs():
        pytest.skip(f"a private Slurm needs {', '.join(missing)}: ./dure test --install")
    folder = Path(tempfile.mkdtemp(prefix="dure-slurm-"))
    try:
        with Cluster(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def slurm(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlurmEngine]:
    """The session's Slurm, whole, with a shared folder of this test's own; none of its jobs is left at the end."""
    for name, value in cluster.environment.items():
        monkeypatch.setenv(name, value)
    cluster.make_whole()
    shared = Path(tempfile.mkdtemp(dir=cluster.folder / "shared"))
    yield SlurmEngine(cluster, shared)
    cluster.run("scancel", "--user", str(os.geteuid()))


@pytest.fixture(params=["local", pytest.param("slurm", marks=pytest.mark.slurm)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    if request.param == "local":
        return LocalEngine()
    found: SlurmEngine = request.getfixturevalue("slurm")
    return found
