"""Usage that is forgotten by half in each half-life, and what it means against the shares.

A run is charged for its whole limit when it starts, and what it did not use is given back when it ends: so two members get their
shares side by side, not one after the other, and a limit that is honest costs less. A member's usage is that of all its accounts.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dure.engines.scheduling.jobs import Account

DAY = 86_400.0


def decayed(amount: float, *, elapsed: float, half_life: float) -> float:
    """What is left of a usage after `elapsed` seconds: half of it after each `half_life` (seconds, above 0)."""
    return amount * math.exp2(-elapsed / half_life)


Standing = tuple[float, ...]
NEGLIGIBLE = 1e-6
"""What is left when a charge has been given back, by rounding."""


@lru_cache(maxsize=10_000)
def levels(account: Account) -> tuple[Account, ...]:
    """The accounts that a job of this account is charged to: its member's, and those below down to its own."""
    return tuple(account[:depth] for depth in range(1, len(account) + 1))


@dataclass(slots=True)
class Line:
    """One account: its share among its siblings, and its usage (weighed amounts × seconds) as it stood `at`."""

    share: float = 1.0
    usage: float = 0.0
    at: float = 0.0


class Accounts:
    """The usage and share of every account. An account that was never named has the share 1."""

    def __init__(self, *, half_life: float, shares: Mapping[Account, float]) -> None:
        if half_life <= 0 or any(share <= 0 for share in shares.values()):
            raise ValueError("the half-life and all shares are above 0")
        self.half_life = half_life
        self.lines = {account: Line(share) for account, share in shares.items()}
        self._standings: dict[str, dict[Account, Standing]] = {}

    def copy(self) -> "Accounts":
        other = Accounts(half_life=self.half_life, shares={})
        other.lines = {account: replace(line) for account, line in self.lines.items()}
        return other

    def charge(self, account: Account, amount: float, *, since: float, now: float) -> None:
        """Book a usage that arose at `since` (negative: give it back) on the account and all above it."""
        left = decayed(amount, elapsed=now - since, half_life=self.half_life)
        for level in levels(account):
            line = self.lines.setdefault(level, Line())
            line.usage = max(0.0, self._usage(line, now) + left)
            line.at = now
        self._standings.pop(account[0], None)

    def usage(self, account: Account, now: float) -> float:
        """What an account has used, less what is forgotten."""
        line = self.lines.get(account)
        return self._usage(line, now) if line else 0.0

    def standing(self, account: Account) -> Standing:
        """Usage over share at each level from the member down: whose comes first in tuple order is served first.

        Compared level by level, as in Slurm's Fair Tree: members against members first. All usage is forgotten at the same pace, so
        the order changes only when something is charged: the logarithm, with the time of the usage added, stands for all times.
        """
        known = self._standings.setdefault(account[0], {})
        if account not in known:
            known[account] = self.standing_with(account, {}, 0.0)
        return known[account]

    def standing_with(self, account: Account, extra: Mapping[Account, float], now: float) -> Standing:
        """The same with usage that arose `now` and is not booked yet."""
        return tuple(
            self._level(self.lines.get(level, NOTHING), extra.get(level, 0.0), now)
            for level in levels(account)
        )

    def _level(self, line: Line, extra: float, now: float) -> float:
        usage, at = (self._usage(line, now) + extra, now) if extra else (line.usage, line.at)
        if usage < NEGLIGIBLE:
            return -math.inf
        return round(math.log2(usage / line.share) + at / self.half_life, 9)

    def _usage(self, line: Line, now: float) -> float:
        return decayed(line.usage, elapsed=now - line.at, half_life=self.half_life) if line.usage else 0.0


NOTHING = Line()
