"""The part of an opening's page that leads to its reports."""

from collections.abc import Mapping
from typing import Any

from dure.talent.audits import queries
from dure.talent.models import Opening


def of_opening(reader: Any, opening: Opening) -> Mapping[str, Any] | None:
    """Reports that the reader may read, the newest first; one query. None where there is none."""
    if not reader.is_authenticated:
        return None
    found = list(queries.reports_of(reader, opening.uid)[: queries.MOST])
    return {"reports": found} if found else None
