"""What waits for a person because of shared capacity: one query over what is offered, asked for and about to end."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.farm.models import Allocation, AllocationChange, Contribution
from dure.foundation import prepared
from dure.foundation.access import Role, has_role
from dure.foundation.notices import Todo
from dure.people import api as people

MOST: Final = 30


def todos(person: Any) -> Iterable[Todo]:
    """For the secretariat what is offered and asked for; for a member its drafts, and hours that end soon.

    Who has left the member has nothing to do with either any more.
    """
    if not person.is_authenticated:
        return []
    return [_todo(row) for row in prepared.rows("farm.todos.sharing", _rows, person)]


def _rows(person: Any) -> "QuerySet[Any, Any]":
    parts = [
        _of(person, Contribution, "contribution", title="node_name", asker="offered_by_id"),
        _of(person, Allocation, "allocation", title="project", asker="requested_by_id"),
        _of(person, AllocationChange, "allocation_change", through="allocation__", title="project"),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("since")[:MOST]


def _of(
    person: Any, model: Any, entity: str, *, title: str, asker: str = "", through: str = ""
) -> "QuerySet[Any, Any]":
    waits = Q(pk__in=[])
    if has_role(person, Role.SECRETARIAT):
        waits |= Q(state__in=model.workflow.tagged("waiting_on:secretariat"))
    if asker:
        asked = Q(**{asker: person.pk}, organisation_id__in=people.organisations_of(person))
        ours = asked | Q(organisation_id__in=people.represented_organisations(person))
        waits |= ours & Q(state__in=model.workflow.tagged("waiting_on:member"))
    columns = (F("state"), F(f"{through}{title}"), F(f"{through}organisation__name_ko"), F(f"{through}uid"))
    rows: QuerySet[Any, Any] = (
        model.objects.filter(waits)
        .order_by()
        .values_list(Value(entity), *columns, F(f"{through}ends_on"))
        .annotate(since=F("state_since"))
    )
    return rows


def _todo(row: Sequence[Any]) -> Todo:
    entity, state, title, organisation, uid, ends_on, *_since = row
    place = "contributions" if entity == "contribution" else "allocations"
    named = f"{title} · {organisation}" if title else organisation
    due = _end_of(ends_on) if state == "expiring" else None
    return Todo(title=named, url=f"/farm/{place}/{uid}", why=_why(entity, state), due=due)


def _why(entity: str, state: str) -> str:
    return {
        ("contribution", "draft"): _("Your draft: finish it and offer it."),
        ("contribution", "offered"): _("A machine is offered."),
        ("allocation", "requested"): _("Hours are asked for."),
        ("allocation", "expiring"): _("These hours end soon: ask for a renewal if you need one."),
    }.get((entity, state), _("A change of hours is asked for."))


def _end_of(day: Any) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())
