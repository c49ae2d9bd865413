"""Reads of the ledger for pages and REST, each a fixed number of queries."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from dure.alliance.commitments.matching import OWED
from dure.alliance.ledger import visibility
from dure.alliance.models import (
    Commitment,
    LedgerEntry,
    LedgerPeriod,
    LedgerReceipt,
    LedgerTransaction,
    LedgerValue,
)
from dure.engines import ledger as engine
from dure.engines.ledger import Flow, Row, Value, Values
from dure.people import api as people


def rows(quarter: engine.Quarter | None = None, organisation: people.Organisation | None = None) -> list[Row]:
    """What accounts gave and used, by quarter and unit; the pool is left out. Two queries, the second for the names."""
    entries = LedgerEntry.objects.exclude(organisation=None).order_by()
    if quarter is not None:
        entries = entries.filter(period__starts_on=quarter.starts_on)
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
select p.starts_on, coalesce(g.organisation_id::text, ''), u.organisation_id::text, g.unit, -sum(u.quantity)
from alliance_ledgerentry g
join alliance_ledgerentry u on u.transaction_id = g.transaction_id and u.unit = g.unit and u.side = 'used'
join alliance_ledgerperiod p on p.id = g.period_id
where g.side = 'gave' and g.unit ~ '^(gpu|npu)_h:' and u.organisation_id is not null
  and (%(day)s::date is null or p.starts_on = %(day)s)
group by 1, 2, 3, 4 order by 1, 2, 3, 4
"""


def flows(quarter: engine.Quarter | None = None) -> list[tuple[date, Flow]]:
    """Who used how much of whose accelerators, each with the first day of its quarter."""
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, {"day": quarter.starts_on if quarter else None})
        return [(day, Flow(*row)) for day, *row in cursor.fetchall()]


def value_lines() -> QuerySet[LedgerValue]:
    """The whole table of values as people read it."""
    return LedgerValue.objects.order_by("unit", "-valid_from", "-id")


def usual_rule() -> engine.Rule:
    """The usual rule, with a floor as high as so many members allow."""
    members = people.Organisation.objects.exclude(joined_on=None).count()
    usual = engine.Rule()
    most = (Decimal(50) / max(1, members)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return engine.Rule(min(usual.floor, most), usual.quarters)


def unused(person: Any) -> QuerySet[Commitment]:
    """What is owed under agreements that this person may read, the earliest due first."""
    rows = Commitment.objects.visible_to(person).filter(state__in=OWED)
    return rows.select_related("donor", "beneficiary", "agreement").order_by("ends_on", "pk")


def quarters() -> QuerySet[LedgerPeriod]:
    """All quarters in which something stands, the newest first."""
    return LedgerPeriod.objects.order_by("-starts_on")


def chosen(name: str) -> engine.Quarter | None:
    """The quarter of this name (2026-Q4), or None."""
    found = re.fullmatch(r"([1-9]\d{3})-Q([1-4])", name, re.ASCII)
    return engine.Quarter(int(found[1]), int(found[2])) if found and found[1] != "9999" else None


def accounts(person: Any) -> QuerySet[people.Organisation]:
    """Organisations whose account this person may read."""
    return people.Organisation.objects.filter(visibility.account_q(person)).order_by("name_ko", "id")


def legs_of(
    organisation: people.Organisation, quarter: engine.Quarter | None = None
) -> QuerySet[LedgerEntry]:
    """An account's legs with their transactions, the newest first."""
    rows = LedgerEntry.objects.filter(organisation=organisation).select_related("transaction", "period")
    if quarter is not None:
        rows = rows.filter(period__starts_on=quarter.starts_on)
    return rows.order_by("-transaction_id", "id")


def receipts(person: Any, stage: str = "") -> QuerySet[LedgerReceipt]:
    """Receipts that this person may read, the newest first; `stage` leaves those that wait or those that are done."""
    rows = LedgerReceipt.objects.visible_to(person).select_related("giver", "receiver", "commitment")
    named = LedgerReceipt.workflow.tagged({"waiting": "open", "done": "done"}.get(stage, ""))
    return rows.filter(state__in=named) if named else rows


def owed_of(donors: "QuerySet[people.Organisation]") -> "QuerySet[Commitment]":
    """What these organisations have confirmed and still owe, the earliest due first."""
    owed = Commitment.objects.filter(state__in=OWED, donor__in=donors.values("pk"))
    return owed.select_related("donor").order_by("ends_on", "pk")


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing a quarter closes: transactions by source, sums by unit, and receipts that would be shut out."""

    sources: list[tuple[str, int]]
    units: list[tuple[str, Decimal, Decimal]]
    waiting: int

    @property
    def count(self) -> int:
        return sum(number for _source, number in self.sources)


def preview(period: LedgerPeriod) -> Preview:
    """Three queries."""
    by_source = LedgerTransaction.objects.filter(period=period).order_by("source").values_list("source")
    sums = (
        LedgerEntry.objects.exclude(organisation=None)
        .filter(period=period)
        .order_by()
        .values_list("unit")
        .annotate(
            gave=Sum("quantity", filter=Q(side="gave"), default=Decimal(0)),
            used=-Sum("quantity", filter=Q(side="used"), default=Decimal(0)),
        )
    )
    days = (period.quarter.starts_on, period.quarter.ends_on)
    waiting = LedgerReceipt.objects.filter(state="proposed", happened_on__range=days).count()
    units = sorted(sums, key=lambda row: engine.order(row[0]))
    return Preview(list(by_source.annotate(n=Count("pk"))), units, waiting)
