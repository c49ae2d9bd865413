"""Reads of the ledger for pages and REST, each a fixed number of queries."""

from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import Q, Sum

from dure.alliance.models import LedgerEntry, LedgerPeriod, LedgerValue
from dure.engines.ledger import Flow, Row, Value, Values
from dure.people import api as people


def rows(period: LedgerPeriod | None = None, organisation: people.Organisation | None = None) -> list[Row]:
    """What accounts gave and used, by quarter and unit; the pool is left out. Two queries, the second for the names."""
    entries = LedgerEntry.objects.exclude(organisation=None).order_by()
    if period is not None:
        entries = entries.filter(period=period)
    if organisation is not None:
        entries = entries.filter(organisation=organisation)
    summed = list(
        entries.values_list("organisation_id", "period_id", "unit").annotate(
            gave=Sum("quantity", filter=Q(side="gave"), default=Decimal(0)),
            used=Sum("quantity", filter=Q(side="used"), default=Decimal(0)),
        )
    )
    starts = dict(LedgerPeriod.objects.values_list("pk", "starts_on"))
    return [
        Row(str(account), starts[in_period], unit, gave, -used)
        for account, in_period, unit, gave, used in summed
    ]


def values() -> Values:
    """The whole table of values; one query."""
    lines = LedgerValue.objects.order_by("set_at", "id").values_list("unit", "valid_from", "points")
    return Values(Value(*line) for line in lines)


FLOWS: Final = """
select coalesce(g.organisation_id::text, ''), coalesce(u.organisation_id::text, ''), g.unit, -sum(u.quantity)
from alliance_ledgerentry g join alliance_ledgerentry u
  on u.transaction_id = g.transaction_id and u.unit = g.unit and u.side = 'used'
where g.side = 'gave' and g.unit ~ '^(gpu|npu)_h:' and g.period_id = %(period)s and u.organisation_id is not null
group by 1, 2, 3
"""


def flows(period: LedgerPeriod) -> list[Flow]:
    """Who used how much of whose accelerators in a quarter."""
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, {"period": period.pk})
        return [Flow(*row) for row in cursor.fetchall()]
