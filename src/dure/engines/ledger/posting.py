"""Transactions: made of legs that add up to nothing in each unit, and taken back by their mirror image."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from dure.engines.faults import Fault
from dure.engines.ledger.units import unit_faults
from dure.engines.ledger.values import LARGEST, POOL, SCALE, SIDES, Balance, Leg

_STEP: Final = Decimal(1).scaleb(-SCALE)
_HOUR: Final = Decimal(3600)


def rounded(quantity: Decimal) -> Decimal:
    """A quantity as it is kept. It is rounded once for a fact, before it becomes legs, so that all of them carry the same."""
    return quantity.quantize(_STEP, rounding=ROUND_HALF_EVEN)


def hours(seconds: Decimal) -> Decimal:
    """Seconds as hours, rounded."""
    return rounded(seconds / _HOUR)


def moved(giver: str, user: str, unit: str, quantity: Decimal) -> tuple[Leg, ...]:
    """The giver gave it and the user used it. Less than nothing takes so much of it back."""
    return Leg(giver, unit, quantity, "gave"), Leg(user, unit, -quantity, "used")


def served(
    provider: str, consumer: str, unit: str, *, consumed: Decimal, excused: Decimal
) -> tuple[Leg, ...]:
    """A machine's time: the provider gave all of it, the consumer is charged what was not excused, the rest falls to the pool."""
    legs = [
        Leg(provider, unit, consumed + excused, "gave"),
        Leg(consumer, unit, -consumed, "used"),
        Leg(POOL, unit, -excused, "used"),
    ]
    return tuple(leg for leg in legs if leg.quantity)


def reversal(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """The legs that take a transaction back."""
    return tuple(leg.negated for leg in legs)


def balance(legs: Iterable[Leg]) -> Balance:
    """What is left in each unit; nothing in all of them for a transaction."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    for leg in legs:
        left[leg.unit] += leg.quantity
    return dict(left)


def of_account(legs: Iterable[Leg], account: str) -> Balance:
    """An account's balance in each unit: what it gave less what it used."""
    return balance(leg for leg in legs if leg.account == account)


def posting_faults(legs: Iterable[Leg]) -> list[Fault]:
    """Every reason why these legs are no transaction."""
    known = list(legs)
    found = [fault for leg in known for fault in _leg_faults(leg)]
    if len(known) < len(SIDES):
        found.append(Fault("ledger_legs_missing"))
    uneven = {unit: left for unit, left in balance(known).items() if left}
    found += [
        Fault("ledger_unbalanced", {"unit": unit, "left": str(left)}) for unit, left in sorted(uneven.items())
    ]
    return found


def _leg_faults(leg: Leg) -> Iterator[Fault]:
    yield from unit_faults(leg.unit)
    if not leg.quantity:
        yield Fault("ledger_nothing", {"unit": leg.unit})
    elif abs(leg.quantity) >= LARGEST:
        yield Fault("ledger_too_much", {"unit": leg.unit})
    elif leg.quantity != rounded(leg.quantity):
        yield Fault("ledger_not_rounded", {"unit": leg.unit, "digits": SCALE})
