"""What waits for a person because of topics: new ones to sort."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Topic
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="topic_sort",
            rows=_proposed,
            title=_("Put a topic on an agenda, merge, park or reject it: “%(name)s”"),
            why=_("It was proposed and nobody has sorted it yet."),
            url="/topics/%(ref)s",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
    )
    declare(
        Waiting(
            kind="topic_decide",
            rows=_decided,
            title=_("Adopt a topic, return it or reject it: “%(name)s”"),
            why=_("It was voted on."),
            url="/topics/%(ref)s",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
    )


def _decided(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Topic.objects.filter(mine, state="decided")


def _proposed(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Topic.objects.filter(mine, state="proposed")
