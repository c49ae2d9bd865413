"""What else happens when a batch, a startup in it or a checkpoint moves."""

from typing import Any

from django.db.models import Max

from dure.alliance.incubation import dates, rules, telling
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change


def extend_call(change: Change) -> None:
    batch: Any = change.obj
    batch.apply_until = change.data["until"]


def cancel(change: Change) -> None:
    """In one transaction: who waits is not taken, and who is inside leaves, each with the reason."""
    batch: Any = change.obj
    batch.reason = change.data["reason"]
    for case in batch.cases.filter(state__in=rules.OPEN_CASES).order_by("pk"):
        workflow.perform(case, "batch_cancelled", by=SYSTEM, data={"reason": batch.reason})


def tell_founder(change: Change) -> None:
    telling.tell_founder(telling.MOVED, change.obj)


def reject(change: Change) -> None:
    case: Any = change.obj
    case.reason, case.ended_on = change.data["reason"], clock.today()
    telling.tell_founder(telling.MOVED, case)


def withdraw(change: Change) -> None:
    case: Any = change.obj
    case.ended_on = clock.today()
    telling.tell_secretariat(telling.WITHDRAWN, case)


def admit(change: Change) -> None:
    """The checkpoints of all its months stand there from the first day on."""
    case: Any = change.obj
    case.admitted_on, case.until = clock.today(), case.batch.ends_on
    _plan(case)
    telling.tell_all(telling.MOVED, case)


def extend(change: Change) -> None:
    case: Any = change.obj
    case.until, case.extended_on = change.data["until"], clock.today()
    case.reason = change.data["reason"]
    _plan(case)
    telling.tell_all(telling.MOVED, case)


def _plan(case: Any) -> None:
    """The months that have no checkpoint yet."""
    last = case.checkpoints.aggregate(last=Max("number"))["last"] or 0
    for number, due in enumerate(dates.checkpoints(case.admitted_on, case.until), start=1):
        if number > last:
            case.checkpoints.create(number=number, due_on=due)


def graduate(change: Change) -> None:
    case: Any = change.obj
    case.outcome, case.outcome_words = change.data["outcome"], change.data["words"]
    _end(case)


def leave(change: Change) -> None:
    case: Any = change.obj
    case.reason = change.data["reason"]
    _end(case)


def _end(case: Any) -> None:
    case.ended_on = clock.today()
    for one in case.checkpoints.filter(state__in=rules.OPEN_CHECKPOINTS).order_by("pk"):
        workflow.perform(one, "drop", by=SYSTEM)
    telling.tell_all(telling.MOVED, case)


def log(change: Change) -> None:
    checkpoint: Any = change.obj
    checkpoint.log, checkpoint.logged_at = change.data["log"], clock.now()
    checkpoint.logged_by_id = change.by.pk
    telling.tell_founder(telling.LOGGED, checkpoint.case)


def remind(change: Change) -> None:
    checkpoint: Any = change.obj
    checkpoint.reminded_at = clock.now()
    telling.tell_walking(telling.SOON, checkpoint)


def late(change: Change) -> None:
    """Late once is late: the flag stays when it is held after all."""
    checkpoint: Any = change.obj
    checkpoint.was_late = True
    telling.tell_walking(telling.LATE, checkpoint)
    telling.tell_secretariat(telling.LATE, checkpoint.case, due=checkpoint.due_on)
