"""What else changes with a transition, inside its transaction. Each effect gets the locked object."""

from django.db.models import Max

from dure.foundation import clock
from dure.foundation.workflow import Change


def number_problem(change: Change) -> None:
    problem = change.obj
    if problem.number is None:
        highest = type(problem).objects.aggregate(top=Max("number"))["top"]
        problem.number = (highest or 0) + 1
    problem.posted_at = clock.now()


def ask_owner(change: Change) -> None:
    change.obj.messages.create(channel="triage", body=change.data["message"], author_id=change.by.pk)


def answer_secretariat(change: Change) -> None:
    change.obj.messages.create(channel="triage", body=change.data["message"], author_id=change.by.pk)


def set_route(change: Change) -> None:
    change.obj.route = change.data["route"]
    change.obj.curator = change.data["curator"]


def keep_reason(change: Change) -> None:
    change.obj.reason = change.data["reason"]


def keep_challenge_reason(change: Change) -> None:
    change.obj.problem.reason = change.data["reason"]
    change.obj.problem.save(update_fields=["reason"])


def merge_into(change: Change) -> None:
    change.obj.merged_into = change.data["into"]


def mark_solved(change: Change) -> None:
    change.obj.solved_at = clock.now()


def open_challenge(change: Change) -> None:
    change.obj.opened_at = clock.now()


def close_challenge(change: Change) -> None:
    change.obj.closed_at = clock.now()


def finish_challenge(change: Change) -> None:
    """Finishing writes nothing more: the winners were settled before (actions/winners.py)."""
