"""Figures of a year that the ledger brings: accelerator hours given and used, and money given."""

from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.ledger.words import unit_words
from dure.alliance.models import LedgerEntry

HOURS: Final = r"^(gpu|npu)_h:"
MONEY: Final = r"^[a-z]{3}$"
OF_ENTRY: Final[dict[str, Any]] = {
    "day": F("period__starts_on"),
    "organisation": F("organisation_id"),
    "unit": F("unit"),
    "units": unit_words,
    "seen": table.readers,
}


def register() -> None:
    """Called once when the app is ready."""
    for figure in (_given(), _used(), _money()):
        table.declare(figure)


def _entries(first: date, last: date, side: str, unit: str) -> "QuerySet[LedgerEntry]":
    """Legs of the year's four quarters; the pool is nobody."""
    rows = LedgerEntry.objects.filter(period__starts_on__gte=first, period__starts_on__lte=last, side=side)
    return rows.filter(unit__regex=unit).exclude(organisation=None)


def _given() -> Figure:
    return Figure(
        code="hours_given",
        order=40,
        label=_("Accelerator hours given"),
        definition=_(
            "Hours of accelerators that the ledger counts as given by organisations in the four quarters of "
            "the year, by type. Corrections are "
            "in it."
        ),
        rows=lambda first, last: _entries(first, last, "gave", HOURS),
        amount=F("quantity"),
        **OF_ENTRY,
    )


def _used() -> Figure:
    return Figure(
        code="hours_used",
        order=41,
        label=_("Accelerator hours used"),
        definition=_(
            "Hours of accelerators that the ledger counts as used by organisations in the four quarters of "
            "the year, by type."
        ),
        rows=lambda first, last: _entries(first, last, "used", HOURS),
        amount=-F("quantity"),
        helps=True,
        **OF_ENTRY,
    )


def _money() -> Figure:
    return Figure(
        code="money",
        order=54,
        label=_("Money given"),
        definition=_(
            "Money that the ledger counts as given in the four quarters of the year, by currency: budget "
            "carried out, each sum with a receipt."
        ),
        rows=lambda first, last: _entries(first, last, "gave", MONEY),
        amount=F("quantity"),
        **OF_ENTRY,
    )
