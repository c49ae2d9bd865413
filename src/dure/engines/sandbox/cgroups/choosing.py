"""Which version can be written here: found by making a group, never by looking at names of mounts."""

import contextlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from dure.engines.sandbox.cgroups import v1, v2
from dure.engines.sandbox.cgroups.group import Caps, Group, Kind

Tree = tuple[Path, str, set[str]]
"""Where it is mounted, which part of the whole that is, and its controllers, or cgroup2."""
_TRIAL = Caps(memory=64 * 1024**2, processes=16, cores=1)


def make(caps: Caps) -> Group | None:
    """Make a group for a run, or None on a machine where none can be made. Raises OSError if one could be made before."""
    found = _place()
    if found is None:
        return None
    return v1.make(caps, found) if isinstance(found, dict) else v2.make(caps, found)


def kind() -> Kind | None:
    """Return the version in which groups can be made here."""
    found = _place()
    if found is None:
        return None
    return "v1" if isinstance(found, dict) else "v2"


@cache
def _place() -> dict[str, Path] | Path | None:
    """Return where groups can be made: a folder for each controller, or one for all."""
    mounts, own = _mounts(), _own_groups()
    folders = parents_v1(mounts, own)
    if folders is not None and _works(partial(v1.make, _TRIAL, folders)):
        return folders
    return next((p for p in parents_v2(mounts, own) if _works(partial(v2.make, _TRIAL, p))), None)


def _works(make_group: Callable[[], Group]) -> bool:
    with contextlib.suppress(OSError):
        make_group().remove()
        return True
    return False


def parents_v1(mounts: list[Tree], own: dict[str, str]) -> dict[str, Path] | None:
    """Return our own group's folder for each controller, or None if one has no tree."""
    found = {}
    for controller in v1.CONTROLLERS:
        tree = next((m for m in mounts if controller in m[2]), None)
        if tree is None:
            return None
        found[controller] = _below(tree[0], tree[1], own.get(controller, "/"))
    return found


def parents_v2(mounts: list[Tree], own: dict[str, str]) -> Iterator[Path]:
    """Yield where a group could be made: our own group, the one above (where a service was given a part of its own), the root."""
    tree = next((m for m in mounts if "cgroup2" in m[2]), None)
    if tree is None:
        return
    ours = _below(tree[0], tree[1], own.get("", "/"))
    yield ours
    if ours != tree[0]:
        yield ours.parent
        yield tree[0]


def _below(mount: Path, root: str, group: str) -> Path:
    """Return a group's folder; a container sees only a part of the tree, and perhaps not the part it is in."""
    relative = group.removeprefix(root.rstrip("/")).lstrip("/")
    return mount / relative if (mount / relative).is_dir() else mount


def _mounts() -> list[Tree]:
    """Return every mounted tree (proc_pid_mountinfo(5))."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        kind_, _, options = after.split()[:3]
        if kind_ in ("cgroup", "cgroup2"):
            words = before.split()
            found.append((Path(words[4]), words[3], {kind_, *options.split(",")}))
    return found


def _own_groups() -> dict[str, str]:
    """Return our group's path by controller; version 2 has the empty name (cgroups(7))."""
    lines = (line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines())
    return {controller: path for _, names, path in lines for controller in names.split(",")}
