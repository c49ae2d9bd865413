"""What else changes when a need moves on, inside its transaction. Each effect gets the locked object."""

from typing import Any

from django.db.models import Max

from dure.foundation import clock, events
from dure.foundation.workflow import Change
from dure.problems import index_needs as index
from dure.problems import notices_needs as say
from dure.problems.events import NeedAccepted, NeedPosted, NeedSolved, NeedUnsolved


def number_problem(change: Change) -> None:
    """The number people read is given once, when a need leaves its drawer."""
    problem = change.obj
    if problem.number is None:
        highest = type(problem).objects.aggregate(top=Max("number"))["top"]
        problem.number = (highest or 0) + 1
    problem.posted_at = clock.now()
    index.index_problem(problem)
    events.record(NeedPosted(str(problem.uid), _organisation(problem), str(problem.owner.uid)))
    say.tell_secretariat(say.POSTED, problem, by=change.by)


def _organisation(problem: Any) -> str:
    return str(problem.organisation.uid) if problem.organisation else ""


def ask_owner(change: Change) -> None:
    _write(change)
    say.tell_owners(say.ASKED, change.obj, by=change.by)


def answer_secretariat(change: Change) -> None:
    _write(change)
    say.tell_secretariat(say.ANSWERED, change.obj, by=change.by)


def _write(change: Change) -> None:
    body = change.data["message"].strip()
    change.obj.messages.create(channel="triage", body=body, author_id=change.by.pk)


def set_route(change: Change) -> None:
    """Route and curator; from now on the chosen audience sees it."""
    problem, data = change.obj, change.data
    problem.route, problem.curator = data["route"], data["curator"]
    if data.get("audience"):
        problem.audience = data["audience"]
        problem.circle = data.get("circle") if data["audience"] == "circle" else None
    index.index_problem(problem)
    curator = str(problem.curator.uid)
    events.record(NeedAccepted(str(problem.uid), _organisation(problem), problem.route, curator))
    say.tell_owners(say.ACCEPTED, problem, by=change.by)
    say.tell([problem.curator], say.CURATING, problem, by=change.by)


def keep_reason(change: Change) -> None:
    change.obj.reason = change.data["reason"].strip()


def decline(change: Change) -> None:
    keep_reason(change)
    say.tell_owners(say.DECLINED, change.obj, by=change.by)


def merge_into(change: Change) -> None:
    """The owner is not told into which need: it may be a rival's, and not for them to see."""
    change.obj.merged_into = change.data["into"]
    say.tell_owners(say.MERGED, change.obj, by=change.by)


def withdraw(change: Change) -> None:
    """A draft nobody saw goes quietly."""
    if change.obj.posted_at:
        say.tell_secretariat(say.WITHDRAWN, change.obj, by=change.by)


def deliver(change: Change) -> None:
    say.tell_owners(say.DELIVERED, change.obj, by=change.by)


def send_back(change: Change) -> None:
    keep_reason(change)
    say.tell_secretariat(say.RETURNED, change.obj, by=change.by)


def mark_solved(change: Change) -> None:
    change.obj.solved_at = clock.now()
    events.record(NeedSolved(str(change.obj.uid), _organisation(change.obj)))
    say.tell_secretariat(say.SOLVED, change.obj, by=change.by)


def give_up(change: Change) -> None:
    keep_reason(change)
    events.record(NeedUnsolved(str(change.obj.uid), _organisation(change.obj)))
    say.tell_owners(say.UNSOLVED, change.obj, by=change.by)
