"""How a run on hidden inputs ended, as it may be told: which file holds the predictions, and figures in steps."""

import math
from collections.abc import Iterable
from typing import Final

MIB: Final = 1024**2
PREDICTIONS: Final = "predictions."
MEMORY_STEP: Final = 16
"""MiB. Time and memory of a run on hidden inputs are told in steps: exact figures could carry its inputs out, bit by bit."""


def predictions_among(names: Iterable[str]) -> tuple[str | None, str]:
    """The file that holds the predictions: named so, or the only one. Else None with the reason in one word."""
    written = list(names)
    chosen = [name for name in written if name.startswith(PREDICTIONS)]
    found = chosen or written
    if len(found) == 1:
        return found[0], ""
    return None, "several_files" if found else "no_predictions"


def in_steps(wall_seconds: float | None, peak_memory: int | None) -> tuple[float | None, int | None]:
    """Whole seconds, and MiB in steps of 16, both upwards."""
    seconds = None if wall_seconds is None else float(math.ceil(wall_seconds))
    if peak_memory is None:
        return seconds, None
    return seconds, math.ceil(peak_memory / MIB / MEMORY_STEP) * MEMORY_STEP
