"""How every benchmark measures and speaks: pairs interleaved, medians compared, one last line.

A benchmark module has `run() -> Result` and ends with `sys.exit(report(run()))`, after `with_one_thread(MODULE)` where matrix
products are timed.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Result:
    """A measured ratio and its limit; `notes` are lines printed before the last one."""

    name: str
    ratio: float
    limit: float
    kind: Literal["max", "min"] = "max"
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.ratio <= self.limit if self.kind == "max" else self.ratio >= self.limit

    @property
    def line(self) -> str:
        return (
            f"{self.name} ratio={self.ratio:.2f} {self.kind}={self.limit:.2f} {'ok' if self.ok else 'short'}"
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Seconds of both sides, round by round."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.bare)

    @property
    def note(self) -> str:
        return f"ours {median(self.ours) * 1e3:.2f} ms, bare {median(self.bare) * 1e3:.2f} ms, medians of {len(self.ours)}"


def measure_pairs(
    ours: Callable[[], object], bare: Callable[[], object], *, rounds: int, warm_ups: int = 1
) -> Pairs:
    """Time both sides in turn, the order swapped every other round, so that a slow moment of the machine hits both."""
    for _ in range(warm_ups):
        ours()
        bare()
    times: dict[Callable[[], object], list[float]] = {ours: [], bare: []}
    for round_number in range(rounds):
        for side in (ours, bare) if round_number % 2 == 0 else (bare, ours):
            times[side].append(_seconds(side))
    return Pairs(tuple(times[ours]), tuple(times[bare]))


def with_one_thread(module: str) -> None:
    """Start this benchmark again with one thread for matrix products, unless it has one already.

    A scorer is one process on one core. On a shared machine a product in two threads waits for the slower of them, and then
    the scheduler's clock tick is what is measured. OpenBLAS reads the setting once, before numpy is loaded.
    """
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    os.execve(sys.executable, [sys.executable, "-m", module], environment)  # noqa: S606 - this program itself


def report(result: Result) -> int:
    """Print the notes and the last line; the exit status."""
    for note in result.notes:
        print(note)
    print(result.line)
    return 0 if result.ok else 1


def _seconds(side: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    side()
    return time.perf_counter() - began
