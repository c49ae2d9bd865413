"""What else happens when a chosen team or a seat moves."""

from typing import Any

from dure.foundation import events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change
from dure.talent.events import TeamFormed
from dure.talent.teams import telling


def form(change: Change) -> None:
    """From now on its members and the owner read the names."""
    proposal: Any = change.obj
    members = [seat.person for seat in proposal.seats.filter(state="accepted").select_related("person")]
    events.record(
        TeamFormed(
            proposal=str(proposal.uid),
            problem=str(proposal.problem.uid),
            members=[str(one.uid) for one in members],
        )
    )
    telling.tell_formed(proposal, members)


def fall_through(change: Change) -> None:
    _end(change.obj)
    telling.tell_owner(telling.FELL_THROUGH, change.obj)


def withdraw(change: Change) -> None:
    change.obj.reason = str(change.data.get("reason", "")).strip()
    _end(change.obj)


def decline(change: Change) -> None:
    """The reason is the person's own; nobody has to give one."""
    change.obj.reason = str(change.data.get("reason", "")).strip()


def _end(proposal: Any) -> None:
    """Whoever was asked or had said yes is told that nothing comes of it, and is free for other teams."""
    seats = list(proposal.seats.filter(state__in=("proposed", "accepted")).select_related("person"))
    telling.tell_over(proposal, [seat.person for seat in seats])
    for seat in seats:
        workflow.perform(seat, "release", by=SYSTEM)
