"""What a home and a relay hold, whatever strangers make of them, and what becomes of who has too much."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from dure.farm.labs import furnishing, homes
from dure.farm.labs.furnishing import Allowance
from tests.engines.sandbox.test_strangers import deep, within

MIB = 1024**2


@pytest.fixture
def home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Looked at whenever it is asked for."""
    settings.DATA = tmp_path
    settings.LAB_HOME_BYTES = 4 * MIB
    monkeypatch.setattr(furnishing, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(furnishing, "IDLE_TIMES", 0)
    return homes.home_of(uuid4())


def test_a_home_is_counted_and_removed_whatever_lies_in_it(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"x" * 3 * MIB)
    (home / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(home / "pipe")
    (home / "file").write_bytes(b"x" * MIB)
    with within(20):
        assert MIB <= homes.filled(home).bytes < 2 * MIB
        deep(home)
        assert not homes.filled(home).is_whole
        homes.remove_home(home.name)
    assert not home.exists()
    assert (tmp_path / "elsewhere").exists()


def test_a_home_that_cannot_be_looked_at_whole_leaves_time_to_tidy_up(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep(home, 100)
    allowance = Allowance(home)
    assert not allowance.is_exceeded()
    monkeypatch.setattr(furnishing, "TIDYING_SECONDS", 0.0)
    late = Allowance(home)
    assert late.is_exceeded()
    assert [fault.code for fault in late.faults] == ["lab_home_full"]
    homes.remove_home(home.name)
    assert not Allowance(homes.home_of(home.name)).is_exceeded()


def test_a_lab_that_begins_to_hold_too_much_is_ended(home: Path) -> None:
    allowance = Allowance(home)
    assert not allowance.is_exceeded()
    deep(home, 100)
    assert allowance.is_exceeded()


def test_what_lies_in_the_relay_counts_as_well(home: Path) -> None:
    relay = homes.relay_of(uuid4())
    relay.mkdir()
    allowance = Allowance(home, relay)
    (home / "half").write_bytes(b"x" * 3 * MIB)
    assert not allowance.is_exceeded()
    (relay / "half").write_bytes(b"x" * (furnishing.SLACK))
    assert allowance.is_exceeded()


def test_a_deleted_file_that_is_still_open_fills_no_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is seen in any folder, so the room that is left tells."""
    left = shutil.disk_usage(home).free
    monkeypatch.setattr(homes, "FREE_BYTES", left - 256 * MIB)
    allowance = Allowance(home)
    assert not allowance.is_exceeded()
    with (home / "file").open("wb") as file:
        (home / "file").unlink()
        os.posix_fallocate(file.fileno(), 0, 512 * MIB)
        assert homes.filled(home).bytes < MIB
        assert allowance.is_exceeded()
    assert [fault.code for fault in allowance.faults] == ["lab_disk_full"]
    assert not allowance.is_exceeded()


def test_two_are_never_at_one_home(home: Path) -> None:
    """The other one is another process, and is killed: its hold ends with it."""
    held = (
        "import sys, time, pathlib; from django.conf import settings; settings.configure(DATA=sys.argv[1])\n"
        "from dure.farm.labs import homes\n"
        "with homes.held(sys.argv[2]): print('held', flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", held, str(home.parents[2]), home.name]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(homes.InUseError), homes.held(home.name, wait_s=0.1):
            pass
        with pytest.raises(homes.InUseError):
            homes.remove_home(home.name)
        assert home.exists()
        other.kill()
    with homes.held(home.name, wait_s=5):
        pass
    assert homes.remove_home(home.name)
    assert not homes.remove_home(home.name)


def test_what_is_counted_is_noted_for_pages(home: Path) -> None:
    allowance = Allowance(home, whose=home.name)
    (home / "file").write_bytes(b"x" * MIB)
    allowance.is_exceeded()
    assert MIB <= homes.noted(home.name) < 2 * MIB
    homes.remove_home(home.name)
    assert homes.noted(home.name) == 0
