"""The environments that this version of Dure knows, each a file of pins beside this one."""

import hashlib
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

INSIDE: Final = "/env"
"""Where programs find it; its `bin` comes first in their PATH."""
FOR_PROGRAMS: Final = ("standard", "labs")
"""Those that a job may ask for; the other ones are never seen from inside a sandbox."""
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Environment:
    """A set of pinned packages for one Python.

    `digest` is the SHA-256 of the pins and the Python's minor version, in hex. `packages` are (name, version) pairs. `folder` holds
    it on this machine, readable by everybody, once `is_here`. `pins` names every package with its version and hashes, as an
    installer reads it.
    """

    name: str
    digest: str
    python: str
    packages: tuple[tuple[str, str], ...]
    folder: Path
    pins: Path

    @property
    def is_here(self) -> bool:
        return self.stamp.exists()

    @property
    def stamp(self) -> Path:
        """Written last, so that one whose installation was killed is installed anew."""
        return self.folder / "ready"


@cache
def named(name: str) -> Environment:
    """An environment of this version, for the Python that runs us. It lies beside our own packages."""
    file = Path(__file__).with_name(f"{name}.txt")
    pins = file.read_text(encoding="utf-8")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(f"python {python}\n{pins}".encode()).hexdigest()
    packages = tuple((found, version) for found, version in _PIN.findall(pins))
    folder = Path(sys.prefix, "environments", digest[:16])
    return Environment(name, digest, python, packages, folder, file)


def standard() -> Environment:
    """What submitted programs and jobs find."""
    return named("standard")


def labs() -> Environment:
    """What a lab finds: the standard packages, and the notebook server it runs in."""
    return named("labs")


def hub() -> Environment:
    """What the labs' JupyterHub runs on; no sandbox ever sees it."""
    return named("hub")
