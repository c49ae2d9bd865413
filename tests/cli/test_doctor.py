"""`dure doctor` on installations that stand still, run, and are broken."""

import json
import os
import signal
from pathlib import Path

import pytest

from dure.cli import doctor
from dure.cli.installation import Installation
from dure.cli.postgres import start_ephemeral
from tests.cli.serving import dure, serving


def findings(text: str) -> dict[str, tuple[str, str]]:
    return {line["name"]: (line["state"], line["text"]) for line in json.loads(text)}


def test_a_stopped_installation_is_not_broken(installed: Path) -> None:
    done = dure("doctor", "--json", "--data", str(installed))
    assert done.returncode == 0, done.stdout
    found = findings(done.stdout)
    assert found["database"] == ("note", "embedded, stopped")
    assert found["services"][0] == "note"
    assert found["backup"] == ("note", "never made: dure backup FILE")


@pytest.mark.slow
def test_a_served_one_says_what_runs_and_a_stopped_child_is_broken(installed: Path) -> None:
    with serving(installed) as served:
        found = findings(dure("doctor", "--json", "--data", str(installed)).stdout)
        assert found["services"][0] == "ok"
        assert found["database"][0] == "ok"
        assert "PostgreSQL 18" in found["database"][1]
        state = json.loads((installed / "state.json").read_text())
        (installed / "state.json").write_text(json.dumps({**state, "processes": {"web": 2**22 - 1}}))
        broken = dure("doctor", "--data", str(installed))
        assert broken.returncode == 1
        assert "BROKEN  services" in broken.stdout
        os.kill(served.process.pid, signal.SIGTERM)


def test_a_database_that_could_lose_data_is_broken(tmp_path: Path) -> None:
    with start_ephemeral(tmp_path / "pg") as url:
        done = dure("doctor", "--json", "--data", str(tmp_path / "data"), DATABASE_URL=url)
    assert done.returncode == 1
    assert findings(done.stdout)["database"][0] == "broken"


def test_a_database_that_does_not_answer_is_broken(tmp_path: Path) -> None:
    url = f"postgresql://dure@/dure?host={tmp_path}"
    done = dure("doctor", "--json", "--data", str(tmp_path / "data"), DATABASE_URL=url)
    assert done.returncode == 1
    assert findings(done.stdout)["database"][0] == "broken"


def test_unsafe_public_settings_are_broken(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    assert doctor.settings({"DURE_PUBLIC_URL": "http://x.example"}, installation).state == "broken"
    assert doctor.settings({}, installation).state == "ok"


@pytest.mark.parametrize(("mode", "state"), [(0o700, "ok"), (0o755, "broken")])
def test_a_folder_open_to_others_is_broken(tmp_path: Path, mode: int, state: str) -> None:
    tmp_path.chmod(mode)
    assert doctor.folder(Installation(tmp_path)).state == state
