"""What else happens when a call moves."""

from typing import Any

from dure.alliance.calls import telling
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change


def publish(change: Change) -> None:
    """Who speaks for a member is told."""
    call: Any = change.obj
    call.published_at = clock.now()
    telling.tell_members(telling.OPENED, call)


def extend(change: Change) -> None:
    """Who is writing a draft is told of the new deadline."""
    call: Any = change.obj
    call.closes_at = change.data["until"]
    telling.tell_leads(telling.EXTENDED, call)


def close(change: Change) -> None:
    """Drafts lapse with it, in the same transaction."""
    call: Any = change.obj
    for draft in call.proposals.filter(state="draft").order_by("pk"):
        workflow.perform(draft, "lapse", by=SYSTEM)
    telling.tell_secretariat(telling.CLOSED, call)


def cancel(change: Change) -> None:
    """Every proposal that is not over ends with it, in the same transaction."""
    call: Any = change.obj
    call.reason = change.data["reason"]
    telling.tell_leads(telling.CANCELLED, call)
    for one in call.proposals.exclude(state__in=("declined", "withdrawn")).order_by("pk"):
        workflow.perform(one, "call_cancelled", by=SYSTEM, data={"reason": call.reason})


def start_decision(change: Change) -> None:
    """All that is in review comes up for discussion; a reason why fewer reviews are enough stays in the trail."""
    call: Any = change.obj
    for one in call.proposals.filter(state="under_review").order_by("pk"):
        workflow.perform(one, "discuss", by=SYSTEM)


def announce(change: Change) -> None:
    """Every verdict becomes a state at once, and everybody is told at once."""
    call: Any = change.obj
    call.announced_at = clock.now()
    for one in call.proposals.filter(state="discussion").order_by("pk"):
        workflow.perform(one, one.verdict, by=SYSTEM, data={"message": one.message})


def archive(change: Change) -> None:
    """Nobody waits for money any more."""
    call: Any = change.obj
    for one in call.proposals.filter(state="waitlisted").order_by("pk"):
        workflow.perform(one, "decline", by=SYSTEM, data={"archived": True})
