"""What waits for a person in needs; one query however many there are."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dure.foundation import prepared
from dure.foundation.access import Role, has_role
from dure.foundation.notices import Todo
from dure.people import api as people
from dure.problems import workflows
from dure.problems.models import Problem

MOST: Final = 30
FIELDS: Final = ("uid", "state", "original", "title_ko", "title_en")


def todos(person: Any) -> Iterable[Todo]:
    """Needs that wait for this person as owner, curator or secretariat, by the tags of their states."""
    if not person.is_authenticated:
        return []
    found = prepared.rows("problems.todos.needs", _rows, person)
    return [_todo(Problem(**dict(zip(FIELDS, row, strict=True)))) for row in found]


def _rows(person: Any) -> "QuerySet[Any, Any]":
    return Problem.objects.filter(_waits_for(person)).order_by("state_since").values_list(*FIELDS)[:MOST]


def _waits_for(person: Any) -> Q:
    tagged = workflows.PROBLEM.tagged
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    owns = Q(owner_id=person.pk) | Q(organisation_id__in=represented.values("organisation_id")) & ~Q(
        state="draft"
    )
    waits = owns & Q(state__in=tagged("waiting_on:owner"))
    waits |= Q(curator_id=person.pk, state__in=tagged("waiting_on:curator"))
    if has_role(person, Role.SECRETARIAT):
        waits |= Q(state__in=tagged("waiting_on:secretariat"))
    return waits


def _todo(problem: Problem) -> Todo:
    why = {
        "draft": _("Your draft: finish it and post it."),
        "questions": _("The secretariat has a question."),
        "posted": _("A need to triage."),
        "accepted": _("An accepted need to open."),
        "delivered": _("A solution to try out."),
    }.get(problem.state, problem.state_label)
    return Todo(title=_title(problem), url=f"/problems/{problem.uid}", why=why)


def _title(problem: Problem) -> str:
    title = problem.title_ko if problem.original == "ko" else problem.title_en
    return title or problem.title_ko or problem.title_en or _("Untitled")
