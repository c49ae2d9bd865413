"""What waits for a person because of events: drafts to announce, and lists to close."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Meeting
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="meeting_close",
            rows=_held,
            title=_("Close the list of who was there: “%(name)s”"),
            why=_("It was held. Certificates are given when the list is closed."),
            url="/events/%(ref)s/desk",
            ref=F("uid"),
            title_ko=F("title_ko"),
            title_en=F("title_en"),
        )
    )


def _held(person: Any) -> "QuerySet[Any, Any]":
    """Of its organisers; of the secretariat where nobody is named."""
    mine = Q(pk__in=Meeting.organisers.through.objects.filter(person_id=person.pk).values("meeting_id"))
    if has_role(person, Role.SECRETARIAT):
        named = Meeting.organisers.through.objects.values("meeting_id")
        mine |= ~Q(pk__in=named)
    return Meeting.objects.filter(mine, state="held")
