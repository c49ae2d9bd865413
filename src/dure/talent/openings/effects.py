"""What else happens when an opening moves."""

from dure.foundation import clock
from dure.foundation.workflow import Change
from dure.talent.openings import telling


def open_it(change: Change) -> None:
    change.obj.opened_at = clock.now()


def run_out(change: Change) -> None:
    telling.tell_managers(telling.RAN_OUT, change.obj)


def stop(change: Change) -> None:
    telling.tell_managers(telling.STOPPED, change.obj)


def withdraw(change: Change) -> None:
    change.obj.reason = str(change.data["reason"]).strip()
    telling.tell_managers(telling.WITHDRAWN, change.obj, but=change.by.pk)
