"""The one environment that this version of Dure offers."""

import hashlib
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PINS: Final = Path(__file__).with_name("standard.txt")
"""Every package with its version and hashes, as an installer reads it."""
INSIDE: Final = "/env"
"""Where programs find it; its `bin` comes first in their PATH."""
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Environment:
    """A set of pinned packages for one Python.

    `digest` is the SHA-256 of the pins and the Python's minor version, in hex. `packages` are (name, version) pairs. `folder` holds
    it on this machine, readable by everybody, once `is_here`.
    """

    name: str
    digest: str
    python: str
    packages: tuple[tuple[str, str], ...]
    folder: Path

    @property
    def is_here(self) -> bool:
        return self.stamp.exists()

    @property
    def stamp(self) -> Path:
        """Written last, so that one whose installation was killed is installed anew."""
        return self.folder / "ready"


@cache
def standard() -> Environment:
    """The environment of this version, for the Python that runs us. It lies beside our own packages."""
    pins = PINS.read_text(encoding="utf-8")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(f"python {python}\n{pins}".encode()).hexdigest()
    packages = tuple((name, version) for name, version in _PIN.findall(pins))
    folder = Path(sys.prefix, "environments", digest[:16])
    return Environment("standard", digest, python, packages, folder)
