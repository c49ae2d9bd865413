"""What waits for a person in workrooms: one query over all kinds of parts."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.foundation import prepared
from dure.foundation.notices import Todo
from dure.people import api as people
from dure.problems.models import Decision, Defect, Deliverable, Milestone, Problem, Solver, Workroom
from dure.problems.models.workroom import Due

MOST: Final = 30
KINDS: Final[dict[str, type[Due]]] = {
    "workroom": Workroom,
    "milestone": Milestone,
    "deliverable": Deliverable,
    "defect": Defect,
    "decision": Decision,
}


def todos(person: Any) -> Iterable[Todo]:
    """Everything in running rooms that waits for this person's side, by the tags of its state; the soonest due first."""
    if not person.is_authenticated:
        return []
    return [_todo(row) for row in prepared.rows("problems.todos.workrooms", _all, person)]


def _all(person: Any) -> "QuerySet[Any, Any]":
    parts = [_rows(person, kind, model) for kind, model in KINDS.items()]
    return parts[0].union(*parts[1:], all=True).order_by("due")[:MOST]


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
    rows: QuerySet[Any, Any] = (
        model.objects.filter(waits, **{f"{room}state__in": running})
        .order_by()
        .values_list(Value(kind), F("state"), title, F(f"{room}uid"), F("due_on"), named=False)
        .annotate(due=F("due_on"))
    )
    return rows


def _sides(person: Any, room: str) -> tuple[Q, Q]:
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    mine = Problem.objects.filter(
        Q(owner_id=person.pk) | Q(organisation_id__in=represented.values("organisation_id"))
    )
    solving = Solver.objects.filter(person_id=person.pk, left_at=None).values("workroom_id")
    return Q(**{f"{room}problem__in": mine.order_by().values("pk")}), Q(**{f"{room}pk__in": solving})


def _todo(row: tuple[Any, ...]) -> Todo:
    kind, state, title, uid, due_on, *_rest = row
    model = KINDS[kind]
    why = f"{model.workflow.label}: {model.workflow.by_name[state].label}"
    return Todo(title=title or _("Untitled"), url=f"/workrooms/{uid}", why=why, due=end_of(due_on))


def end_of(day: date | None) -> datetime | None:
    """The last minute of a day where the platform is."""
    if day is None:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())
