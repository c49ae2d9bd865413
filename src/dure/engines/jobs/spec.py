"""What a job is made of, as values: what runs, what it sees, and what it may use. The same for the farm, a cluster and a site."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A kept file, found read-only at `target` inside; with `unpack` an archive whose content is found there."""

    sha256: str
    target: str
    unpack: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a job may use. They hold for its whole tree of processes; see `engines.sandbox.Profile`."""

    cores: int = 1
    memory_mib: int = 512
    wall_seconds: int = 600
    cpu_seconds: int = 600
    processes: int = 64
    temporary_mib: int = 64
    log_kib: int = 64
    output_mib: int = 64
    output_entries: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """What runs: a command of words (never a shell line), the files it sees, and what it may use.

    What it writes into `output` comes out. `accelerators` counts them by type. `packages` names the environment whose Python and
    packages it finds (`engines.environment`); without one there is Python's standard library alone. `home` names the kept
    folder of a lab (see `farm.labs`): no form and no request of a person's ever sets it.
    """

    command: tuple[str, ...]
    inputs: tuple[Input, ...] = ()
    limits: Limits = field(default_factory=Limits)
    workdir: str = "/tmp"  # noqa: S108 - a path inside, always fresh
    output: str = "/out"
    environment: Mapping[str, str] = field(default_factory=dict)
    accelerators: Mapping[str, int] = field(default_factory=dict)
    packages: str = ""
    home: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        values = dict(kept)
        values["command"] = tuple(values["command"])
        values["inputs"] = tuple(Input(**one) for one in values["inputs"])
        values["limits"] = Limits(**values["limits"])
        return cls(**values)
