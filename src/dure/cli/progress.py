"""How far a long command has come: one line, rewritten in place on a terminal, and now and then a new one elsewhere."""

import sys
import time
from typing import TextIO

ON_A_TERMINAL_S = 0.2
IN_A_LOG_S = 10.0
UNITS = ("kB", "MB", "GB", "TB")


def size(number: float) -> str:
    """Return a number of bytes as a person reads it."""
    unit = "B"
    for larger in UNITS:
        if number < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:.0f} {unit}" if unit == "B" or number >= 100 else f"{number:.1f} {unit}"


class Progress:
    """Tells `show`n lines to whoever waits, no more often than is of use to them."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._rewrites = self._out.isatty()
        self._every_s = ON_A_TERMINAL_S if self._rewrites else IN_A_LOG_S
        self._said_at = time.monotonic()

    def show(self, text: str) -> None:
        """Say the line if the last one is old enough."""
        if time.monotonic() - self._said_at >= self._every_s:
            self._said_at = time.monotonic()
            self._write(f"\r\033[K  {text}" if self._rewrites else f"  {text}\n")

    def close(self) -> None:
        """Take a rewritten line away, so that what follows begins on an empty one."""
        if self._rewrites:
            self._write("\r\033[K")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
