"""The level is found by doing: with a wall away the probe gets through, and says which."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dure.engines.sandbox import (
    LaunchError,
    UnprotectedError,
    cgroups,
    launching,
    probing,
    protecting,
    protection,
)
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.walls import ALL, Wall

pytestmark = pytest.mark.sandbox


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    protection.cache_clear()
    yield
    protection.cache_clear()


def test_this_machine_holds_programs_of_strangers() -> None:
    found = protection()
    assert found.level >= 3
    assert found.level == 4 or "cgroup" in found.missing
    assert {wall.name for wall in found.walls} >= {"sandbox", "seccomp", "landlock", "cgroup", "watcher"}


@pytest.mark.parametrize(
    ("away", "passed"),
    [
        ({"network", "landlock"}, "network"),
        ({"landlock"}, "landlock"),
        ({"seccomp"}, "seccomp"),
        ({"seccomp", "nested"}, "nested"),
        ({"read_only", "landlock", "uid"}, "read_only"),
        ({"rlimits"}, "rlimits"),
        ({"descriptors"}, "descriptors"),
    ],
)
def test_a_wall_that_is_away_is_missed(monkeypatch: pytest.MonkeyPatch, away: set[Wall], passed: str) -> None:
    if away == {"landlock"} and this_host().landlock_abi < 4:
        pytest.skip("Landlock knows of TCP from ABI 4 on")
    assert passed not in probing.holes()
    monkeypatch.setattr(probing, "ALL", ALL - away)
    assert passed in probing.holes()
    found = protection()
    assert found.level <= 2
    assert passed in found.missing


def bubblewrap_that(folder: Path, says: str) -> str:
    script = folder / "bwrap"
    script.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 1\n")
    script.chmod(0o755)
    return str(script)


@pytest.mark.parametrize(
    ("says", "cause"),
    [
        ("bwrap: Unknown option --disable-userns", "bubblewrap_old"),
        ("bwrap: something new", "does_not_start"),
    ],
)
def test_why_bubblewrap_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, cause: str
) -> None:
    script = bubblewrap_that(tmp_path, says)
    monkeypatch.setattr(launching, "program", lambda: script)
    monkeypatch.setattr(protecting, "_switch", lambda _: "")
    with pytest.raises(LaunchError, match=says.removeprefix("bwrap: ")):
        probing.holes()
    found = protection()
    assert found.level <= 2
    assert found.walls[0].detail
    if not Path("/.dockerenv").exists():
        assert found.walls[0].cause == cause


def test_switches_of_the_system_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = bubblewrap_that(tmp_path, "bwrap: No permissions to create new namespace")
    monkeypatch.setattr(launching, "program", lambda: script)
    monkeypatch.setattr(protecting, "_switch", lambda path: "0" if "max_user_namespaces" in path else "")
    assert protection().walls[0].cause == "user_namespaces_zero"
    protection.cache_clear()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(protecting, "_switch", lambda path: "1" if "apparmor" in path else "9")
    assert protection().walls[0].cause == "apparmor_forbids"


def test_without_bubblewrap_there_is_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launching, "program", lambda: None)
    monkeypatch.setattr(protecting, "program", lambda: None)
    found = protection()
    assert found.level <= 2
    assert found.walls[0].cause == "bubblewrap_missing"
    with pytest.raises(UnprotectedError):
        protecting.require(0)


def test_an_unknown_architecture_has_no_filter_and_so_no_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "ARCHITECTURES", {})
    found = protection()
    assert "seccomp" in found.missing
    assert found.level <= 2


def test_a_cgroup_that_did_not_hold_is_unproven_and_runs_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it would be with a version 2 that only seems to limit; the watcher then does it alone."""
    monkeypatch.setattr(cgroups, "kind", lambda: "v2")
    monkeypatch.setattr(probing, "kernel_bounds_memory", lambda: False)
    found = protection()
    (cgroup,) = (wall for wall in found.walls if wall.name == "cgroup")
    assert (cgroup.state, cgroup.detail) == ("unproven", "v2")
    assert found.level == 3
    assert found.behind == ALL - {"cgroup"}


def test_a_watcher_that_does_not_bite_is_no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ALL", ALL - {"watcher"})
    monkeypatch.setattr(probing, "_GRAB", probing._GRAB.replace("sleep(5)", "sleep(0.3)"))
    assert not probing.watcher_bounds_memory()
    assert protection().level <= 2


def test_the_kernels_limit_is_tried_for_real() -> None:
    assert probing.kernel_bounds_memory() == (cgroups.kind() is not None)
