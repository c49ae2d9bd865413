"""What else happens when an appeal against a round moves. The row is locked by `workflow.perform`."""

from typing import Any

from dure.foundation import clock
from dure.foundation.workflow import Change
from dure.talent.rounds import telling


def take(change: Change) -> None:
    change.obj.reviewer_id = change.by.pk


def uphold(change: Change) -> None:
    """`answer` is why, as those concerned read it."""
    _answer(change, str(change.data.get("answer", "")))
    telling.tell_appealed(change.obj)


def dismiss(change: Change) -> None:
    _answer(change, str(change.data.get("reason", "")))
    telling.tell_appealed(change.obj)


def fail(change: Change) -> None:
    """Back to who looks at it; why stands at the correction."""
    telling.tell_reviewer(change.obj)


def _answer(change: Change, words: str) -> None:
    made: Any = change.obj
    made.answer, made.decided_at = words.strip(), clock.now()
