"""Reads of roundtables for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import Q, QuerySet

from dure.alliance.models import AgendaItem, Roundtable, Topic


def listed(person: Any, *, group: str = "") -> QuerySet[Roundtable]:
    """Roundtables that this person may read, the latest first; `group` is a tag of states."""
    rows = Roundtable.objects.visible_to(person)
    if group in ("open", "running", "done"):
        rows = rows.filter(state__in=Roundtable.workflow.tagged(group))
    return rows.order_by("-starts_at", "-pk")


def agenda(person: Any, roundtable: Roundtable) -> list[AgendaItem]:
    """Its points in their order, without topics that this person may not read."""
    seen = Q(topic=None) | Q(topic__in=Topic.objects.visible_to(person))
    return list(roundtable.items.filter(seen).select_related("topic").order_by("position", "pk"))


def of_topic(person: Any, topic: Topic) -> list[Roundtable]:
    """Roundtables on whose agenda it stands or stood, as far as this person may read them."""
    rows = Roundtable.objects.visible_to(person).filter(items__topic=topic)
    return list(rows.order_by("-starts_at", "-pk")[:10])


def guests(roundtable: Roundtable) -> Any:
    """Who is invited, by name."""
    return roundtable.guests.select_related("person").order_by("person__name_ko", "person__name_en", "pk")


def tasks(roundtable: Roundtable) -> Any:
    """What is to be done, the soonest first."""
    return roundtable.tasks.select_related("owner").order_by("due_on", "pk")
