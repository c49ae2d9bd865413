"""The command line of bubblewrap, as a pure function: the profile in, the words out."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from dure.engines.sandbox.host import Host
from dure.engines.sandbox.profile import RELAY, SHARED_MEMORY, TEMPORARY, Mount, Profile
from dure.engines.sandbox.walls import Wall

NOBODY = "65534"
_NAMESPACES: tuple[tuple[Wall, str], ...] = (
    ("network", "--unshare-net"),
    ("ipc", "--unshare-ipc"),
    ("hostname", "--unshare-uts"),
    ("cgroups", "--unshare-cgroup-try"),
)


def bwrap(
    profile: Profile, *, program: str, host: Host, as_root: bool, walls: Collection[Wall], inside: list[str]
) -> list[str]:
    """Return the words that start `inside` behind the walls.

    Started by an ordinary user, a user namespace gives the rights to build them. Started by root, root builds them, also from
    folders that only root can enter, and the stub then becomes the run's own user; it keeps the two capabilities that
    this takes until then.
    """
    return [
        program,
        *_namespaces(walls, as_root=as_root),
        *(["--die-with-parent"] if "death" in walls else []),
        *(["--new-session"] if "session" in walls else []),
        "--clearenv",
        *_system(host, walls),
        *_devices(profile, walls),
        *_folders_in_memory(profile, walls),
        *_parents(profile, host),
        *_interpreter(host),
        *(word for mount in profile.mounts for word in _mounted(mount)),
        *(word for place, to in profile.links for word in ("--symlink", to, place)),
        *(["--bind", str(profile.relay), RELAY] if profile.relay else []),
        *(["--remount-ro", "/"] if "read_only" in walls else []),
        "--",
        *inside,
    ]


def _namespaces(walls: Collection[Wall], *, as_root: bool) -> Iterator[str]:
    yield from ("--unshare-pid", "--cap-drop", "ALL")
    yield from (flag for wall, flag in _NAMESPACES if wall in walls)
    if "hostname" in walls:
        yield from ("--hostname", "sandbox")
    if as_root:
        yield from ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
        return
    yield from ("--unshare-user", "--uid", NOBODY, "--gid", NOBODY)
    if "nested" in walls:
        yield "--disable-userns"


def _system(host: Host, walls: Collection[Wall]) -> Iterator[str]:
    bind = "--ro-bind" if "read_only" in walls else "--bind"
    yield from (bind, "/usr", "/usr")
    for target, path in host.links:
        yield from ("--symlink", target, path)
    for folder in host.folders:
        yield from (bind, folder, folder)
    for file in ("/etc/ld.so.cache", "/etc/alternatives"):
        yield from ("--ro-bind-try", file, file)
    yield from ("--proc", "/proc", "--dev", "/dev")


def _devices(profile: Profile, walls: Collection[Wall]) -> Iterator[str]:
    """`--dev` alone leaves /dev and /dev/shm writable up to half of the machine's memory."""
    yield from _in_memory(SHARED_MEMORY, profile.temporary_bytes, walls)
    for device in profile.devices:
        yield from ("--dev-bind", device, device)
    if "read_only" in walls:
        yield from ("--remount-ro", "/dev")


def _folders_in_memory(profile: Profile, walls: Collection[Wall]) -> Iterator[str]:
    for folder, size in profile.sized_folders.items():
        if folder != SHARED_MEMORY:
            yield from _made(_above([folder]))
            yield from _in_memory(folder, size, walls)


def _in_memory(folder: str, size: int, walls: Collection[Wall]) -> Iterator[str]:
    if "sizes" in walls:
        yield from ("--size", str(size))
    yield from ("--perms", "1777", "--tmpfs", folder)


def _parents(profile: Profile, host: Host) -> Iterator[str]:
    """Bubblewrap makes missing parents with mode 0700: the run's own user could not pass through them."""
    places = [*profile.targets, host.python_prefix, *([RELAY] if profile.relay else [])]
    yield from _made(_above(places))


def _above(places: Iterable[str]) -> list[str]:
    """Return each folder above the places, top down, without those that the system brings."""
    folders = {str(parent) for place in places for parent in PurePosixPath(place).parents}
    known = ("/", "/usr", TEMPORARY)
    return sorted(folder for folder in folders if folder not in known and not folder.startswith("/usr/"))


def _made(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        yield from ("--perms", "0755", "--dir", folder)


def _interpreter(host: Host) -> Iterator[str]:
    if host.python_prefix != "/usr":
        yield from ("--ro-bind", host.python_prefix, host.python_prefix)


def _mounted(mount: Mount) -> tuple[str, str, str]:
    return ("--bind" if mount.writable else "--ro-bind", str(mount.source), mount.target)
