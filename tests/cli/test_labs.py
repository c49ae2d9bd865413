"""What `dure up --labs` does before anything runs: the keys, and where people would be sent."""

import json
import os
import stat
from pathlib import Path

import pytest

from dure.cli.children import Address
from dure.cli.installation import Installation
from dure.cli.labs import Labs
from dure.cli.up import free_port
from tests.cli.serving import dure


def labs_in(folder: Path) -> Labs:
    return Labs(folder / "labs", "http://127.0.0.1:8001/", "http://localhost:8001")


def test_keys_are_made_once_and_for_us_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        labs_in(tmp_path).prepare()
    finally:
        os.umask(before)
    files = {path.name: path for path in (tmp_path / "labs").iterdir()}
    assert sorted(files) == ["keys.json", "sign_in.pem"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    kept = {name: path.read_text() for name, path in files.items()}
    assert len(set(json.loads(kept["keys.json"]).values())) == 2
    labs_in(tmp_path).prepare()
    assert {name: path.read_text() for name, path in files.items()} == kept


def test_a_start_that_breaks_off_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, or the power gone, between making the file and its last byte."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            labs_in(tmp_path).prepare()
        assert not (tmp_path / "labs" / "keys.json").exists()
    labs_in(tmp_path).prepare()
    assert set(json.loads((tmp_path / "labs" / "keys.json").read_text())) == {"client", "door"}


@pytest.mark.parametrize(
    ("labs_url", "public", "said"),
    [
        ("http://127.0.0.1:8001", "", "Dure's own host 127.0.0.1"),
        ("https://Dure.example.org:8001", "https://dure.example.org", "Dure's own host dure.example.org"),
        ("https://dure.example.org.", "https://dure.example.org", "Dure's own host dure.example.org"),
        ("http://labs.example.org", "https://dure.example.org", "must begin with https://"),
        ("", "https://dure.example.org", "must begin with https://"),
    ],
)
def test_labs_on_dures_own_host_or_without_tls_do_not_start(
    labs_url: str, public: str, said: str, tmp_path: Path
) -> None:
    done = dure(
        *("up", "--data", str(tmp_path), "--port", str(free_port()), "--labs", str(free_port())),
        **({"DURE_LABS_URL": labs_url} if labs_url else {}),
        **({"DURE_PUBLIC_URL": public} if public else {}),
    )
    assert done.returncode != 0
    assert "DURE_LABS_URL: " in done.stdout
    assert said in done.stdout
    assert "Traceback" not in done.stdout
    assert not (tmp_path / "labs").exists()


def test_labs_beside_a_dure_on_this_machine_have_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DURE_LABS_URL", raising=False)
    address = Address("127.0.0.1", 8000)
    made = Labs.of(Installation(tmp_path), address, 8001)
    assert made.url == "http://localhost:8001"
    assert made.faults(address.url) == []
