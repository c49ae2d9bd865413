"""The rule of reciprocity: next quarter's shares follow what members gave, with a floor for each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Final

from dure.engines.faults import Fault, Faulty

WHOLE: Final = 10_000
"""All shares together, in hundredths of a percent."""
MOST_QUARTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """`floor`: what every member has whatever it gave, in percent of the whole. `quarters`: over how many of them its gifts count.

    Counting several quarters is the lag: one good quarter neither makes nor breaks a member.
    """

    floor: Decimal = Decimal(2)
    quarters: int = 2


@dataclass(frozen=True, slots=True)
class Share:
    """One member's proposed share in hundredths of a percent, and what it follows from, in points."""

    account: str
    given: Decimal
    share: int

    @property
    def percent(self) -> Decimal:
        return Decimal(self.share) / 100


def rule_faults(rule: Rule, members: int) -> list[Fault]:
    """What is wrong with a rule for so many members: floors may not take more than half, or giving would hardly count."""
    found = []
    if not 0 <= rule.floor <= 100 or rule.floor * members > 50:
        most = Decimal(50) / max(1, members)
        found.append(Fault("ledger_floor_range", {"most": f"{most:.2f}"}, place="floor"))
    if not 1 <= rule.quarters <= MOST_QUARTERS:
        found.append(Fault("ledger_quarters_range", {"most": MOST_QUARTERS}, place="quarters"))
    return found


def propose(given: Mapping[str, Decimal], rule: Rule) -> list[Share]:
    """Shares for the next quarter, the largest first; together they are exactly the whole.

    `given` has each member's points over the quarters that count. Each has the floor first; the rest is divided by what was
    given (evenly where nobody gave anything). Less than nothing, after corrections, counts as nothing. Raises Faulty.
    """
    faults = rule_faults(rule, len(given))
    if faults:
        raise Faulty(faults)
    counted = {account: max(Decimal(0), points) for account, points in given.items()}
    total = sum(counted.values(), Decimal(0))
    floor = rule.floor * WHOLE / 100
    rest = WHOLE - floor * len(counted)
    exact = {
        account: floor + rest * (points / total if total else Decimal(1) / len(counted))
        for account, points in counted.items()
    }
    shares = whole(exact)
    made = [Share(account, given[account], shares[account]) for account in counted]
    return sorted(made, key=lambda one: (-one.share, one.account))


def digest_of(quarter: str, rule: Rule, shares: Sequence[Share]) -> str:
    """A name for exactly these shares by this rule, so that what is applied is what was shown."""
    lines = [f"{one.account} {one.given.normalize():f} {one.share}" for one in shares]
    text = "\n".join([quarter, f"{rule.floor.normalize():f} {rule.quarters}", *lines])
    return sha256(text.encode()).hexdigest()


def whole(exact: Mapping[str, Decimal]) -> dict[str, int]:
    """Whole numbers of the same sum: rounded down, and what is left goes to the largest remainders."""
    if not exact:
        return {}
    down = {account: int(share) for account, share in exact.items()}
    left = WHOLE - sum(down.values())
    by_rest: Sequence[str] = sorted(exact, key=lambda account: (down[account] - exact[account], account))
    for account in by_rest[:left]:
        down[account] += 1
    return down
