"""Starts a throw-away PostgreSQL for the run, once, before Django is set up; xdist workers share it.

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
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="dure-test-"))
    _running.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["DURE_DATA"] = str(folder / "data")
    (folder / "data" / "static").mkdir(parents=True)
    if not os.environ.get("DATABASE_URL"):
        from dure.cli.postgres import start_ephemeral  # noqa: PLC0415 - only the first process pays for it

        os.environ["DATABASE_URL"] = _running.enter_context(start_ephemeral(folder / "pg", fsync=False))


def pytest_unconfigure() -> None:
    _running.close()


@pytest.fixture
def data_mirror() -> Path:
    """The folder with real data; tests that need it are skipped, and counted, without it."""
    folder = os.environ.get("DURE_DATA_MIRROR")
    if not folder:
        pytest.skip("DURE_DATA_MIRROR names no folder with the real data")
    return Path(folder)
