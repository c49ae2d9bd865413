"""What else happens when a quarter is closed. The row is locked by `workflow.perform`."""

from dure.foundation import clock
from dure.foundation.workflow import Change


def close(change: Change) -> None:
    change.obj.closed_at = clock.now()
