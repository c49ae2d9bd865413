"""A member's usage as a spreadsheet reads it: by day, kind and project."""

import csv
import io

from dure.farm.queries.usage import days_of
from dure.farm.usage.raw import CORES
from dure.foundation.trail import inert
from dure.people import api as people

COLUMNS = ("day", "type", "project", "given_hours", "lent_hours", "used_hours", "excused_hours")


def usage_csv(organisation: people.Organisation) -> str:
    """The last twelve months. A cell that a spreadsheet would run as a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for day, kind, project, sums in days_of(organisation):
        amounts = (sums.given, sums.lent, sums.used, sums.excused)
        hours = [f"{amount / 3600:.4f}" for amount in amounts]
        writer.writerow([day.isoformat(), "cores" if kind == CORES else kind, inert(project), *hours])
    return out.getvalue()
