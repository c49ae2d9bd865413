"""What time does in workrooms: the question whether it paid, and one reminder for each thing that is overdue."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock
from dure.problems import notices_workrooms as tell
from dure.problems.models import Decision, Defect, Deliverable, Milestone, Workroom
from dure.problems.models.workroom import Due

BATCH: Final = 200
PARTS: Final[tuple[type[Due], ...]] = (Workroom, Milestone, Deliverable, Defect, Decision)
TAGS: Final = ("waiting_on:owner", "waiting_on:solvers", "waiting_on:other_side")
WORKING: Final = ("working", "accepted", "pilot")


@on_clock("problems.did_it_pay")
def ask_whether_it_paid(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Ask the owner of each solution in use whose day has come; returns how many were asked."""
    due = Workroom.objects.filter(state="watching", due_on__lte=clock.today()).values_list("pk", flat=True)[
        :BATCH
    ]
    return sum(_ask(pk) for pk in list(due))


@transaction.atomic
def _ask(pk: int) -> bool:
    room = (
        Workroom.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, state="watching")
        .first()
    )
    if room is None:
        return False
    workflow.perform(room, "ask_paid", by=SYSTEM)
    return True


@on_clock("problems.rooms_overdue")
def remind_of_overdue(now: datetime) -> int:
    """Remind the side that something waits for, once per state, when its day has passed; returns how many things."""
    return sum(_remind_all(model, now) for model in PARTS)


@transaction.atomic
def _remind_all(model: Any, now: datetime) -> int:
    waiting = [state for tag in TAGS for state in model.workflow.tagged(tag)]
    unsaid = Q(reminded_at=None) | Q(reminded_at__lt=F("state_since"))
    rows = model.objects.filter(unsaid, state__in=waiting, due_on__lt=clock.today())
    if model is Milestone:
        rows = rows.filter(workroom__state__in=WORKING)
    elif model is not Workroom:
        rows = rows.filter(workroom__state__in=Workroom.workflow.tagged("running"))
    related = "problem__owner" if model is Workroom else "workroom__problem__owner"
    locked = list(rows.select_for_update(skip_locked=True, of=("self",)).select_related(related)[:BATCH])
    for row in locked:
        _remind(row)
    model.objects.filter(pk__in=[row.pk for row in locked]).update(reminded_at=now)
    return len(locked)


def _remind(row: Any) -> None:
    tell.side(row.room, side_waited_on(row), tell.WAITS, part=row)


def side_waited_on(row: Any) -> str:
    """`owner` or `solvers`; of a decision the side that did not propose it."""
    if "waiting_on:other_side" in row.state_tags:
        return "solvers" if row.side == "owner" else "owner"
    return "owner" if "waiting_on:owner" in row.state_tags else "solvers"
