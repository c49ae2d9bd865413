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
class Judge:
    """A second sandbox beside a job's: its program asks the job's program, line by line, and reports (`engines.judging`).

    It has files, packages and limits of its own. `call_seconds` bounds each answer of the job's program, `start_seconds` the first
    one, which waits for imports, and as well what the judge itself takes between two of its lines.
    """

    command: tuple[str, ...]
    inputs: tuple[Input, ...] = ()
    packages: str = ""
    limits: Limits = field(default_factory=lambda: Limits(memory_mib=256))
    call_seconds: float = 10
    start_seconds: float = 60

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**_read(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """What runs: a command of words (never a shell line), the files it sees, and what it may use.

    What it writes into `output` comes out. `accelerators` counts them by type. `packages` names the environment whose Python and
    packages it finds (`engines.environment`); without one there is Python's standard library alone. `home` names the kept
    folder of a lab (see `farm.labs`), and `judge` asks its program and reports on it, which then speaks through its standard input
    and output: no form and no request of a person's ever sets either.
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
    judge: Judge | None = None

    @property
    def memory_mib(self) -> int:
        """What it holds of a machine's memory, its judge's included. Of cores a judge counts none: one waits for the other."""
        return self.limits.memory_mib + (self.judge.limits.memory_mib if self.judge else 0)

    @property
    def environments(self) -> frozenset[str]:
        """The names of the packages that a machine must have for it."""
        return frozenset({self.packages, self.judge.packages if self.judge else ""}) - {""}

    def as_json(self) -> dict[str, Any]:
        """As it is kept; without a judge there is no word of one, as in older rows."""
        values = asdict(self)
        return values if self.judge else {name: one for name, one in values.items() if name != "judge"}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        judge = kept.get("judge")
        return cls(**{**_read(kept), "judge": Judge.of_json(judge) if judge else None})


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a job and its judge have in common, as values."""
    return {
        **kept,
        "command": tuple(kept["command"]),
        "inputs": tuple(Input(**one) for one in kept["inputs"]),
        "limits": Limits(**kept["limits"]),
    }
