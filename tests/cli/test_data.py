"""`dure data get`: from a mirror, checked, built, and in place at once."""

import os
from pathlib import Path

import pytest

from dure.cli.main import main
from dure.problems.demo.sources import SOURCES

MIRROR = os.environ.get("DURE_DATA_MIRROR", "")
Said = pytest.CaptureFixture[str]


def test_the_list_names_every_source_with_its_licence(capsys: Said) -> None:
    assert main(["data", "get", "--list"]) == 0
    out = capsys.readouterr().out
    for source in SOURCES.values():
        assert source.slug in out
        assert source.licence in out
        assert source.attribution in out


def test_an_unknown_problem_is_misuse(capsys: Said) -> None:
    assert main(["data", "get", "nothing"]) == 2
    assert "engine-life" in capsys.readouterr().err


def test_a_mirror_without_the_file_is_said_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Said
) -> None:
    monkeypatch.setenv("DURE_DATA_MIRROR", str(tmp_path / "empty"))
    assert main(["data", "get", "engine-life", "--data", str(tmp_path / "data")]) == 1
    assert "cmapss_fd001/train.csv.gz" in capsys.readouterr().err
    assert not (tmp_path / "data" / "data" / "engine-life").exists()


@pytest.mark.skipif(not MIRROR, reason="DURE_DATA_MIRROR names no folder with the real data")
def test_real_data_are_built_from_the_mirror(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Said
) -> None:
    monkeypatch.setenv("DURE_DATA_MIRROR", MIRROR)
    for _ in range(2):
        assert main(["data", "get", "engine-life", "--data", str(tmp_path)]) == 0
        assert "demo_load --only engine-life" in capsys.readouterr().out
    assert (tmp_path / "data" / "engine-life" / "answers.csv").exists()
