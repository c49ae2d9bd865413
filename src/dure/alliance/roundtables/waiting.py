"""What waits for a person because of roundtables: invitations, minutes to write, tasks."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Roundtable, RoundtableGuest, RoundtableTask
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare

OF_ROUNDTABLE: Final[dict[str, Any]] = {
    "url": "/roundtables/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("title_ko"),
    "title_en": F("title_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (*_of_guests(), *_of_the_desk()):
        declare(waiting)


def _of_guests() -> Iterator[Waiting]:
    yield Waiting(
        kind="roundtable_answer",
        rows=_unanswered,
        title=_("Say whether you come to a roundtable: “%(name)s”"),
        why=_("You are invited."),
        url="/roundtables/%(ref)s",
        ref=F("roundtable__uid"),
        title_ko=F("roundtable__title_ko"),
        title_en=F("roundtable__title_en"),
        due=F("roundtable__starts_at"),
    )
    yield Waiting(
        kind="roundtable_task",
        rows=_tasks,
        title=_("Do what you took on at a roundtable: “%(name)s”"),
        why=_("It stands among the tasks of that roundtable."),
        url="/roundtables/%(ref)s/tasks",
        ref=F("roundtable__uid"),
        title_ko=F("what_ko"),
        title_en=F("what_en"),
        due=Cast(F("due_on"), DateTimeField()),
    )


def _of_the_desk() -> Iterator[Waiting]:
    yield Waiting(
        kind="roundtable_minutes",
        rows=_unpublished,
        title=_("Publish the minutes of a roundtable: “%(name)s”"),
        why=_("It was held, and its minutes are not published yet."),
        **OF_ROUNDTABLE,
    )


def _unanswered(person: Any) -> "QuerySet[Any, Any]":
    open_ones = Q(roundtable__state="announced", roundtable__starts_at__gt=clock.now())
    return RoundtableGuest.objects.filter(open_ones, person_id=person.pk, answer="")


def _tasks(person: Any) -> "QuerySet[Any, Any]":
    return RoundtableTask.objects.filter(owner_id=person.pk, done_at=None)


def _unpublished(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Roundtable.objects.filter(mine, state="held")
