"""What else happens when a startup that is looked at moves."""

from typing import Any

from dure.foundation.workflow import Change


def drop(change: Change) -> None:
    """The reason stands there, for whoever comes upon it next."""
    startup: Any = change.obj
    startup.reason = change.data["reason"]


def reopen(change: Change) -> None:
    startup: Any = change.obj
    startup.reason = ""
