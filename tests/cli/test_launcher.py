"""The launcher in a folder of its own, with a stand-in for the Python it hands over to."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.serving import ROOT

TOOLS = ("sh", "readlink", "sha256sum", "grep", "dirname", "mkdir", "rm", "cat", "mv", "touch")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the launcher and two small requirement files; nothing is installed."""
    (tmp_path / "requirements").mkdir()
    for name in ("dure", "requirements/install"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("run.txt", "dev.txt", "s3.txt", "saml.txt"):
        (tmp_path / "requirements" / name).write_text(f"# {name}\n")
    return tmp_path


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with a shell's tools and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    return str(folder)


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def install_stand_in(checkout: Path, *names: str) -> None:
    script(
        checkout / ".venv/bin/python",
        'echo "handed over: $*; bytecode ${PYTHONDONTWRITEBYTECODE-written}; $PYTHONPATH"',
    )
    lines = [
        f"{hashlib.sha256((checkout / 'requirements' / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
    ]
    (checkout / ".venv/dure-packages.sha256").write_text("".join(lines))


def launch(checkout: Path, *words: str, path: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(checkout / "dure"), *words],
        env={"PATH": path, "PYTHONDONTWRITEBYTECODE": "1", **extra},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_python_it_says_what_to_install_in_both_languages(checkout: Path, bare_path: str) -> None:
    said = launch(checkout, "up", path=bare_path)
    assert said.returncode == 1
    assert "Python 3.11 or newer is needed" in said.stdout
    assert "파이썬 3.11 이상이 필요하지만" in said.stdout
    assert "apt-get install python3 python3-venv python3-pip" in said.stdout


def test_an_old_python_is_as_good_as_none(checkout: Path, bare_path: str) -> None:
    script(Path(bare_path) / "python3", "exit 1")
    assert "Python 3.11 or newer is needed" in launch(checkout, "up", path=bare_path).stdout


def test_without_venv_and_pip_it_names_the_package(checkout: Path, bare_path: str) -> None:
    script(Path(bare_path) / "python3", 'case "$2" in *version_info*) exit 0 ;; *) exit 1 ;; esac')
    said = launch(checkout, "up", path=bare_path, DURE_SETUP_LOCKED="1")
    assert said.returncode == 1
    assert "neither the modules venv and ensurepip nor pip" in said.stdout
    assert "apt-get install python3-venv python3-pip" in said.stdout


def test_an_installed_checkout_hands_over_at_once(checkout: Path, bare_path: str) -> None:
    install_stand_in(checkout, "run.txt")
    said = launch(checkout, "up", "--port", "1 2", path=bare_path)
    assert said.returncode == 0
    assert said.stdout == f"handed over: -m dure.cli up --port 1 2; bytecode written; {checkout}/src\n"


def test_it_works_through_a_link_from_another_folder(checkout: Path, bare_path: str) -> None:
    install_stand_in(checkout, "run.txt")
    (checkout / "elsewhere").mkdir()
    (checkout / "elsewhere" / "dure").symlink_to(checkout / "dure")
    assert f"; {checkout}/src" in launch(checkout / "elsewhere", "up", path=bare_path).stdout


@pytest.mark.parametrize(
    ("installed", "words", "extra"),
    [
        (("run.txt",), ("test",), {}),
        (("run.txt",), ("check",), {}),
        (("run.txt",), ("up",), {"DURE_STORAGE_URL": "s3://k:s@b"}),
        (("run.txt",), ("up",), {"DURE_SAML": "[]"}),
        ((), ("up",), {}),
    ],
)
def test_what_is_missing_is_installed_first(
    checkout: Path, bare_path: str, installed: tuple[str, ...], words: tuple[str, ...], extra: dict[str, str]
) -> None:
    install_stand_in(checkout, *installed)
    said = launch(checkout, *words, path=bare_path, **extra)
    assert "handed over" not in said.stdout
    assert "Python 3.11 or newer is needed" in said.stdout


def test_development_packages_serve_every_command(checkout: Path, bare_path: str) -> None:
    install_stand_in(checkout, "dev.txt", "run.txt", "s3.txt", "saml.txt")
    for words, extra in ((("bench",), {}), (("up",), {"DURE_SAML": "[]", "DURE_STORAGE_URL": "s3://k:s@b"})):
        assert "handed over" in launch(checkout, *words, path=bare_path, **extra).stdout


def test_changed_requirements_are_installed_again(checkout: Path, bare_path: str) -> None:
    install_stand_in(checkout, "run.txt")
    (checkout / "requirements" / "run.txt").write_text("# newer\n")
    assert "handed over" not in launch(checkout, "up", path=bare_path).stdout


def test_the_pinned_installer_has_hashes() -> None:
    lines = (ROOT / "requirements" / "uv.txt").read_text().splitlines()
    assert lines[0].startswith("uv==")
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])
    assert os.access(ROOT / "dure", os.X_OK)
