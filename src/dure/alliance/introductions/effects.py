"""What else happens when an introduction moves."""

from typing import Any

from dure.alliance.incubation import telling
from dure.foundation import clock
from dure.foundation.workflow import Change


def tried(change: Change) -> None:
    one: Any = change.obj
    one.poc_on = clock.today()
    telling.tell_all(telling.MOVED, one.case)


def signed(change: Change) -> None:
    one: Any = change.obj
    one.contract_on = clock.today()
    telling.tell_all(telling.MOVED, one.case)


def nothing(change: Change) -> None:
    one: Any = change.obj
    one.reason = change.data["reason"]
