"""The ledger of four quarters: values, hours from a spreadsheet's lines, receipts of both sides, and closing each quarter."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Final

from dure.alliance.ledger import posting, receipts, valuing
from dure.alliance.models import Commitment, LedgerPeriod, LedgerTransaction
from dure.alliance.year.playing import Scene, Year
from dure.engines import ledger as engine
from dure.engines.ledger import Posting
from dure.foundation import clock, workflow

CLOSED: Final = 4
VALUES: Final[Mapping[str, str]] = {
    "gpu_h:a100": "10",
    "gpu_h:h100": "25",
    engine.PERSON_DAY: "30",
    "krw": "0.0001",
}
HOURS: Final = (
    ("year-haneul-telecom", "year-narae-university", "gpu_h:a100", 1000),
    ("year-haneul-telecom", "year-sol-university", "gpu_h:a100", 250),
    ("year-mir-institute", "year-byeol-motors", "gpu_h:h100", 300),
)
"""What one gives another in each quarter."""


def scenes(year: Year) -> list[Scene]:
    """Values at the beginning; each quarter is filled on its sixtieth day and closed ten days after its end."""
    first = year.first
    found = [Scene(6, "단위의 값 / what units are worth", value)]
    for at, quarter in enumerate(year.quarters[:CLOSED]):
        filled = (quarter.starts_on - first).days + 60
        closed = (quarter.next.starts_on - first).days + 10
        found += [
            Scene(filled, f"{quarter.name} 장부 기입 / entries", partial(fill, number=at)),
            Scene(closed, f"{quarter.name} 장부 마감 / closed", partial(close, number=at)),
        ]
    return found


def value(year: Year) -> None:
    for unit, points in VALUES.items():
        valuing.set_value(by=year.cast.desk, unit=unit, valid_from=year.first, points=Decimal(points))


def fill(year: Year, number: int) -> None:
    """Hours are posted twice, which counts once; people's days are entered by the giver and confirmed by the receiver."""
    accounts = {slug: home.pk for slug, home in year.cast.homes.items()}
    for _again in range(2):
        posting.post_all(_hours(year, number), accounts=accounts, by=year.cast.desk)
    _money(year, number)
    _days(year, number)


def _hours(year: Year, number: int) -> list[Posting]:
    return [
        Posting(
            source=LedgerTransaction.Source.FILE,
            key=f"year-{number}-{at}",
            at=clock.moment(clock.today()),
            legs=engine.moved(giver, user, unit, Decimal(quantity)),
            what="데모 / Demo",
            commitment=_promise(year, giver).pk,
        )
        for at, (giver, user, unit, quantity) in enumerate(HOURS)
    ]


def _money(year: Year, number: int) -> None:
    """A quarter of what was promised in each quarter, so that it is fulfilled with the last."""
    promise = _promise(year, "year-moru-steel")
    given = _receipt(year, promise, "krw", promise.quantity / CLOSED, f"year-money-{number}")
    receipts.enter(given, by=year.cast.desk)


def _days(year: Year, number: int) -> None:
    """Half of what was promised: the giver enters it, the receiver confirms."""
    giver, receiver = "year-byeol-motors", "year-narae-university"
    promise = _promise(year, giver)
    quantity = promise.quantity / CLOSED / 2
    by = year.cast.speakers[giver]
    given = _receipt(year, promise, engine.PERSON_DAY, quantity, f"year-days-{number}", to=receiver)
    made = receipts.enter(given, by=by)
    receipts.act(made, "confirm", by=year.cast.speakers[receiver])


def _promise(year: Year, slug: str) -> Commitment:
    return Commitment.objects.get(donor=year.cast.homes[slug])


def _receipt(
    year: Year, promise: Commitment, unit: str, quantity: Decimal, reference: str, *, to: str = ""
) -> receipts.Given:
    return receipts.Given(
        giver=promise.donor,
        receiver=year.cast.homes[to] if to else None,
        unit=unit,
        quantity=quantity,
        happened_on=clock.today(),
        reference=reference,
        commitment=promise,
    )


def close(year: Year, number: int) -> None:
    period = LedgerPeriod.objects.get(starts_on=year.quarters[number].starts_on)
    workflow.perform(period, "close", by=year.cast.desk)
