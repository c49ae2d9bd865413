"""Which promise a fact keeps: of all that are owed, one for its receiver alone before those for all, then the earliest due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dure.engines.ledger.values import POOL, Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something owed: `receiver` alone gets it, or without one all of `parties`; what goes to the pool reaches them too."""

    key: int
    giver: str
    receiver: str | None
    parties: frozenset[str]
    unit: str
    starts_on: date
    ends_on: date

    @property
    def rank(self) -> tuple[bool, date, int]:
        return self.receiver is None, self.ends_on, self.key


def kept_by(legs: Iterable[Leg], day: date, promises: Iterable[Promise]) -> int | None:
    """The key of the promise that these legs keep, or None. What somebody uses of its own keeps no promise."""
    known = list(legs)
    givers = {leg.account for leg in known if leg.side == "gave"}
    users = [leg.account for leg in known if leg.side == "used"]
    units = {leg.unit for leg in known}
    if len(givers) != 1 or len(units) != 1 or not users:
        return None
    (giver,), (unit,) = givers, units
    fitting = [
        one
        for one in promises
        if (one.giver, one.unit) == (giver, unit)
        and one.starts_on <= day <= one.ends_on
        and _reaches(one, users[0])
    ]
    return min(fitting, key=lambda one: one.rank).key if fitting else None


def _reaches(promise: Promise, user: str) -> bool:
    if promise.receiver is not None:
        return user == promise.receiver
    return user != promise.giver and (user == POOL or user in promise.parties)
