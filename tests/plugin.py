"""Starts a throw-away PostgreSQL for the run, once, before Django is set up; xdist workers share it, and each has its own data.

Loaded by `-p tests.plugin`. With DATABASE_URL set, that server is used instead.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

_running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.settings")
    os.environ.setdefault("DURE_SECRET_KEY", "only-for-tests-and-never-for-people-0123456789")
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _use(Path(os.environ["DURE_DATA"]).with_name(worker))
        return
    folder = Path(tempfile.mkdtemp(prefix="dure-test-"))
    _running.callback(shutil.rmtree, folder, ignore_errors=True)
    _use(folder / "data")
    if not os.environ.get("DATABASE_URL"):
        from dure.cli.postgres import start_ephemeral  # noqa: PLC0415 - only the first process pays for it

        os.environ["DATABASE_URL"] = _running.enter_context(start_ephemeral(folder / "pg", fsync=False))


def _use(data: Path) -> None:
    """A runner clears its folder when it starts, and a store can be away: no other worker's tests may stand in between."""
    os.environ["DURE_DATA"] = str(data)
    (data / "static").mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    _running.close()


@pytest.fixture
def data_mirror() -> Path:
    """The folder with real data; tests that need it are skipped, and counted, without it."""
    folder = os.environ.get("DURE_DATA_MIRROR")
    if not folder:
        pytest.skip("DURE_DATA_MIRROR names no folder with the real data")
    return Path(folder)
