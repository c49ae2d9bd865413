"""Sandboxes by whom they are started, and a folder that a user without rights can enter."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.sandbox.runners import Runner, of_an_ordinary_user, of_this_process


@pytest.fixture(scope="session")
def public() -> Iterator[Path]:
    """pytest's own folders are closed to others; this one is open to all."""
    folder = Path(tempfile.mkdtemp(prefix="dure-public-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def secret(public: Path) -> Path:
    """A host's file that only the namespaces hide: everybody may read it."""
    path = public / "answers.csv"
    path.write_text("hidden answers\n")
    return path


@pytest.fixture(scope="session")
def ordinary(public: Path, secret: Path) -> Iterator[Runner]:
    """Started without rights. Where the tests themselves have none, `this process` is that already."""
    if os.geteuid() != 0:
        pytest.skip("the tests run without rights already: see those of `this_process`")
    runner = of_an_ordinary_user(public, opened=secret)
    yield runner
    assert runner.child is not None
    runner.child.communicate()


@pytest.fixture(scope="session")
def this_process() -> Runner:
    return of_this_process()


@pytest.fixture(params=["this_process", "ordinary"])
def runner(request: pytest.FixtureRequest) -> Runner:
    found: Runner = request.getfixturevalue(request.param)
    return found
