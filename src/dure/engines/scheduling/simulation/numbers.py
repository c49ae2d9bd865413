"""Numbers and times of a trace, bounded so that no cell can stall or overflow a replay."""

import math
from datetime import UTC, datetime

from dure.engines.scheduling.simulation.faults import Faults

LATEST = 1e11
"""Seconds: about the year 5138 as a time, 3,000 years as a span."""
MOST_OF_A_KIND = 10_000_000
LONGEST_CELL = 40


def shown(text: str) -> str:
    """A cell as a fault repeats it: short, and without what would change a terminal."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text[: LONGEST_CELL + 1])
    return plain if len(plain) <= LONGEST_CELL else plain[:LONGEST_CELL] + "…"


def number(text: str, faults: Faults, row: int, column: str) -> float | None:
    """A finite number, or None and a fault."""
    try:
        value = float(text) if len(text) <= LONGEST_CELL else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        faults.add("number_bad", row, column, value=shown(text))
        return None
    return value


def within(
    value: float | None, lowest: float, highest: float, place: tuple[Faults, int, str]
) -> float | None:
    """The number again if it lies in the range; else None and a fault."""
    faults, row, column = place
    if value is None or lowest <= value <= highest:
        return value
    faults.add("number_range", row, column, value=f"{value:g}", lowest=f"{lowest:g}", highest=f"{highest:g}")
    return None


def moment(text: str, faults: Faults, row: int, column: str) -> float | None:
    """A time in seconds: a number, or an ISO 8601 date and time (UTC where no zone is named)."""
    try:
        parsed = datetime.fromisoformat(text) if len(text) <= LONGEST_CELL and "-" in text[1:] else None
    except ValueError:
        faults.add("time_bad", row, column, value=shown(text))
        return None
    if parsed is None:
        return within(number(text, faults, row, column), 0, LATEST, (faults, row, column))
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
