"""What else happens when a round moves. The row is locked by `workflow.perform`."""

from typing import Any

from dure.foundation import clock, events, files
from dure.foundation.workflow import Change
from dure.talent.events import RoundDecided
from dure.talent.rounds import telling


def open_round(change: Change) -> None:
    change.obj.opened_at = clock.now()
    telling.tell_keepers(telling.COMMIT, change.obj)


def move_deadline(change: Change) -> None:
    found: Any = change.obj
    found.rank_until, found.reason = change.data["rank_until"], _reason(change)
    telling.tell_applicants(telling.MOVED, found)


def freeze(change: Change) -> None:
    """Write the inputs down as they are now; from here on only their hash counts. Who named no secret in time keeps none."""
    from dure.talent.rounds import gathering  # noqa: PLC0415 - models need the tables that name this function

    found: Any = change.obj
    frozen = gathering.frozen(found)
    found.inputs = files.put_bytes(frozen.content, limit=len(frozen.content))
    found.inputs_sha256, found.closed_at = frozen.sha256, clock.now()
    found.commitments.filter(commitment="").delete()
    telling.tell_keepers(telling.REVEAL, found)


def tell_managers(change: Change) -> None:
    telling.tell_managers(telling.SOLVED, change.obj)


def keep_reason(change: Change) -> None:
    change.obj.reason = _reason(change)


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
