"""Figures of a year that members bring: how many there are, and how many came."""

from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.foundation import clock
from dure.people import api as people

OF_MEMBER: Final[dict[str, Any]] = {
    "day": F("joined_on"),
    "organisation": F("pk"),
    "field": F("kind"),
    "fields": dict(people.Organisation.Kind.choices),
    "seen": table.everybody,
    "title_ko": F("name_ko"),
    "title_en": F("name_en"),
    "ref": F("slug"),
    "url": "/members/%s",
}


def register() -> None:
    """Called once when the app is ready."""
    table.declare(
        Figure(
            code="members",
            order=60,
            label=_("Members"),
            definition=_(
                "Organisations that were members on the last day of the year, or today while the year is not "
                "over. The field is the type of "
                "organisation."
            ),
            rows=_on_the_last_day,
            **OF_MEMBER,
        )
    )
    table.declare(
        Figure(
            code="members_new",
            order=61,
            label=_("New members"),
            definition=_(
                "Organisations whose membership began in the year. The field is the type of organisation."
            ),
            rows=lambda first, last: people.Organisation.objects.filter(joined_on__range=(first, last)),
            **OF_MEMBER,
        )
    )


def _on_the_last_day(_first: date, last: date) -> "QuerySet[people.Organisation]":
    day = min(last, clock.today())
    stays = Q(left_on=None) | Q(left_on__gt=day)
    return people.Organisation.objects.filter(stays, joined_on__lte=day)
