"""Reads of topics for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import Count, QuerySet

from dure.alliance.models import Field, Topic, TopicMessage


def listed(person: Any, *, group: str = "", field: str = "", followed: bool = False) -> QuerySet[Topic]:
    """Topics that this person may read, the newest first, each with the number of its followers."""
    rows = Topic.objects.visible_to(person).select_related("organisation", "proposed_by")
    if group in ("open", "running", "done"):
        rows = rows.filter(state__in=Topic.workflow.tagged(group))
    if field in Field.values:
        rows = rows.filter(field=field)
    if followed:
        rows = rows.filter(pk__in=Topic.objects.filter(followers__person_id=person.pk).values("pk"))
    return rows.annotate(follower_count=Count("followers")).order_by("-pk")


def messages_of(topic: Topic) -> QuerySet[TopicMessage]:
    """The newest first."""
    return topic.messages.select_related("by").order_by("-pk")


def merged_into(person: Any, topic: Topic) -> list[Topic]:
    """What was merged into it, as far as this person may read it."""
    return list(Topic.objects.visible_to(person).filter(merged_into=topic).order_by("pk"))
