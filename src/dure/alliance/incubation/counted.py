"""Figures of a year that the incubation brings: batches, startups taken in and those that completed it."""

from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.models import IncubationBatch, StartupCase
from dure.alliance.models.scouting import Stage

BEGUN: Final = ("running", "ended")
OF_STARTUP: Final[dict[str, Any]] = {
    "field": F("stage"),
    "fields": dict(Stage.choices),
    "seen": table.visible,
    "title_ko": F("name_ko"),
    "title_en": F("name_en"),
    "ref": F("uid"),
    "url": "/startups/%s",
}


def register() -> None:
    """Called once when the app is ready."""
    for figure in (_batches(), _taken_in(), _graduated()):
        table.declare(figure)


def _under_way(first: date, last: date) -> "QuerySet[IncubationBatch]":
    return IncubationBatch.objects.filter(state__in=BEGUN, starts_on__lte=last, ends_on__gte=first)


def _batches() -> Figure:
    return Figure(
        code="batches",
        order=80,
        label=_("Batches of the incubation"),
        definition=_(
            "Batches that had begun and were under way on at least one day of the year. A batch takes startups "
            "from many places, so that region, size and field are not told apart."
        ),
        rows=_under_way,
        day=F("starts_on"),
        seen=table.visible,
        title_ko=F("title_ko"),
        title_en=F("title_en"),
        ref=F("uid"),
        url="/incubation/%s",
    )


def _taken_in() -> Figure:
    return Figure(
        code="startups_in",
        order=81,
        label=_("Startups taken in"),
        definition=_(
            "Startups that moved into the incubation in the year, whatever became of them. The field is their "
            "stage when they applied."
        ),
        rows=lambda first, last: StartupCase.objects.filter(admitted_on__range=(first, last)),
        day=F("admitted_on"),
        **OF_STARTUP,
    )


def _graduated() -> Figure:
    return Figure(
        code="startups_graduated",
        order=82,
        label=_("Startups that completed the incubation"),
        definition=_(
            "Startups that graduated in the year; those that left early are not among them. The field is "
            "their stage when they applied."
        ),
        rows=lambda first, last: StartupCase.objects.filter(state="graduated", ended_on__range=(first, last)),
        day=F("ended_on"),
        **OF_STARTUP,
    )
