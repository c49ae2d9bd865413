"""The ledger's part of the scene in which every transition is walked."""

from typing import Any

from dure.alliance.ledger import periods
from dure.foundation import clock

EXPECTED = {"ledger_period.close": {"secretariat"}}


def parts() -> dict[str, Any]:
    """The quarter of today, which is not over: the walk sees the guard refuse."""
    return {"ledger_period": periods.period_of(clock.now())}
