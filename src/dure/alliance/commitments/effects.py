"""What else happens when a commitment moves."""

from typing import Any

from dure.alliance.commitments import telling
from dure.foundation.workflow import Change


def confirm(change: Change) -> None:
    telling.tell_beneficiary(telling.CONFIRMED, change.obj)


def cancel(change: Change) -> None:
    commitment: Any = change.obj
    commitment.reason = change.data["reason"]
    telling.tell_beneficiary(telling.CANCELLED, commitment)


def fulfil(change: Change) -> None:
    telling.tell_both(telling.FULFILLED, change.obj)


def fall_short(change: Change) -> None:
    telling.tell_both(telling.SHORT, change.obj)


def carry_over(change: Change) -> None:
    """The same promise, with a later last day; what was delivered counts on."""
    commitment: Any = change.obj
    commitment.ends_on = change.data["ends_on"]
    commitment.reason = change.data.get("reason", "")
    telling.tell_both(telling.CARRIED, commitment)


def settle(change: Change) -> None:
    commitment: Any = change.obj
    commitment.reason = change.data["reason"]
    telling.tell_both(telling.SETTLED, commitment)
