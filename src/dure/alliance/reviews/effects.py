"""What else happens when a review moves."""

from typing import Any

from dure.alliance.reviews import rules, telling
from dure.foundation import clock
from dure.foundation.workflow import Change


def accept(change: Change) -> None:
    """When they said that nothing keeps them from it."""
    review: Any = change.obj
    review.declared_at = clock.now()


def submit(change: Change) -> None:
    review: Any = change.obj
    review.submitted_at = clock.now()


def decline(change: Change) -> None:
    review: Any = change.obj
    review.reason = change.data["reason"]
    telling.tell_secretariat(telling.LOST, review)


def recuse(change: Change) -> None:
    """The tie stays declared, so that nobody assigns them again; the proposal is hidden from them."""
    review: Any = change.obj
    review.reason = change.data["reason"]
    review.reviewer.ties.create(proposal=review.proposal, note=change.data["reason"][:300])
    review.proposal.conflicts.create(
        reviewer=review.reviewer, kind="declared", code="conflict_declared_proposal"
    )
    telling.tell_secretariat(telling.LOST, review)


def remind(change: Change) -> None:
    """The nearest of the days is remembered, so that nobody is told of it twice."""
    review: Any = change.obj
    review.reminded_days = rules.reminder(review)
    telling.tell_reviewer(telling.REMINDER, review)


def lapse(change: Change) -> None:
    review: Any = change.obj
    telling.tell_reviewer(telling.LAPSED, review)
    telling.tell_secretariat(telling.LOST, review)


def cancel(change: Change) -> None:
    """Somebody else does it, or the proposal is over."""
    review: Any = change.obj
    telling.tell_reviewer(telling.TAKEN_BACK, review)
