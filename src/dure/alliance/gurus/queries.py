"""Reads of gurus for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import QuerySet

from dure.alliance.models import Field, GuruTerm


def listed(person: Any, *, field: str = "", group: str = "running") -> QuerySet[GuruTerm]:
    """Terms that this person may read, by name; `group` is a tag of states, `field` leaves the experts in it."""
    rows = GuruTerm.objects.visible_to(person).select_related("person")
    if group in ("open", "running", "done"):
        rows = rows.filter(state__in=GuruTerm.workflow.tagged(group))
    if field in Field.values:
        rows = rows.filter(fields__contains=[field])
    return rows.order_by("person__name_ko", "person__name_en", "pk")
