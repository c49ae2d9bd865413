"""The whole audit of one round or opening."""

from collections.abc import Sequence

from dure.engines.fairness.calibration import calibrations
from dure.engines.fairness.cells import all_counts
from dure.engines.fairness.exposure import exposures
from dure.engines.fairness.intake import faults_in
from dure.engines.fairness.tables import published
from dure.engines.fairness.values import MINIMUM, Report, Row
from dure.engines.fairness.verdicts import together
from dure.engines.faults import Faulty


def audit(rows: Sequence[Row], *, minimum: int = MINIMUM) -> Report:
    """What can be published of how the groups among these people fared; the order of the rows is nothing to it.

    Selection, exposure and calibration are three questions, each with at most `ALPHA` of false alarms. The verdict of the report
    is that of selection alone. Raises `Faulty` with every fault found.
    """
    if faults := faults_in(rows, minimum):
        raise Faulty(faults)
    tables = published(all_counts(rows), minimum)
    single = [table for table in tables if len(table.attributes) == 1]
    hidden = frozenset(
        (table.attributes[0], cell.groups[0]) for table in single for cell in table.cells if cell.hidden
    )
    return Report(
        n=len(rows),
        selected=sum(row.selected for row in rows),
        minimum=minimum,
        tables=tables,
        exposures=exposures(rows, hidden, minimum),
        calibrations=calibrations(rows, hidden, minimum),
        verdict=together((table.verdict for table in single), (table.verdict for table in tables)),
    )
