"""What else happens when a quarter is closed or a receipt confirmed. The row is locked by `workflow.perform`."""

from dure.alliance.ledger import telling
from dure.foundation import clock
from dure.foundation.workflow import Change


def close(change: Change) -> None:
    change.obj.closed_at = clock.now()


def confirm(change: Change) -> None:
    """Now it stands in the ledger. Raises Denied, also when its quarter was closed a moment ago."""
    from dure.alliance.ledger import receipts  # noqa: PLC0415 - the models name this module

    receipts.post(change.obj, by=change.by)
    if change.by.pk != change.obj.entered_by_id:
        telling.tell_giver(telling.CONFIRMED, change.obj)


def decline(change: Change) -> None:
    change.obj.reason = change.data["reason"]
    telling.tell_giver(telling.DECLINED, change.obj)
