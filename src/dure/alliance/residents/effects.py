"""What else happens when somebody comes to a joint lab or leaves it."""

from typing import Any

from dure.alliance.residents import telling
from dure.foundation import clock
from dure.foundation.workflow import Change


def welcome(change: Change) -> None:
    """The person is told, and can book rooms from now on."""
    telling.tell_one(telling.WELCOME, change.obj, but=change.by)


def clear(change: Change) -> None:
    """The desk that was kept is free."""
    change.obj.desk = None


def leave(change: Change) -> None:
    """The desk is free, what was booked for later is given back, and who looks after the lab takes the rest back."""
    resident: Any = change.obj
    today = clock.today()
    if resident.until is None or resident.until > today:
        resident.until = max(today, resident.since)
    resident.desk = None
    from dure.alliance.residents.booking import give_back  # noqa: PLC0415 - the models name the table that names this module

    if resident.person_id is not None:
        give_back(resident.lab_id, resident.person_id)
    telling.tell_one(telling.LEAVES, resident, but=change.by)
    telling.tell_keepers(telling.TAKE_BACK, resident, but=change.by)
