"""The ledger with a million entries: a member's report against the bare aggregate, and 100,000 usage events against bare COPY.

Both goals in one run, on a PostgreSQL of its own; the ratio named is the worse of the two, each as a part of its limit.

Report: the page of the member with most entries (about three in ten), as Django answers it to one of its people, session,
counting, valuing and template included; at most 12 queries. Bare: the one SQL aggregate of the same account by quarter and unit.

Import: events as the farm tells them become facts and are posted by the function that the subscription calls, in one batch, each
for a fact that is not there yet; then the same once more, which adds nothing (a note gives its time). The subscription itself takes
event by event. Bare: COPY of ready rows, 100,000 headers and 200,000 legs, into the same tables with the same constraints and
triggers. Each round is checked by `set constraints all immediate` and rolled back, on both sides.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from benchmarks.harness import Pairs, Result, measure_pairs, report

from dure.cli.postgres import start_ephemeral

MEMBERS, TRANSACTIONS, EVENTS, AT_A_TIME = 10, 500_000, 100_000, 50_000
REPORT_LIMIT, IMPORT_LIMIT, MOST_QUERIES = 2.0, 3.0, 12
CLASSES: Final = ("h200", "h100", "a100", "l40s")
BEGAN: Final = datetime(2025, 1, 1, tzinfo=UTC)
DAYS: Final = 690

FILL: Final = """
with fresh as (
  insert into alliance_ledgertransaction (uid, source, source_id, what, occurred_at, period_id, recorded_at)
  select gen_random_uuid(), 'farm', 'fill ' || n, '', d.day, p.id, d.day
  from generate_series(%(first)s, %(last)s) n
  cross join lateral (select %(began)s::timestamptz + ((n::bigint * 7919) %% %(days)s) * interval '1 day' as day) d
  join alliance_ledgerperiod p on p.starts_on = date_trunc('quarter', d.day at time zone 'Asia/Seoul')::date
  returning id, period_id
)
insert into alliance_ledgerentry (transaction_id, period_id, organisation_id, side, unit, quantity)
select f.id, f.period_id, (%(members)s::bigint[])[side.at], side.name, 'gpu_h:' || (%(classes)s::text[])[1 + f.id %% 4], side.sign
from fresh f cross join lateral (values
  (1 + floor(10 * ((f.id * 0.6180339887::float8) - floor(f.id * 0.6180339887::float8)) ^ 2)::int, 'gave', 0.5),
  (1 + floor(10 * ((f.id * 0.7548776662::float8) - floor(f.id * 0.7548776662::float8)) ^ 2)::int, 'used', -0.5)
) as side(at, name, sign)
"""
BARE: Final = """
select period_id, unit, sum(quantity) filter (where side = 'gave'), -sum(quantity) filter (where side = 'used')
from alliance_ledgerentry where organisation_id = %s group by 1, 2
"""
HEADER: Final = "uid, source, source_id, what, occurred_at, period_id, recorded_at, id"
LEG: Final = "transaction_id, period_id, organisation_id, side, unit, quantity"


def run() -> Result:
    with _database():
        members = _members()
        _fill([one.pk for one in members])
        queries, report_pairs = _report(members)
        pairs, again = _import(members)
    ratios = (report_pairs.ratio / REPORT_LIMIT, pairs.ratio / IMPORT_LIMIT)
    notes = (
        f"{2 * TRANSACTIONS} entries of {MEMBERS} members",
        f"report: ratio {report_pairs.ratio:.2f} of at most {REPORT_LIMIT}, {queries} queries; {report_pairs.note}",
        f"import: ratio {pairs.ratio:.2f} of at most {IMPORT_LIMIT}; {pairs.note}",
        f"{EVENTS} events once more: nothing added in {again:.1f} s",
    )
    assert queries <= MOST_QUERIES, queries
    return Result("ledger", max(ratios), 1.0, notes=notes)


@contextmanager
def _database() -> Iterator[None]:
    """A PostgreSQL of its own that writes to disk as in production, with our tables; Django in this process talks to it."""
    with (
        tempfile.TemporaryDirectory(prefix="dure-bench-") as root,
        start_ephemeral(Path(root), fsync=True) as url,
    ):
        os.environ["DATABASE_URL"] = url
        import django  # noqa: PLC0415 - it reads the environment just set

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - same
        from django.db import connections  # noqa: PLC0415 - same

        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)  # pages name files by their hash
        try:
            yield
        finally:
            connections.close_all()


def _members() -> list[Any]:
    from tests.factories.people import organisation  # noqa: PLC0415 - with Django, late

    from dure.alliance.ledger import periods  # noqa: PLC0415 - same
    from dure.alliance.models import LedgerValue  # noqa: PLC0415 - same

    for unit in CLASSES:
        LedgerValue.objects.create(unit=f"gpu_h:{unit}", valid_from="2025-01-01", points=Decimal(10))
    for day in range(0, DAYS + 90, 30):
        periods.period_of(BEGAN + timedelta(days=day))
    return [organisation() for _ in range(MEMBERS)]


def _fill(keys: list[int]) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - with Django, late

    for first in range(1, TRANSACTIONS + 1, AT_A_TIME):
        given: dict[str, Any] = {
            "first": first,
            "last": first + AT_A_TIME - 1,
            "members": keys,
            "classes": list(CLASSES),
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FILL, {**given, "began": BEGAN, "days": DAYS})
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from alliance_ledgerentry")
        assert cursor.fetchone() == (2 * TRANSACTIONS,)
        cursor.execute("vacuum analyze alliance_ledgerentry, alliance_ledgertransaction")


def _report(members: list[Any]) -> tuple[int, Pairs]:
    """The page of the biggest account, and how many queries it makes."""
    from django.db import connection  # noqa: PLC0415 - with Django, late
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - same
    from tests.factories.people import client_of, representative  # noqa: PLC0415 - same

    client, address = client_of(representative(members[0])), f"/ledger/accounts/{members[0].slug}"

    def page() -> None:
        assert client.get(address, secure=True, HTTP_HOST="localhost").status_code == 200

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [members[0].pk])
            cursor.fetchall()

    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured), measure_pairs(page, bare, rounds=9, warm_ups=2)


def _import(members: list[Any]) -> tuple[Pairs, float]:
    from dure.alliance.ledger import posting, sources  # noqa: PLC0415 - with Django, late

    told = list(_events(members))
    accounts = {str(one.uid): one.pk for one in members}
    headers, legs = _rows(told, accounts)

    def post() -> int:
        facts = [fact for one in told for fact in sources.usage_facts(one)]
        return posting.post_all(facts, accounts=accounts)

    def ours() -> None:
        assert post() == EVENTS

    pairs = measure_pairs(
        lambda: _rolled_back(ours), lambda: _rolled_back(lambda: _copy(headers, legs)), rounds=3
    )
    return pairs, _once_more(ours, post)


def _once_more(ours: Callable[[], None], post: Callable[[], int]) -> float:
    """Seconds of a second import of the same events, which adds nothing."""
    took: list[float] = []

    def both() -> None:
        ours()
        began = time.perf_counter()
        assert post() == 0
        took.append(time.perf_counter() - began)

    _rolled_back(both)
    return took[0]


def _events(members: list[Any]) -> Iterable[Any]:
    """One machine's hour each, of somebody else's machine, all different."""
    from dure.farm import api as farm  # noqa: PLC0415 - with Django, late

    for at in range(EVENTS):
        giver, user = members[at % MEMBERS], members[(at * 7 + 1 + at // MEMBERS) % MEMBERS]
        seconds = f"{600 + at % 3000}.000000"
        line: Any = {
            "entry": at,
            "source": f"local:{at:x}/1",
            "revision": 0,
            "provider": str(giver.uid),
            "project": "",
            "accelerator": f"gpu:{CLASSES[at % 4]}",
            "delivered": seconds,
            "consumed": seconds,
            "excused": "0",
        }
        hour = (BEGAN + timedelta(hours=at % (24 * DAYS))).isoformat()
        yield farm.UsageRecorded(hour=hour, recorded=hour, consumer=str(user.uid), lines=[line])


def _rows(told: list[Any], accounts: dict[str, int]) -> tuple[list[Any], list[Any]]:
    """The same as rows that are ready for COPY."""
    from dure.alliance.ledger import periods, sources  # noqa: PLC0415 - with Django, late
    from dure.foundation.ids import uuid7  # noqa: PLC0415 - same

    in_periods: dict[Any, int] = {}
    headers, legs = [], []
    facts = (fact for one in told for fact in sources.usage_facts(one))
    for key, fact in enumerate(facts, start=10**9):
        day = periods.day_of(fact.at)
        period = in_periods.setdefault((day.year, (day.month - 1) // 3), 0) or periods.period_of(fact.at).pk
        in_periods[day.year, (day.month - 1) // 3] = period
        headers.append((uuid7(), fact.source, fact.key, "", fact.at, period, fact.at, key))
        legs += [(key, period, accounts[leg.account], leg.side, leg.unit, leg.quantity) for leg in fact.legs]
    return headers, legs


def _copy(headers: list[Any], legs: list[Any]) -> None:
    from django.db import connection  # noqa: PLC0415 - with Django, late

    tables = (("alliance_ledgertransaction", HEADER, headers), ("alliance_ledgerentry", LEG, legs))
    with connection.cursor() as cursor:
        for table, columns, rows in tables:
            with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)


def _rolled_back(work: Callable[[], object]) -> None:
    """Do it, let the database check it all, and take it back."""
    from django.db import connection, transaction  # noqa: PLC0415 - with Django, late

    with transaction.atomic():
        work()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)


if __name__ == "__main__":
    sys.exit(report(run()))
