"""Workrooms for pages and REST: a room with all its parts in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.problems.models import (
    Challenge,
    Decision,
    Defect,
    Deliverable,
    Message,
    Milestone,
    Solver,
    Workroom,
    WorkroomFile,
)
from dure.problems.models.workroom import Due

MESSAGES_SHOWN: Final = 200
STEPS: Final = (
    (gettext_lazy("Plan"), gettext_lazy("The solvers propose it, the owner agrees")),
    (gettext_lazy("Work"), gettext_lazy("Milestones with days")),
    (gettext_lazy("Handover"), gettext_lazy("The owner runs it; acceptance or defects")),
    (gettext_lazy("Pilot"), gettext_lazy("Tried out in earnest")),
    (gettext_lazy("In use"), gettext_lazy("Months later: did it pay?")),
)
ACCEPTED: Final = ("accepted", "pilot", "watching", "asked", "closed")
"""States of a room whose solution the owner has accepted."""
PLACE_OF: Final = {
    "planning": 1,
    "proposed": 1,
    "working": 2,
    "accepted": 3,
    "pilot": 4,
    "watching": 5,
    "asked": 5,
    "closed": 6,
}


@dataclass(frozen=True, slots=True)
class Inside:
    """Everything in a room; the parts know their room without asking again."""

    milestones: list[Milestone]
    versions: list[Deliverable]
    defects: list[Defect]
    decisions: list[Decision]
    files: list[WorkroomFile]
    solvers: list[Solver]
    messages: list[Message]


def inside(room: Workroom) -> Inside:
    """The parts of a room; seven queries however many there are. The rules then know the solvers without asking again."""
    solvers = list(room.solvers.filter(left_at=None).select_related("person"))
    prefetch_related_objects([room], "milestones")
    room.__dict__["_solver_ids"] = {solver.person_id for solver in solvers}
    said = Message.objects.filter(workroom=room, hidden_at=None).select_related("author").order_by("-id")
    return Inside(
        milestones=_of(room, room.milestones.all()),
        versions=_of(room, room.deliverables.all()),
        defects=_of(room, room.defects.select_related("deliverable")),
        decisions=_of(room, room.decisions.select_related("proposed_by")),
        files=list(room.files.filter(deliverable=None, removed_at=None).select_related("blob", "added_by")),
        solvers=solvers,
        messages=list(said[:MESSAGES_SHOWN])[::-1],
    )


def _of(room: Workroom, rows: Iterable[Any]) -> list[Any]:
    """Rows that share one room in memory, so that what is known of it is asked once."""
    found = list(rows)
    for row in found:
        row.workroom = room
    return found


def rooms(person: Any) -> "QuerySet[Workroom]":
    """The rooms this person may look into, newest first."""
    seen: QuerySet[Workroom] = Workroom.objects.visible_to(person)
    return seen.select_related("problem__organisation", "team")


def rooms_with_solvers(person: Any) -> "QuerySet[Workroom]":
    """The same for whoever asks what can be done in each: the rules then know the solvers of all of them."""
    return rooms(person).prefetch_related("solvers")


def rooms_of_challenge(person: Any, challenge: Challenge) -> "QuerySet[Workroom]":
    """The rooms with teams of a challenge that this person may look into, oldest first; with their solvers."""
    return rooms_with_solvers(person).filter(team__challenge=challenge).order_by("id")


def place_of(room: Workroom) -> int:
    """Which of STEPS a room is at, from 1; past the last when closed; 0 when given up."""
    at = PLACE_OF.get(room.state, 0)
    handed = at == 2 and room.deliverables.filter(state__in=("delivered", "tried", "returned")).exists()
    return 3 if handed else at


def who_sees(room: Workroom) -> list[str]:
    organisation = room.problem.organisation.name if room.problem.organisation else ""
    return [
        _("The need's owner and the representatives of %(organisation)s.") % {"organisation": organisation},
        _("The solvers listed here, the curator, the secretariat and the auditor."),
        _("Nobody else; for all others this room does not exist."),
    ]


def is_overdue(part: Due, today: Any) -> bool:
    waits = any(tag.startswith("waiting_on:") for tag in part.state_tags)
    return bool(part.due_on and part.due_on < today and waits)
