"""What waits for a person in workrooms: its rows of the one query in `todos`, and what they say."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.foundation.notices import Todo
from dure.people import api as people
from dure.problems.models import Decision, Defect, Deliverable, Milestone, Problem, Solver, Workroom
from dure.problems.models.workroom import Due
from dure.problems.todo_rows import Row, shaped

MOST: Final = 30
KINDS: Final[dict[str, type[Due]]] = {
    "workroom": Workroom,
    "milestone": Milestone,
    "deliverable": Deliverable,
    "defect": Defect,
    "decision": Decision,
}


def rows(person: Any) -> "list[QuerySet[Any, Any]]":
    """Everything in running rooms that waits for this person's side."""
    return [_rows(person, kind, model) for kind, model in KINDS.items()]


def todos_of(found: Iterable[Row]) -> list[Todo]:
    """What these rows say, the soonest due first."""
    parts = sorted((row for row in found if row.kind in KINDS), key=lambda row: row.day or date.max)
    return [_todo(row) for row in parts[:MOST]]


def _rows(person: Any, kind: str, model: Any) -> "QuerySet[Any, Any]":
    room = "" if model is Workroom else "workroom__"
    tagged = model.workflow.tagged
    owned, solved = _sides(person, room)
    waits = owned & Q(state__in=tagged("waiting_on:owner")) | solved & Q(
        state__in=tagged("waiting_on:solvers")
    )
    if model is Decision:
        waits = Q(state__in=tagged("waiting_on:other_side")) & (
            owned & Q(side="solvers") | solved & Q(side="owner")
        )
    running = ("working", "accepted", "pilot") if model is Milestone else Workroom.workflow.tagged("running")
    title = F(f"{room}problem__title_ko") if model is Workroom else F("title")
    waiting = model.objects.filter(waits, **{f"{room}state__in": running}).order_by("due_on")
    return shaped(waiting, kind, key=f"{room}uid", titles=(title, title), day=F("due_on"))[:MOST]


def _sides(person: Any, room: str) -> tuple[Q, Q]:
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    mine = Problem.objects.filter(
        Q(owner_id=person.pk) | Q(organisation_id__in=represented.values("organisation_id"))
    )
    solving = Solver.objects.filter(person_id=person.pk, left_at=None).values("workroom_id")
    return Q(**{f"{room}problem__in": mine.order_by().values("pk")}), Q(**{f"{room}pk__in": solving})


def _todo(row: Row) -> Todo:
    model = KINDS[row.kind]
    why = f"{model.workflow.label}: {model.workflow.by_name[row.state].label}"
    return Todo(
        title=row.title_ko or _("Untitled"), url=f"/workrooms/{row.key}", why=why, due=end_of(row.day)
    )


def end_of(day: date | None) -> datetime | None:
    """The last minute of a day where the platform is."""
    if day is None:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())
