"""Whether an account may hand a job in: the hours it was granted and what is left of them. Pure decisions with reasons.

An accelerator needs hours that are left, or that the member gives machines with it itself. Processor cores need none: they are
shared fairly among all. But where hours of cores were granted for the job's project, or for the member as a whole, they hold.
Scavengers need no hours: they run on what nobody needs and give way. Nor do the platform's own jobs, nor evaluations and labs on
cores.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dure.farm.usage.raw import CORES
from dure.foundation.access import ALLOWED, Decision, Refused

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Balance:
    """Hours that were granted, in seconds, and what of them is used."""

    what: str
    granted: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return max(Decimal(0), self.granted - self.used)


def may_use(kind: str, *, seconds: int, balance: Balance | None, gives: bool) -> Decision:
    """Whether a job may take so many `seconds` of a kind at most. `gives`: the member gives machines with this kind."""
    if balance is None:
        return ALLOWED if kind == CORES or gives else _not_granted(kind)
    if not balance.left:
        return Refused(
            "hours_used_up",
            _("All of it is used: %(what)s. Ask for a change, or hand the job in as a scavenger.")
            % {"what": balance.what},
        )
    return ALLOWED if seconds <= balance.left else _too_long(seconds, balance)


def _not_granted(kind: str) -> Refused:
    message = _(
        "Your organisation has no hours of %(kind)s. Ask for some, or hand the job in as a scavenger."
    )
    return Refused("no_hours_granted", message % {"kind": kind})


def _too_long(seconds: int, balance: Balance) -> Refused:
    message = _(
        "It may take up to %(asked)s hours, and %(left)s are left of %(what)s. Ask for less time or for a change."
    )
    said = {"asked": hours(Decimal(seconds)), "left": hours(balance.left), "what": balance.what}
    return Refused("too_few_hours", message % said)


def hours(seconds: Decimal) -> str:
    """Seconds as hours that people read, to a tenth."""
    return f"{seconds / HOUR:,.1f}"
