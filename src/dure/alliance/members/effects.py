"""What else happens when an application or a membership moves."""

from typing import Any

from dure.alliance.members import telling
from dure.foundation import clock
from dure.foundation.workflow import Change
from dure.people import api as people


def ask(change: Change) -> None:
    _note(change, "question")
    telling.tell_side(telling.ASKED, change.obj)


def answer(change: Change) -> None:
    _note(change, "answer")
    telling.tell_secretariat(telling.ANSWERED, change.obj)


def accept(change: Change) -> None:
    """It is a member from the day that was said, at the level that was given."""
    from dure.alliance.models import Member  # noqa: PLC0415 - the tables name these effects

    joining: Any = change.obj
    joining.level = change.data["level"]
    joining.agreement = change.data.get("agreement") or joining.agreement
    _note(change, "reason")
    since = change.data["since"]
    Member.objects.create(
        organisation=joining.organisation, level=joining.level, joining=joining, since=since
    )
    people.join_alliance(joining.organisation, by=change.by, on=since)
    telling.tell_side(telling.ACCEPTED, joining)


def refuse(change: Change) -> None:
    _note(change, "reason")
    telling.tell_side(telling.REFUSED, change.obj)


def withdraw(change: Change) -> None:
    telling.tell_secretariat(telling.WITHDRAWN, change.obj)


def change_level(change: Change) -> None:
    member: Any = change.obj
    member.level, member.reason = change.data["level"], change.data["reason"]
    telling.tell_side(telling.LEVEL, member)


def suspend(change: Change) -> None:
    member: Any = change.obj
    member.reason = change.data["reason"]
    people.suspend_in_alliance(member.organisation, by=change.by)
    telling.tell_side(telling.SUSPENDED, member)


def resume(change: Change) -> None:
    member: Any = change.obj
    member.reason = ""
    people.resume_in_alliance(member.organisation, by=change.by)
    telling.tell_side(telling.RESUMED, member)


def leave(change: Change) -> None:
    _end(change)
    telling.tell_secretariat(telling.LEFT, change.obj)


def end(change: Change) -> None:
    _end(change)
    telling.tell_side(telling.ENDED, change.obj)


def _end(change: Change) -> None:
    """Its agreements go on: each is left by itself."""
    member: Any = change.obj
    member.reason, member.until = change.data["reason"], max(clock.today(), member.since)
    people.leave_alliance(member.organisation, by=change.by)


def _note(change: Change, kind: str) -> None:
    joining: Any = change.obj
    joining.notes.create(kind=kind, body=change.data["reason"], by_id=change.by.pk)
