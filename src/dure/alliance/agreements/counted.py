"""The figure of a year that agreements bring: those in force."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.visibility import AGREED
from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.models import Agreement


def register() -> None:
    """Called once when the app is ready."""
    table.declare(
        Figure(
            code="agreements",
            order=62,
            label=_("Agreements in force"),
            definition=_(
                "Agreements, without their amendments, that were in force on at least one day of the year. "
                "The field is the kind of agreement. "
                "They have several parties, so that region and size are not told apart."
            ),
            rows=_in_force,
            day=F("effective_from"),
            field=F("kind"),
            fields=dict(Agreement.Kind.choices),
            seen=_titled,
            title_ko=F("title_ko"),
            title_en=F("title_en"),
            ref=F("uid"),
            url="/agreements/%s",
        )
    )


def _in_force(first: date, last: date) -> "QuerySet[Agreement]":
    """An agreement that was ended early counts until its last day was to be, if not until it was ended."""
    agreed = Agreement.objects.filter(amends=None, state__in=AGREED, effective_from__lte=last)
    agreed = agreed.filter(Q(effective_to=None) | Q(effective_to__gte=first))
    return agreed.exclude(state__in=("superseded", "terminated"), state_since__date__lt=first)


def _titled(person: Any, rows: Any) -> "QuerySet[Agreement]":
    found: QuerySet[Agreement] = rows.titled_to(person)
    return found
