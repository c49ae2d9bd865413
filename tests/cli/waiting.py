"""Wait for something with a deadline instead of sleeping for a fixed time."""

import time
from collections.abc import Callable

STILL_S = 120.0
"""How long nothing at all may move on a busy machine before a test gives up."""


def until(holds: Callable[[], bool], *, within_s: float) -> None:
    """Return when `holds()` is true; fail the test if it is not within the deadline."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, f"not reached within {within_s} s"
        time.sleep(0.02)


def until_still(
    holds: Callable[[], bool],
    progress: Callable[[], object],
    *,
    within_s: float = STILL_S,
    every_s: float = 0.02,
) -> None:
    """Return when `holds()` is true; fail the test when `progress()` has been the same for so long.

    For work whose length is the machine's affair: a slow machine takes its time, a stuck program is found out all the same.
    """
    seen, since = progress(), time.monotonic()
    while not holds():
        now = progress()
        if now != seen:
            seen, since = now, time.monotonic()
        assert time.monotonic() < since + within_s, f"stands still at {seen!r} for {within_s} s"
        time.sleep(every_s)
