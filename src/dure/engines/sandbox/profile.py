"""What a program may have: a profile is data, so that a challenge, a lab and a job can keep and show theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

MIB = 1024**2
TEMPORARY, SHARED_MEMORY, RELAY = "/tmp", "/dev/shm", "/run/relay"  # noqa: S108 - paths inside, always fresh
_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/sbin", "/etc", "/proc", "/dev")


@dataclass(frozen=True, slots=True)
class Mount:
    """A host's file or folder at a place of the sandbox.

    Everybody must be able to read it: where root starts the sandbox, each run has a user of its own; what is writable is given to
    that user with all that is in it. A writable one is as large as its disk: give only folders with a quota. Results belong into
    `Profile.output`, which is bounded.
    """

    source: Path
    target: str
    writable: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """The folder inside whose regular files come out. It lies in memory, so its size in bytes is a hard limit."""

    folder: str = "/out"
    max_bytes: int = 64 * MIB
    max_entries: int = 1000


@dataclass(frozen=True, slots=True)
class Profile:
    """All that one run may see and use. Raises ValueError where a path is not plain or a number makes no sense.

    `temporary_bytes` bounds `/tmp`, and `/dev/shm` once more; both count as memory, as does the output folder.
    `memory_bytes` and `cpu_seconds` hold for the whole tree of processes, `file_bytes` and `open_files` for each process;
    `processes` counts threads, too. `cores` is a share of processor time, kept where a cgroup can be written.
    `log_bytes` is what is kept of standard output and of standard error, each.
    `relay` is a host's folder for one Unix socket, at /run/relay inside: the only way out that there can be.
    `links` are symbolic links inside, as place and what they lead to; they open nothing that is not there anyway.
    `loopback` allows TCP among the run's own processes; there is never another network.
    """

    mounts: tuple[Mount, ...] = ()
    workdir: str = TEMPORARY
    temporary_bytes: int = 64 * MIB
    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 60
    processes: int = 64
    wall_seconds: float = 120
    file_bytes: int = 64 * MIB
    open_files: int = 256
    log_bytes: int = 64 * 1024
    cores: float = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    devices: tuple[str, ...] = ()
    relay: Path | None = None
    links: tuple[tuple[str, str], ...] = ()
    loopback: bool = False
    output: Output | None = None

    def __post_init__(self) -> None:
        for path in (self.workdir, *self.targets):
            _check_path(path)
        for path in self.targets:
            _check_target(path)
        for device in self.devices:
            _check_device(device)
        for amount in _amounts(self):
            if amount <= 0:
                raise ValueError(f"limits are above zero: {amount}")
        for name, value in self.environment.items():
            if not name or "=" in name or "\0" in name + value:
                raise ValueError(f"not a variable of an environment: {name!r}")

    @property
    def targets(self) -> tuple[str, ...]:
        """Every place inside that this profile fills."""
        output = [self.output.folder] if self.output else []
        return (*(mount.target for mount in self.mounts), *(place for place, _to in self.links), *output)

    @property
    def sized_folders(self) -> dict[str, int]:
        """The folders in memory, with their most bytes."""
        own = {TEMPORARY: self.temporary_bytes, SHARED_MEMORY: self.temporary_bytes}
        return own | ({self.output.folder: self.output.max_bytes} if self.output else {})

    @property
    def writable_folders(self) -> tuple[str, ...]:
        """Every place inside at which the program may write."""
        relay = [RELAY] if self.relay else []
        return (*self.sized_folders, *(mount.target for mount in self.mounts if mount.writable), *relay)


def _amounts(profile: Profile) -> tuple[float, ...]:
    output = profile.output or Output()
    return (
        profile.temporary_bytes,
        profile.memory_bytes,
        profile.cpu_seconds,
        profile.processes,
        profile.wall_seconds,
        profile.file_bytes,
        profile.open_files,
        profile.log_bytes,
        profile.cores,
        output.max_bytes,
        output.max_entries,
    )


def _check_path(path: str) -> None:
    plain = path.startswith("/") and not path.startswith("//") and str(PurePosixPath(path)) == path
    if not plain or ".." in PurePosixPath(path).parts or "\0" in path:
        raise ValueError(f"not a plain absolute path: {path!r}")


def _check_target(path: str) -> None:
    """Refuse what would cover the walls themselves; below /usr a mount point exists already or bwrap says so."""
    if path in ("/", TEMPORARY, *_SYSTEM) or path.startswith(("/proc/", "/dev/", "/etc/")):
        raise ValueError(f"the sandbox keeps this place for itself: {path!r}")


def _check_device(path: str) -> None:
    _check_path(path)
    if not path.startswith("/dev/"):
        raise ValueError(f"not a device: {path!r}")
