"""Facts about this machine that a command line depends on. Read once per process."""

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LANDLOCK_CREATE_RULESET, _VERSION = 444, 1


@dataclass(frozen=True, slots=True)
class Host:
    """Where the system's folders really are, and the Python that the stub runs on.

    `links` are pairs (target, path) such as ("usr/bin", "/bin"); `folders` exist beside /usr on systems that have not merged them.
    """

    links: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]
    python: str
    python_prefix: str
    landlock_abi: int
    machine: str


@cache
def this_host() -> Host:
    """Read the facts of this machine."""
    roots = [Path("/", name) for name in ("bin", "lib", "lib32", "lib64", "sbin")]
    prefix = os.path.realpath(sys.base_prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Host(
        links=tuple((str(path.readlink()).lstrip("/"), str(path)) for path in roots if path.is_symlink()),
        folders=tuple(str(path) for path in roots if path.is_dir() and not path.is_symlink()),
        python=f"{prefix}/bin/{version}",
        python_prefix=prefix,
        landlock_abi=_landlock_abi(),
        machine=platform.machine(),
    )


def _landlock_abi() -> int:
    """Ask the kernel for its version of Landlock; 0 where it has none (Documentation/userspace-api/landlock.rst)."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _VERSION)))
