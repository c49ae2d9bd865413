import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.serving import serving


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test run's own database and settings are not those of the installations tested here."""
    for name in [name for name in os.environ if name == "DATABASE_URL" or name.startswith("DURE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was served once and stopped; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("p") / "data"
    with serving(folder) as served:
        assert served.answers()
    return folder


@pytest.fixture
def installed(prepared: Path, tmp_path: Path) -> Path:
    """A fresh copy of a prepared data folder, with owners kept."""
    folder = tmp_path / "data"
    subprocess.run(["cp", "-a", str(prepared), str(folder)], check=True)
    return folder
