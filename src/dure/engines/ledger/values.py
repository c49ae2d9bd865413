"""What the ledger is made of: legs of balanced transactions, accounts, sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

POOL: Final = ""
"""The account of nobody in particular: what belongs to all, and what comes from outside or is charged to nobody."""

Side = Literal["gave", "used"]
SIDES: Final[tuple[Side, ...]] = ("gave", "used")
EARLIEST: Final = date(2000, 1, 1)
"""No alliance counts what was given before; a year that somebody mistyped is found by it."""
SCALE: Final = 4
LARGEST: Final = Decimal(10) ** 16
"""What numeric(20,4) can no longer hold."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a transaction. What was given is positive and what was used negative; in a correction it is the reverse."""

    account: str
    unit: str
    quantity: Decimal
    side: Side

    @property
    def negated(self) -> "Leg":
        """The leg that takes this one back: of the same side, so that what somebody gave becomes less."""
        return Leg(self.account, self.unit, -self.quantity, self.side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A transaction as it is handed to the ledger. `source` and `key` together name the fact for ever: a fact is posted once.

    `commitment` is the key of the promise that it keeps, as whoever posts it counts them.
    """

    source: str
    key: str
    at: datetime
    legs: tuple[Leg, ...]
    what: str = ""
    commitment: int | None = None


Balance = Mapping[str, Decimal]
"""What is left of an account, or of a transaction, by unit."""
