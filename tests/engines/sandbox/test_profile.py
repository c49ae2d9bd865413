"""What a profile refuses before anything is started."""

from pathlib import Path
from typing import Any

import pytest

from dure.engines.sandbox.profile import SHARED_MEMORY, TEMPORARY, Mount, Output, Profile


@pytest.mark.parametrize(
    "target",
    [
        "app",
        "/app/../etc",
        "/app/",
        "//app",
        "/app/./x",
        "/",
        "/usr",
        "/etc/passwd",
        "/proc/x",
        "/dev/x",
        TEMPORARY,
        "/a\0b",
    ],
)
def test_a_mount_covers_no_wall_and_has_a_plain_path(target: str) -> None:
    with pytest.raises(ValueError, match=r"path|place"):
        Profile(mounts=(Mount(Path("/srv"), target),))
    with pytest.raises(ValueError, match=r"path|place"):
        Profile(output=Output(target))
    with pytest.raises(ValueError, match=r"path|place"):
        Profile(links=((target, "/srv"),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"memory_bytes": 0},
        {"processes": -1},
        {"wall_seconds": 0},
        {"cores": 0},
        {"output": Output(max_bytes=0)},
        {"devices": ("/etc/shadow",)},
        {"devices": ("/dev/../etc/shadow",)},
        {"workdir": "tmp"},
        {"environment": {"A=B": "1"}},
        {"environment": {"": "1"}},
        {"environment": {"A": "\0"}},
    ],
)
def test_limits_devices_and_variables_make_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"above zero|device|path|variable"):
        Profile(**wrong)


def test_a_profile_says_where_can_be_written() -> None:
    profile = Profile(
        mounts=(Mount(Path("/a"), "/app/read"), Mount(Path("/b"), "/app/write", writable=True)),
        output=Output("/app/out"),
        relay=Path("/c"),
    )
    assert profile.writable_folders == (TEMPORARY, SHARED_MEMORY, "/app/out", "/app/write", "/run/relay")
