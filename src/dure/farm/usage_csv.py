"""A member's usage as a spreadsheet reads it: by day, kind and project."""

import csv
import io
from typing import Final

from django.http import HttpResponse

from dure.farm.queries.usage import days_of
from dure.farm.usage.raw import CORES
from dure.foundation import clock
from dure.foundation.trail import inert
from dure.people import api as people

COLUMNS = ("day", "type", "project", "given_hours", "lent_hours", "used_hours", "excused_hours")


MARK: Final = "\ufeff"
"""Excel reads a file that begins so as UTF-8; without it Hangul in the words of projects is broken in Korea."""


def usage_file(organisation: people.Organisation) -> HttpResponse:
    """The file as it is downloaded, from the page and over REST alike: named after the member and the day."""
    name = f"usage-{organisation.slug}-{clock.today():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        MARK + usage_csv(organisation), content_type="text/csv; charset=utf-8", headers=headers
    )


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
