"""What waits and what is due of roundtables, votes and events.

A roundtable or an event stands in its guests' calendars by itself; that it is to be held is for whoever runs the alliance.
"""

from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.alliance.desk.table import NOBODY, OF_SELF, Due, Watched, due, mine_or_all, watch
from dure.alliance.models import Meeting, Roundtable, RoundtableTask, Vote, VoteElector

AHEAD: Final = ("announced", "open")


def register() -> None:
    """Called once when the app is ready."""
    watch(*_watched())
    due(*_due_of_roundtables(), *_due_of_events())


def _watched() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="roundtable",
            label=Roundtable.workflow.label,
            workflow=Roundtable.workflow,
            rows=Roundtable.objects.visible_to,
            url="/roundtables/%s",
            **OF_SELF,
        ),
        Watched(
            kind="vote",
            label=Vote.workflow.label,
            workflow=Vote.workflow,
            rows=Vote.objects.visible_to,
            url="/votes/%s",
            **OF_SELF,
        ),
        Watched(
            kind="event",
            label=Meeting.workflow.label,
            workflow=Meeting.workflow,
            rows=Meeting.objects.visible_to,
            url="/events/%s",
            **OF_SELF,
        ),
    )


def _day_of(name: str) -> TruncDate:
    """The day of a moment, as the platform's zone has it."""
    return TruncDate(name, tzinfo=timezone.get_default_timezone())


def _due_of_roundtables() -> tuple[Due, ...]:
    return (
        Due(
            kind="roundtable", label=_("Roundtable is to be held"), rows=_roundtables,
            day=_day_of("starts_at"), url="/roundtables/%s", **OF_SELF,
        ),
        Due(
            kind="roundtable_task", label=_("Task of a roundtable"), rows=_tasks, day=F("due_on"),
            url="/roundtables/%s/tasks", title_ko=F("what_ko"), title_en=F("what_en"),
            ref=F("roundtable__uid"), who_ko=F("owner__name_ko"), who_en=F("owner__name_en"),
        ),
        Due(
            kind="vote", label=_("Vote closes"), rows=_votes, day=_day_of("closes_at"), url="/votes/%s",
            **OF_SELF,
        ),
    )  # fmt: skip


def _due_of_events() -> tuple[Due, ...]:
    said: dict[str, Any] = {"who_ko": F("host__name_ko"), "who_en": F("host__name_en"), **OF_SELF}
    return (
        Due(
            kind="event", label=_("Event is to be held"), rows=lambda person: _events(person, *AHEAD),
            day=_day_of("starts_at"), url="/events/%s", **said,
        ),
        Due(
            kind="event_list", label=_("List of who was at an event is to be closed"),
            rows=lambda person: _events(person, "held"), day=_day_of("ends_at"), url="/events/%s/desk", **said,
        ),
    )  # fmt: skip


def _roundtables(person: Any) -> "QuerySet[Roundtable]":
    return Roundtable.objects.filter(mine_or_all(person, NOBODY), state="announced")


def _tasks(person: Any) -> "QuerySet[RoundtableTask]":
    return RoundtableTask.objects.filter(mine_or_all(person, Q(owner_id=person.pk)), done_at=None)


def _votes(person: Any) -> "QuerySet[Vote]":
    """For whoever may vote, while the box is open."""
    mine = VoteElector.objects.filter(person_id=person.pk).order_by().values("vote_id")
    return Vote.objects.filter(mine_or_all(person, Q(pk__in=mine)), state="open")


def _events(person: Any, *states: str) -> "QuerySet[Meeting]":
    seen = Meeting.objects.visible_to(person).order_by().values("pk")
    return Meeting.objects.filter(mine_or_all(person, NOBODY), pk__in=seen, state__in=states)
