"""Wait for something with a deadline instead of sleeping for a fixed time."""

import time
from collections.abc import Callable


def until(holds: Callable[[], bool], *, within_s: float) -> None:
    """Return when `holds()` is true; fail the test if it is not within the deadline."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, f"not reached within {within_s} s"
        time.sleep(0.02)
