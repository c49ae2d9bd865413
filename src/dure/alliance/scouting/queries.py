"""Reads of the scouting list for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, QuerySet

from dure.alliance.models import Field, ScoutedStartup, ScoutingMeeting
from dure.alliance.scouting import visibility
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; nonsense narrows nothing."""

    words: str = ""
    country: str = ""
    field: str = ""
    group: str = ""


def listed(person: Any, asked: Asked) -> QuerySet[ScoutedStartup]:
    """Startups that this person may know of, the newest first, each with the meetings that the person may read."""
    rows = ScoutedStartup.objects.visible_to(person).select_related("organisation")
    if part := asked.words.strip():
        rows = rows.filter(
            Q(name_ko__icontains=part) | Q(name_en__icontains=part) | Q(region__icontains=part)
        )
    if asked.country in people.COUNTRIES:
        rows = rows.filter(country=asked.country)
    if asked.field in Field.values:
        rows = rows.filter(fields__contains=[asked.field])
    if asked.group in ("open", "running", "done"):
        rows = rows.filter(state__in=ScoutedStartup.workflow.tagged(asked.group))
    read = Q(meetings__in=ScoutingMeeting.objects.visible_to(person).order_by().values("pk"))
    found = rows.annotate(
        met=Count("meetings", filter=read, distinct=True), met_last=Max("meetings__met_on", filter=read)
    )
    return found.order_by("-pk")


def countries(person: Any) -> list[tuple[str, str]]:
    """Those in the list, in the reader's language. One query."""
    rows = ScoutedStartup.objects.visible_to(person).order_by().values_list("country", flat=True)
    return sorted(((code, people.country_name(code)) for code in rows.distinct()), key=lambda row: row[1])


def meetings_of(person: Any, startup: ScoutedStartup) -> QuerySet[ScoutingMeeting]:
    """Those that this person may read, the newest first; only `is_own` ones show whom it was that was met."""
    rows = ScoutingMeeting.objects.visible_to(person).filter(startup=startup)
    own = ExpressionWrapper(visibility.own_q(person), BooleanField())
    named = rows.select_related("by", "organisation").prefetch_related("attended")
    return named.annotate(is_own=own).order_by("-met_on", "-pk")
