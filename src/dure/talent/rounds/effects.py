"""What else happens when a round moves. The row is locked by `workflow.perform`."""

from typing import Any, Final

from dure.foundation import clock, events, files
from dure.foundation.workflow import Change
from dure.talent.events import RoundDecided
from dure.talent.rounds import telling

MOVED: Final = "moved"
"""Beside why a round could not be closed: its deadline was moved since. If it cannot be closed again, that is told again."""


def open_round(change: Change) -> None:
    change.obj.opened_at = clock.now()
    telling.tell_keepers(telling.COMMIT, change.obj)


def move_deadline(change: Change) -> None:
    found: Any = change.obj
    found.rank_until, found.reason = change.data["rank_until"], _reason(change)
    found.stuck = found.stuck and [*found.stuck, [MOVED, ""]]
    telling.tell_applicants(telling.MOVED, found)


def freeze(change: Change) -> None:
    """Write the inputs down as they are now; from here on only their hash counts. Who named no secret in time keeps none."""
    from dure.talent.rounds import gathering  # noqa: PLC0415 - models need the tables that name this function

    found: Any = change.obj
    frozen = gathering.frozen(found)
    found.inputs = files.put_bytes(frozen.content, limit=len(frozen.content))
    found.inputs_sha256, found.closed_at, found.stuck = frozen.sha256, clock.now(), []
    found.commitments.filter(commitment="").delete()
    telling.tell_keepers(telling.REVEAL, found)


def tell_managers(change: Change) -> None:
    telling.tell_managers(telling.SOLVED, change.obj)


def set_aside(change: Change) -> None:
    """The result counts no more: people decide every place."""
    change.obj.reason, change.obj.is_by_hand = _reason(change), True


def cancel(change: Change) -> None:
    change.obj.reason = _reason(change)
    telling.tell_applicants(telling.CANCELLED, change.obj)


def confirm_all(change: Change) -> None:
    """Who was not decided otherwise gets what the result says; by hand, nothing."""
    from dure.talent.rounds import deciding  # noqa: PLC0415 - models need the tables that name this function

    deciding.confirm_rest(change.obj, by=change.by)
    events.record(RoundDecided(placement_round=str(change.obj.uid)))
    telling.tell_applicants(telling.DECIDED, change.obj)


def _reason(change: Change) -> str:
    return str(change.data.get("reason", "")).strip()
