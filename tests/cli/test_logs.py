"""Logs are bounded, and lose nothing below the bound."""

from pathlib import Path

from dure.cli.logs import BoundedLog


def test_a_full_log_moves_aside_and_one_old_file_is_kept(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "web.log", limit=1000)
    for number in range(100):
        log.write(f"{number:03} {'x' * 95}\n".encode())
    log.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.log", "web.log.1"]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())
    assert (tmp_path / "web.log").read_text().splitlines()[-1].startswith("099")


def test_a_log_goes_on_where_it_ended(tmp_path: Path) -> None:
    for word in (b"one\n", b"two\n"):
        log = BoundedLog(tmp_path / "web.log")
        log.write(word)
        log.close()
    again = BoundedLog(tmp_path / "web.log")
    assert again.tail(lines=2) == "one\ntwo"
    again.close()


def test_a_line_longer_than_the_bound_is_kept_whole(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "web.log", limit=10)
    log.write(b"x" * 50)
    log.close()
    assert (tmp_path / "web.log").read_bytes() == b"x" * 50


def test_what_is_secret_is_kept_nowhere() -> None:
    log = BoundedLog.nowhere()
    log.write(b"http://127.0.0.1/enter/secret\n")
    assert log.tail() == ""
    log.close()
