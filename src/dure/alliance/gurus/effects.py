"""What else happens when a guru's term moves."""

from typing import Any

from dure.alliance.gurus import telling
from dure.foundation.workflow import Change


def answer(change: Change) -> None:
    telling.tell_secretariat(telling.ANSWERED, change.obj)


def end_early(change: Change) -> None:
    """Whoever did not do it is told: the person, or the secretariat."""
    term: Any = change.obj
    term.reason = change.data["reason"]
    if change.by.pk == term.person_id:
        telling.tell_secretariat(telling.ENDED, term)
    else:
        telling.tell_person(telling.ENDED, term)


def withdraw(change: Change) -> None:
    term: Any = change.obj
    term.reason = change.data["reason"]
    telling.tell_person(telling.WITHDRAWN, term)
