"""What time does to the ledger: those concerned are told that a quarter is over and will be closed. Each once."""

from datetime import datetime

from django.db import transaction

from dure.alliance.ledger import telling
from dure.alliance.models import LedgerEntry, LedgerPeriod, LedgerReceipt
from dure.engines import ledger as engine
from dure.foundation import clock
from dure.foundation.clock import on_clock


@on_clock("alliance.ledger_quarters_over")
def tell_all(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Tell of each quarter that is over and open; returns of how many."""
    first = engine.quarter_of(clock.today()).starts_on
    over = LedgerPeriod.objects.filter(state="open", told_at=None, starts_on__lt=first)
    return sum(_tell(pk) for pk in list(over.order_by("starts_on").values_list("pk", flat=True)))


@transaction.atomic
def _tell(pk: int) -> bool:
    """Those with an entry or an open receipt in it, and the secretariat; whether they were not told before."""
    rows = LedgerPeriod.objects.select_for_update(of=("self",)).filter(pk=pk, state="open", told_at=None)
    period = rows.first()
    if period is None:
        return False
    LedgerPeriod.objects.filter(pk=pk).update(told_at=clock.now())
    entries = LedgerEntry.objects.filter(period=period).exclude(organisation=None)
    days = (period.quarter.starts_on, period.quarter.ends_on)
    waiting = LedgerReceipt.objects.filter(state="proposed", happened_on__range=days)
    sides = [one for pair in waiting.values_list("giver", "receiver") for one in pair if one is not None]
    telling.tell_soon(
        period.name, {*entries.order_by().values_list("organisation", flat=True).distinct(), *sides}
    )
    return True
