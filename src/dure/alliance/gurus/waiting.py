"""What waits for a person because of gurus: an invitation to answer."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import GuruTerm
from dure.foundation.waiting import Waiting, declare


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="guru_accept",
            rows=_invited,
            title=_("%(name)s: accept or decline to be a guru"),
            why=_("The secretariat invites you."),
            url="/gurus/%(ref)s",
            ref=F("uid"),
            title_ko=F("person__name_ko"),
            title_en=F("person__name_en"),
        )
    )


def _invited(person: Any) -> "QuerySet[Any, Any]":
    return GuruTerm.objects.filter(person_id=person.pk, state="invited")
