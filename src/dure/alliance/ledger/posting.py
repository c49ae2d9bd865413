"""Posting: facts become transactions, each once, many in a few statements; and what was wrong is taken back by a reversal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from dure.alliance.commitments import by_date
from dure.alliance.ledger import periods, rules
from dure.alliance.models import LedgerEntry, LedgerPeriod, LedgerTransaction
from dure.engines import ledger as engine
from dure.engines.faults import Fault, Faulty
from dure.engines.ledger import POOL, Leg, Posting
from dure.foundation import audit, clock
from dure.foundation.access import Denied, demand
from dure.foundation.ids import uuid7
from dure.people import api as people

BATCH: Final = 10_000
Accounts = Mapping[str, int | None]


@transaction.atomic
def post_all(postings: Iterable[Posting], *, accounts: Accounts, by: people.Person | None = None) -> int:
    """Post facts that are not in the ledger yet; returns how many there were. A second time adds nothing.

    `accounts` has the key of each organisation that legs name. A fact of a closed quarter counts in the next open one. Raises
    Faulty for legs that are no transaction.
    """
    known = list(postings)
    wrong = [fault for one in known for fault in engine.posting_faults(one.legs)]
    if wrong:
        raise Faulty(wrong)
    holds = _Periods()
    given = {POOL: None, **accounts}
    return sum(
        _post_some(known[first : first + BATCH], accounts=given, holds=holds, by=by)
        for first in range(0, len(known), BATCH)
    )


class _Periods:
    """The open quarter for each moment, looked up once for each quarter that the facts lie in."""

    def __init__(self) -> None:
        self._known: dict[engine.Quarter, int] = {}

    def of(self, moment: datetime) -> int:
        quarter = engine.quarter_of(periods.day_of(moment))
        if quarter not in self._known:
            self._known[quarter] = periods.open_period_from(moment).pk
        return self._known[quarter]


HEADERS: Final = """
insert into alliance_ledgertransaction
  (uid, source, source_id, what, occurred_at, period_id, commitment_id, recorded_by_id, recorded_at)
select uid, source, source_id, what, occurred_at, period_id, commitment_id, %(by)s, %(now)s
from unnest(%(uids)s::uuid[], %(sources)s::text[], %(keys)s::text[], %(whats)s::text[], %(ats)s::timestamptz[],
  %(periods)s::bigint[], %(commitments)s::bigint[])
  as f(uid, source, source_id, what, occurred_at, period_id, commitment_id)
on conflict (source, source_id) do nothing returning uid, id
"""
LEGS: Final = """
insert into alliance_ledgerentry (transaction_id, period_id, organisation_id, side, unit, quantity)
select * from unnest(%(transactions)s::bigint[], %(periods)s::bigint[], %(organisations)s::bigint[], %(sides)s::text[],
  %(units)s::text[], %(quantities)s::numeric[])
"""


def _post_some(
    postings: Sequence[Posting], *, accounts: Accounts, holds: _Periods, by: people.Person | None
) -> int:
    """Two statements: the headers, and the legs of those that are new."""
    facts = {uuid7(): one for one in postings}
    in_periods = {uid: holds.of(one.at) for uid, one in facts.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            HEADERS,
            {
                "by": by.pk if by else None,
                "now": clock.now(),
                "uids": list(facts),
                "sources": [one.source for one in facts.values()],
                "keys": [one.key for one in facts.values()],
                "whats": [one.what for one in facts.values()],
                "ats": [one.at for one in facts.values()],
                "periods": list(in_periods.values()),
                "commitments": [one.commitment for one in facts.values()],
            },
        )
        new: dict[UUID, int] = dict(cursor.fetchall())
        legs = [(uid, leg) for uid in new for leg in facts[uid].legs]
        if legs:
            cursor.execute(LEGS, _columns(legs, new, in_periods, accounts))
    _follow(facts[uid].commitment for uid in new)
    return len(new)


def _follow(commitments: Iterable[int | None]) -> None:
    """Each commitment that was kept moves to where its deliveries have brought it; always in one order, against deadlocks."""
    for pk in sorted({one for one in commitments if one is not None}):
        by_date.follow(pk)


def _columns(
    legs: Sequence[tuple[UUID, Leg]],
    new: Mapping[UUID, int],
    in_periods: Mapping[UUID, int],
    accounts: Accounts,
) -> dict[str, Any]:
    return {
        "transactions": [new[uid] for uid, _ in legs],
        "periods": [in_periods[uid] for uid, _ in legs],
        "organisations": [accounts[leg.account] for _, leg in legs],
        "sides": [leg.side for _, leg in legs],
        "units": [leg.unit for _, leg in legs],
        "quantities": [leg.quantity for _, leg in legs],
    }


def accounts_by_uid(uids: Iterable[str]) -> dict[str, int | None]:
    """The keys of organisations by uid, as events name them. Raises LookupError for one that is not there."""
    wanted = {uid for uid in uids if uid}
    found = people.Organisation.objects.filter(uid__in=wanted).values_list("uid", "pk")
    known: dict[str, int | None] = {str(uid): pk for uid, pk in found}
    if missing := wanted - known.keys():
        raise LookupError(f"organisations that are not there: {sorted(missing)}")
    return known


@transaction.atomic
def enter(posting: Posting, *, by: people.Person, accounts: Accounts) -> LedgerTransaction:
    """What the secretariat enters by hand, in the quarter of its day. Raises Denied, also for a closed quarter, and Faulty."""
    demand(rules.keeps_ledger(by, None))
    return enter_agreed(posting, by=by, accounts=accounts)


@transaction.atomic
def enter_agreed(posting: Posting, *, by: Any, accounts: Accounts) -> LedgerTransaction:
    """The same once both sides agree; who may say so is asked before."""
    if posting.at > clock.now():
        raise Faulty([Fault("ledger_ahead", place="on")])
    if periods.is_closed(periods.day_of(posting.at)) or not _is_open(periods.period_of(posting.at)):
        raise Denied(rules.CLOSED)
    if not post_all([posting], accounts=accounts, by=by):
        raise Faulty([Fault("ledger_posted_already", place="reference")])
    made = LedgerTransaction.objects.get(source=posting.source, source_id=posting.key)
    audit.write(by=by, action="ledger.entered", obj=made, detail={"what": posting.what})
    return made


def _is_open(period: LedgerPeriod) -> bool:
    """Whether the quarter is open; then nobody closes it until this transaction is over."""
    return LedgerPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk).state == "open"


@transaction.atomic
def reverse(posted: LedgerTransaction, *, by: Any, reason: str) -> LedgerTransaction:
    """Take a transaction back by another one, in the open quarter of today. Raises Denied, and Faulty without a reason."""
    demand(rules.may_reverse(by, posted))
    if not reason.strip():
        raise Faulty([Fault("no_reason", place="reason")])
    return take_back(posted, by=by, what=reason.strip())


@transaction.atomic
def take_back(posted: LedgerTransaction, *, what: str, by: Any = None) -> LedgerTransaction:
    """The reversal of a transaction. Twice it would break `reverses`, which is unique."""
    now = clock.now()
    period = periods.open_period_from(now)
    made = LedgerTransaction.objects.create(
        source=LedgerTransaction.Source.REVERSAL,
        source_id=str(posted.uid),
        what=what[:300],
        occurred_at=now,
        period=period,
        recorded_by=by,
        commitment_id=posted.commitment_id,
        reverses=posted,
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=made,
            period=period,
            organisation_id=leg.organisation_id,
            side=leg.side,
            unit=leg.unit,
            quantity=-leg.quantity,
        )
        for leg in posted.entries.all()
    )
    _follow([posted.commitment_id])
    if by is not None:
        audit.write(by=by, action="ledger.reversed", obj=posted, detail={"reason": what})
    return made
