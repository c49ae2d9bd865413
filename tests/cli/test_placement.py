"""`dure placement verify` as an auditor runs it."""

import json
from pathlib import Path

import pytest

from dure.cli.main import main
from dure.cli.placement import COUNTS
from dure.engines.placement import Counts, certify, verify
from tests.engines.placement.markets import EXAMPLE, Plain, file_of
from tests.engines.placement.test_correcting import WHY, example, rerun
from tests.engines.placement.test_filing import written

Said = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "round.json"
    path.write_bytes(file_of(EXAMPLE))
    return path


def test_a_file_in_order_is_verified(file: Path, capsys: Said) -> None:
    assert main(["placement", "verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert "0  blocking pairs" in said
    assert verify(file.read_bytes()).inputs_sha256 in said
    assert said.endswith("Verified.\n")


def test_it_prints_the_certificate_and_compares_the_published_one(
    file: Path, tmp_path: Path, capsys: Said
) -> None:
    assert main(["placement", "verify", str(file), "--json"]) == 0
    printed = capsys.readouterr().out
    assert printed.rstrip().encode() == certify(verify(file.read_bytes()))
    published = tmp_path / "certificate.json"
    published.write_text(printed)
    assert main(["placement", "verify", str(file), "--certificate", str(published)]) == 0
    changed = Plain(EXAMPLE.openings, {**EXAMPLE.rankings, "p4": ()}, EXAMPLE.classes, EXAMPLE.groups)
    file.write_bytes(file_of(changed))
    assert main(["placement", "verify", str(file), "--certificate", str(published)]) == 1
    assert "not the published certificate's" in capsys.readouterr().err


def test_a_changed_result_is_not_verified(file: Path, capsys: Said) -> None:
    changed = json.loads(file.read_bytes())
    changed["places"][0] = -1
    file.write_bytes(written(changed))
    assert main(["placement", "verify", str(file)]) == 1
    assert "Not verified." in capsys.readouterr().err


def test_a_broken_commitment_is_said_in_korean(
    file: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    changed = json.loads(file.read_bytes())
    changed["secrets"][0]["secret"] = "d" * 64
    file.write_bytes(written(changed))
    assert main(["placement", "verify", str(file)]) == 1
    assert "kaist: 이 기관이 마감 전에 약속한 비밀값이 아닙니다." in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{}", b"\0" * 100])
def test_what_is_no_file_of_a_placement_gives_two(file: Path, content: bytes, capsys: Said) -> None:
    file.write_bytes(content)
    assert main(["placement", "verify", str(file)]) == 2
    assert capsys.readouterr().err


def test_a_missing_file_gives_two(tmp_path: Path, capsys: Said) -> None:
    assert main(["placement", "verify", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_a_rerun_is_held_against_the_first_certificate(file: Path, tmp_path: Path, capsys: Said) -> None:
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    first.write_bytes(certify(verify(file.read_bytes())) + b"\n")
    again.write_bytes(rerun(*example()))
    assert main(["placement", "verify", str(again), "--original", str(first)]) == 0
    said = capsys.readouterr().out
    assert WHY in said
    assert "lottery of the first run" in said
    assert main(["placement", "verify", str(file), "--original", str(first)]) == 1
    assert "no re-run of the placement" in capsys.readouterr().err
    assert main(["placement", "verify", str(again), "--original", str(again)]) == 2


def test_every_count_has_words() -> None:
    assert list(COUNTS) == list(Counts.__dataclass_fields__)
