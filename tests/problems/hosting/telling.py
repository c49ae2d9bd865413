"""Which numbers a text gives away, however a page, a route or a file prints them."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

FINE = 3
"""A figure with as many decimal places tells one score from another; what the Ladder releases is coarser."""
BIT = 1e-12
_FIGURE = re.compile(rf"(?<![\d.])(?<!\d:)\d+\.(\d{{{FINE},}})(?!\.?\d)")
"""The seconds of a time of day, as in 09:30:05.123, are none."""


def told(values: Iterable[float], text: str) -> list[str]:
    """The figures in this text that stand for one of these values: whole, or rounded or cut to three decimal places or more."""
    known = np.abs(np.fromiter(values, dtype=np.float64))
    return [found[0] for found in _FIGURE.finditer(text) if _is_one(known, float(found[0]), len(found[1]))]


def _is_one(known: NDArray[np.float64], figure: float, places: int) -> bool:
    """Rounding moves a value by half a unit of the last place, cutting by one; the machine by its last bit."""
    unit = 10.0**-places
    beyond = known - figure
    return bool(((beyond >= -unit / 2 - BIT) & (beyond < unit + BIT)).any())
