"""How many people it would take before an audit could say that it found nothing."""

from typing import Final

from dure.engines.fairness.power import least_power_for_grave
from dure.engines.fairness.values import ALPHA, POWER, Report, Table

MOST: Final = 64
"""Times as many people, above which no number is named: no programme grows so much."""


def people_needed(report: Report, table: Table) -> int | None:
    """How many people with a known answer the table would need, their shares and the share selected as they are.

    It looks at the published cells alone, each with the least part of the report's error that its comparison can have, so it is
    rather too many than too few. None where even `MOST` times as many would not do, or nothing is published.
    """
    shown = [cell for cell in table.cells if cell.n is not None and not cell.minor]
    sizes = [cell.n for cell in shown if cell.n is not None and 0 < cell.n < table.n]
    level = ALPHA / len(report.tables) / (1 if len(table.cells) == 2 else len(table.cells))
    times = [_times(n, table.n - n, selected=table.selected, level=level) for n in sizes]
    known = [one for one in times if one is not None]
    return table.n * max(known) if known and len(known) == len(times) else None


def _times(n1: int, n2: int, *, selected: int, level: float) -> int | None:
    """The least whole number of times as many people with which a grave disparity would be found."""
    low, high = 0, 1
    while not _enough(n1, n2, high, selected=selected, level=level):
        low, high = high, high * 2
        if high > MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        enough = _enough(n1, n2, middle, selected=selected, level=level)
        low, high = (low, middle) if enough else (middle, high)
    return high


def _enough(n1: int, n2: int, times: int, *, selected: int, level: float) -> bool:
    found = least_power_for_grave(n1 * times, n2 * times, level=level, selected=selected * times)
    return found >= POWER
