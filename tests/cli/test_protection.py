"""`dure doctor` says in both languages what protects the machine, and what to do where something does not."""

from typing import get_args

import pytest

from dure.cli.protection import LEVELS, REMEDIES, WALLS, lines
from dure.engines.sandbox import Protection, WallState, protection
from dure.engines.sandbox.protecting import Cause

HOLDS = WallState("sandbox", "holds")


def test_a_low_level_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    found = Protection(1, (WallState("sandbox", "missing", "bubblewrap_missing"),))
    (well, level), (_, remedy) = lines(found)
    assert not well
    assert level.startswith("level 1 of 4: code of strangers is refused")
    assert remedy == "own namespaces by bubblewrap: install the system's package bubblewrap"


def test_a_cgroup_of_version_2_is_unproven_until_a_run_was_held_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    unproven = WallState("cgroup", "unproven", "cgroup_did_not_hold", "v2")
    told = [text for _, text in lines(Protection(3, (HOLDS, unproven)))]
    assert told[1].startswith("control group: unproven")
    assert told[1].endswith("(v2)")
    assert [text for _, text in lines(Protection(4, (HOLDS, WallState("cgroup", "holds", "", "v2"))))][1] == (
        "holds: own namespaces by bubblewrap, control group (v2)"
    )


def test_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert lines(Protection(3, (HOLDS,)))[0][1].startswith("4단계 중 3단계: 코드를 실행합니다")


def test_every_level_wall_and_cause_has_words() -> None:
    assert set(LEVELS) == {0, 1, 2, 3, 4}
    assert set(REMEDIES) == set(get_args(Cause)) - {""}
    for pair in (*LEVELS.values(), *WALLS.values(), *REMEDIES.values()):
        assert all(pair)


@pytest.mark.sandbox
def test_this_machines_walls_have_words() -> None:
    assert {wall.name for wall in protection().walls} <= set(WALLS)
    assert lines(protection())[0][0]
