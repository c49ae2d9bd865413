"""What may not be served to the public, each fault on its own."""

from pathlib import Path

import pytest

from dure.cli import safety

SAFE = {
    "DURE_PUBLIC_URL": "https://dure.example",
    "DURE_SECRET_KEY": "k7Qz-93mXw_LrT5vBn8Ys2Hd6Fg1Jc4PaEuWo0",
    "DURE_MAIL_URL": "smtp://mail.example:587",
    "DURE_MAIL_FROM": "dure@alliance.example",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


def test_safe_settings_have_no_fault(folder: Path) -> None:
    assert safety.faults(SAFE, host="0.0.0.0", folder=folder) == []  # noqa: S104 - judged, not bound


def test_a_key_made_by_us_is_safe(folder: Path) -> None:
    assert safety.faults({**SAFE, "DURE_SECRET_KEY": ""}, host="127.0.0.1", folder=folder) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DURE_PUBLIC_URL", "http://dure.example"),
        ("DURE_PUBLIC_URL", "https://"),
        ("DURE_PUBLIC_URL", "dure.example"),
        ("DURE_SECRET_KEY", "short"),
        ("DURE_SECRET_KEY", "a" * 64),
        ("DURE_SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz"),
        ("DURE_DEBUG", "1"),
        ("DURE_DEBUG", "True"),
        ("DURE_MAIL_URL", ""),
        ("DURE_MAIL_FROM", ""),
        ("DURE_MAIL_FROM", "dure@localhost"),
        ("DATABASE_URL", "postgresql://dure:x@db.example/dure"),
        ("DATABASE_URL", "postgresql://dure:x@db.example/dure?sslmode=prefer"),
        ("DURE_STORAGE_URL", "s3://k:s@bucket?endpoint=http://store.example"),
    ],
)
def test_each_fault_is_named_alone(folder: Path, name: str, value: str) -> None:
    found = safety.faults({**SAFE, name: value}, host="127.0.0.1", folder=folder)
    assert len(found) == 1
    assert name in found[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://dure:x@db.example/dure?sslmode=verify-full"),
        ("DATABASE_URL", "postgresql://dure@/dure?host=/run/dure"),
        ("DURE_STORAGE_URL", "s3://k:s@bucket?endpoint=https://store.example"),
        ("DURE_DEBUG", "0"),
    ],
)
def test_what_is_safe_is_not_blamed(folder: Path, name: str, value: str) -> None:
    assert safety.faults({**SAFE, name: value}, host="127.0.0.1", folder=folder) == []


def test_a_folder_open_to_others_is_named(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "secret_key").write_text("x")
    (folder / "secret_key").chmod(0o644)
    found = safety.faults(SAFE, host="127.0.0.1", folder=folder)
    assert [str(folder) in fault for fault in found] == [True, True]
    assert "secret_key" in found[1]


def test_a_reachable_address_needs_a_public_one(folder: Path) -> None:
    found = safety.faults({**SAFE, "DURE_PUBLIC_URL": ""}, host="192.0.2.1", folder=folder)
    assert len(found) == 1
    assert "DURE_PUBLIC_URL is not set" in found[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_only_this_machine_needs_nothing(folder: Path, host: str) -> None:
    assert safety.faults({"DURE_DEBUG": "1"}, host=host, folder=folder) == []
