"""What waits for a person in needs: its rows of the one query in `todos`, and what they say."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from dure.foundation.access import Role, has_role
from dure.foundation.notices import Todo
from dure.people import api as people
from dure.problems import workflows
from dure.problems.models import Problem
from dure.problems.todo_rows import Row, shaped

MOST: Final = 30
KIND: Final = "need"


def rows(person: Any) -> "QuerySet[Any, Any]":
    """Needs that wait for this person as owner, curator or secretariat, by the tags of their states, the longest first."""
    own, other = F("title_ko"), F("title_en")
    title = Case(When(original="ko", then=_first(own, other)), default=_first(other, own))
    waiting = Problem.objects.filter(_waits_for(person)).order_by("state_since")
    return shaped(waiting, KIND, key="uid", titles=(title, title))[:MOST]


def _first(own: F, other: F) -> Coalesce:
    return Coalesce(NullIf(own, Value("")), other)


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


def todos_of(found: Iterable[Row]) -> list[Todo]:
    """What these rows say."""
    return [_todo(row.state, row.title_ko, row.key) for row in found if row.kind == KIND]


def _todo(state: str, title: str, uid: str) -> Todo:
    why = {
        "draft": _("Your draft: finish it and post it."),
        "questions": _("The secretariat has a question."),
        "posted": _("A need to triage."),
        "accepted": _("An accepted need to open."),
        "delivered": _("A solution to try out."),
    }.get(state, str(workflows.PROBLEM.by_name[state].label))
    return Todo(title=title or _("Untitled"), url=f"/problems/{uid}", why=why)
