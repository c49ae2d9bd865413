"""What else changes with a transition, inside its transaction. Each effect gets the locked object."""

from dure.foundation import clock
from dure.foundation.workflow import Change


def keep_challenge_reason(change: Change) -> None:
    change.obj.problem.reason = change.data["reason"]
    change.obj.problem.save(update_fields=["reason"])


def open_challenge(change: Change) -> None:
    change.obj.opened_at = clock.now()


def close_challenge(change: Change) -> None:
    change.obj.closed_at = clock.now()


def finish_challenge(change: Change) -> None:
    """Finishing writes nothing more: the winners were settled before (actions/winners.py)."""
