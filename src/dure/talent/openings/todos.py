"""What waits for who looks after openings."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.waiting import Waiting, declare
from dure.talent.models import Opening
from dure.talent.openings import visibility

SOON: Final = timedelta(days=7)
"""A draft whose deadline is nearer than this waits to be opened."""

_OPENING: Final[dict[str, Any]] = {
    "url": "/openings/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("title_ko"),
    "title_en": F("title_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="opening_draft",
            rows=_drafts,
            title=_("Open it for applications: “%(name)s”"),
            why=_("It is in preparation, and its deadline comes near."),
            due=F("deadline"),
            **_OPENING,
        )
    )
    declare(
        Waiting(
            kind="opening_closed",
            rows=_closed,
            title=_("Decide on who applied: “%(name)s”"),
            why=_("Its deadline has passed."),
            **_OPENING,
        )
    )


def _drafts(person: Any) -> "QuerySet[Any, Any]":
    near = ExpressionWrapper(F("deadline") - Value(SOON), DateTimeField())
    drafts = Opening.objects.filter(visibility.managed_q(person), state="draft", deadline__gte=clock.now())
    return drafts.alias(near=near).filter(near__lte=clock.now())


def _closed(person: Any) -> "QuerySet[Any, Any]":
    return Opening.objects.filter(visibility.managed_q(person), state="closed")
