"""The commitments of an agreement as a file for a spreadsheet, with what was delivered of each."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.commitments import queries
from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.engines.sheets import Cell

__all__ = ["asked_for", "commitments"]
COLUMNS: Final = (
    "uid", "kind", "what_ko", "what_en", "donor", "beneficiary", "pledged", "delivered", "unit",
    "accelerator", "starts_on", "ends_on", "state",
)  # fmt: skip


def commitments(form: str, rows: Any) -> HttpResponse:
    found = queries.standing(list(rows[: MOST_ROWS + 1]))
    return table(form, "commitments", COLUMNS, [_cells(one) for one in found])


def _cells(row: queries.Standing) -> list[Cell]:
    one = row.commitment
    receives = one.beneficiary.slug if one.beneficiary else ""
    said: list[Cell] = [str(one.uid), one.kind, one.what_ko, one.what_en, one.donor.slug, receives]
    days = [one.starts_on.isoformat(), one.ends_on.isoformat()]
    return [*said, float(one.quantity), float(row.delivered), one.unit, one.accelerator, *days, one.state]
