"""The command line is data: a profile in, words out."""

from dataclasses import replace
from pathlib import Path

import pytest

from dure.engines.sandbox.command import bwrap
from dure.engines.sandbox.host import Host
from dure.engines.sandbox.profile import Mount, Output, Profile
from dure.engines.sandbox.walls import ALL, Wall

HOST = Host(
    links=(("usr/bin", "/bin"), ("usr/lib64", "/lib64")),
    folders=("/lib32",),
    python="/home/uv/py/bin/python3.11",
    python_prefix="/home/uv/py",
    landlock_abi=7,
    machine="x86_64",
)
PROFILE = Profile(
    mounts=(Mount(Path("/srv/data"), "/app/input"), Mount(Path("/srv/work"), "/app/work", writable=True)),
    output=Output("/app/output", 7_000_000),
    temporary_bytes=5_000_000,
    devices=("/dev/nvidia0",),
    relay=Path("/srv/relay"),
    links=(("/data", "/proc/self/cwd/data"),),
)


def words(profile: Profile = PROFILE, *, as_root: bool = False, without: set[Wall] | None = None) -> str:
    walls = ALL - (without or set())
    line = bwrap(profile, program="bwrap", host=HOST, as_root=as_root, walls=walls, inside=["stub", "--x"])
    return " ".join(line)


ALWAYS = [
    "bwrap --unshare-pid --cap-drop ALL",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--hostname sandbox",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib64 /lib64 --ro-bind /lib32 /lib32",
    "--proc /proc --dev /dev --size 5000000 --perms 1777 --tmpfs /dev/shm --dev-bind /dev/nvidia0 /dev/nvidia0",
    "/dev/nvidia0 --remount-ro /dev",
    "--size 5000000 --perms 1777 --tmpfs /tmp",
    "--size 7000000 --perms 1777 --tmpfs /app/output",
    "--perms 0755 --dir /home --perms 0755 --dir /home/uv",
    "--ro-bind /home/uv/py /home/uv/py",
    "--ro-bind /srv/data /app/input --bind /srv/work /app/work",
    "--symlink /proc/self/cwd/data /data --bind /srv/relay /run/relay --remount-ro / -- stub --x",
]
ORDINARY = ["--unshare-user --uid 65534 --gid 65534 --disable-userns"]
ROOT = ["--cap-add CAP_SETUID --cap-add CAP_SETGID"]


@pytest.mark.parametrize("part", ALWAYS + ORDINARY)
def test_an_ordinary_users_line_has(part: str) -> None:
    assert part in words()


@pytest.mark.parametrize("part", ALWAYS + ROOT)
def test_roots_line_has(part: str) -> None:
    assert part in words(as_root=True)


def test_only_root_keeps_two_rights_and_only_others_get_a_user_namespace() -> None:
    assert "--cap-add" not in words()
    assert "--unshare-user" not in words(as_root=True)


@pytest.mark.parametrize(
    ("wall", "part"),
    [
        ("network", "--unshare-net"),
        ("ipc", "--unshare-ipc"),
        ("hostname", "--unshare-uts"),
        ("cgroups", "--unshare-cgroup-try"),
        ("nested", "--disable-userns"),
        ("death", "--die-with-parent"),
        ("session", "--new-session"),
        ("sizes", "--size"),
        ("read_only", "--remount-ro"),
    ],
)
def test_each_wall_is_a_part_of_the_line(wall: Wall, part: str) -> None:
    assert part in words()
    assert part not in words(without={wall})


def test_nothing_is_mounted_that_was_not_asked_for() -> None:
    bare = words(replace(PROFILE, mounts=(), output=None, devices=(), relay=None))
    assert "/srv" not in bare
    assert "/app" not in bare
    assert "nvidia" not in bare


def test_parents_come_before_what_lies_in_them_and_mounts_before_the_root_is_closed() -> None:
    line = words()
    assert line.index("--dir /app ") < line.index("--tmpfs /app/output") < line.index("--remount-ro / ")


def test_the_systems_own_python_needs_no_mount() -> None:
    host = replace(HOST, python="/usr/bin/python3.11", python_prefix="/usr")
    line = bwrap(PROFILE, program="bwrap", host=host, as_root=False, walls=ALL, inside=["stub"])
    assert " ".join(line).count("/usr /usr") == 1
