"""Control groups: version 1 for real where it can be written, version 2 on a tree of plain files."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dure.engines.sandbox import cgroups
from dure.engines.sandbox.cgroups import choosing, group, v2
from dure.engines.sandbox.cgroups.group import Caps

CAPS = Caps(memory=100 * 1024**2, processes=20, cores=0.5)
FILES = {
    "cgroup.procs": "",
    "cgroup.kill": "",
    "memory.max": "",
    "memory.swap.max": "",
    "memory.peak": "123456\n",
    "memory.events": "low 0\nhigh 0\nmax 5\noom 1\noom_kill 2\n",
    "pids.max": "",
    "pids.events": "max 3\n",
    "cpu.max": "",
    "cpu.stat": "usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n",
}
"""What the kernel shows in a group whose controllers are handed down (Documentation/admin-guide/cgroup-v2.rst)."""


class Tree:
    """A folder that behaves like a delegated part of the tree: a new group has its files at once, and goes with them."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.root, self.files = root, files
        (root / "cgroup.subtree_control").write_text("")

    def mkdir(self, path: Path) -> None:
        os.mkdir(path)  # noqa: PTH102 - what is replaced
        given = (self.root / "cgroup.subtree_control").read_text()
        for name, content in self.files.items():
            controller = name.partition(".")[0]
            if controller == "cgroup" or f"+{controller}" in given.split():
                (path / name).write_text(content)

    def rmdir(self, path: Path) -> None:
        for file in path.iterdir():
            file.unlink()
        os.rmdir(path)  # noqa: PTH106 - what is replaced


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    tree = Tree(tmp_path, dict(FILES))
    monkeypatch.setattr(Path, "mkdir", lambda path: tree.mkdir(path))  # noqa: PLW0108 - it binds
    monkeypatch.setattr(Path, "rmdir", lambda path: tree.rmdir(path))  # noqa: PLW0108 - it binds
    return tree


def test_version_2_hands_controllers_down_and_writes_every_limit(tree: Tree) -> None:
    made = v2.make(CAPS, tree.root)
    assert (tree.root / "cgroup.subtree_control").read_text() == "+memory +pids +cpu"
    written = {name: (made.folder / name).read_text() for name in FILES if name.endswith(".max")}
    assert written == {
        "memory.max": "104857600",
        "memory.swap.max": "0",
        "pids.max": "20",
        "cpu.max": "50000 100000",
    }


def test_version_2_reports_what_the_kernel_counted(tree: Tree) -> None:
    made = v2.make(CAPS, tree.root)
    assert made.peak_memory() == 123456
    assert made.cpu_seconds() == 2.5
    assert made.memory_was_short()
    assert made.processes_were_short()
    (made.folder / "memory.events").write_text("oom 0\noom_kill 0\n")
    (made.folder / "pids.events").write_text("max 0\n")
    assert not made.memory_was_short()
    assert not made.processes_were_short()


def test_version_2_before_peak_gives_what_there_is(tree: Tree) -> None:
    del tree.files["memory.peak"]
    tree.files["memory.current"] = "777\n"
    assert v2.make(CAPS, tree.root).peak_memory() == 777


def test_version_2_takes_a_process_in_ends_what_is_left_and_is_gone(tree: Tree) -> None:
    made = v2.make(CAPS, tree.root)
    made.enter(42)
    assert (made.folder / "cgroup.procs").read_text() == "42"
    made.remove()
    assert not made.folder.exists()


@pytest.mark.parametrize("missing", ["memory.max", "pids.max", "cpu.max"])
def test_version_2_without_a_controller_is_no_group_and_leaves_none(tree: Tree, missing: str) -> None:
    del tree.files[missing]
    with pytest.raises(FileNotFoundError):
        v2.make(CAPS, tree.root)
    assert list(tree.root.glob("dure-*")) == []


def test_groups_of_dead_starters_are_swept_and_those_of_the_living_stay(tree: Tree) -> None:
    dead, alive = tree.root / f"{group.PREFIX}4194303-1", tree.root / f"{group.PREFIX}{os.getpid()}-1"
    for folder in (dead, alive):
        tree.mkdir(folder)
    v2.make(CAPS, tree.root)
    assert not dead.exists()
    assert alive.exists()


def test_version_2_is_sought_in_our_group_then_above_then_at_the_root(tmp_path: Path) -> None:
    (tmp_path / "dure.service" / "main").mkdir(parents=True)
    trees = [(tmp_path, "/", {"cgroup2", "rw"})]
    parents = list(choosing.parents_v2(trees, {"": "/dure.service/main"}))
    assert parents == [tmp_path / "dure.service" / "main", tmp_path / "dure.service", tmp_path]
    assert list(choosing.parents_v2(trees, {"": "/"})) == [tmp_path]
    assert list(choosing.parents_v2([], {})) == []


def test_version_1_is_sought_in_our_group_of_each_controllers_tree(tmp_path: Path) -> None:
    for name in ("memory/us", "pids", "cpu,cpuacct/us"):
        (tmp_path / name).mkdir(parents=True)
    trees = [
        (tmp_path / "memory", "/", {"cgroup", "memory"}),
        (tmp_path / "pids", "/container", {"cgroup", "pids"}),
        (tmp_path / "cpu,cpuacct", "/", {"cgroup", "cpu", "cpuacct"}),
    ]
    own = {"memory": "/us", "pids": "/container", "cpu": "/us", "cpuacct": "/us"}
    found = choosing.parents_v1(trees, own)
    assert found is not None
    assert found["memory"] == tmp_path / "memory" / "us"
    assert found["pids"] == tmp_path / "pids"
    assert found["cpu"] == found["cpuacct"] == tmp_path / "cpu,cpuacct" / "us"
    assert choosing.parents_v1(trees[:2], own) is None


@pytest.fixture
def real() -> Iterator[cgroups.Group]:
    if cgroups.kind() is None:
        pytest.skip("no control group can be made here: needs root, or a delegated part of the tree")
    made = cgroups.make(CAPS)
    assert made is not None
    yield made
    made.remove()


def test_a_real_group_counts_what_runs_in_it(real: cgroups.Group) -> None:
    with subprocess.Popen(
        ["sh", "-c", "read go; i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done"], stdin=-1
    ) as busy:
        real.enter(busy.pid)
        busy.communicate(b"go\n")
    assert real.cpu_seconds() > 0
    assert real.peak_memory() > 0
    assert not real.memory_was_short()
    assert not real.processes_were_short()


def test_a_real_group_is_gone_after_its_end(real: cgroups.Group) -> None:
    folders = [*getattr(real, "folders", {}).values(), getattr(real, "folder", Path("/nowhere"))]
    real.remove()
    assert [folder for folder in folders if folder.exists()] == []
