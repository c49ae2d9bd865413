"""Reads of the desk, each one query however many concepts there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.desk import table
from dure.foundation import clock, i18n

SPANS: Final = (30, 90)
WHOM: Final[dict[str, str | Promise]] = {
    "secretariat": _("The secretariat"),
    "organisation": _("An organisation"),
    "lead": _("The lead of a project"),
    "person": _("The person invited"),
    "author": _("Whoever wrote it"),
    "reviewer": _("A reviewer or the board"),
    "owner": _("The owner of a need"),
    "curator": _("The curator of a need"),
    "organisers": _("Whoever runs the event"),
    "mentor": _("The mentor of a startup"),
    "keepers": _("Whoever looks after the joint lab"),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that waits: for whom, since when, in which state."""

    kind: str
    label: str
    whom: str
    whom_words: str
    since: datetime
    state_label: str
    title: str
    url: str

    @property
    def days(self) -> int:
        return (clock.now() - self.since).days


@dataclass(frozen=True, slots=True)
class Summary:
    """How much of a kind waits for whom, and since when the oldest does."""

    kind: str
    label: str
    whom: str
    whom_words: str
    count: int
    oldest: datetime

    @property
    def days(self) -> int:
        return (clock.now() - self.oldest).days


@dataclass(frozen=True, slots=True)
class DueThing:
    """Something that is due: on which day, and whose it is."""

    kind: str
    label: str
    day: date
    uid: str
    title: str
    who: str
    url: str

    @property
    def days_late(self) -> int:
        return max(0, (clock.today() - self.day).days)


def waits(person: Any, *, kind: str = "", whom: str = "") -> "QuerySet[Any, Any] | list[Any]":
    """Rows for a page, the oldest first; `wait_of` makes them readable."""
    kinds = table.watched()
    chosen = [one for one in kinds.values() if not kind or one.kind == kind]
    asked = [one.asked(person, whom) for one in chosen if not whom or whom in one.whom.values()]
    found = table.together(asked)
    return [] if found is None else found.order_by("w_since", "w_kind", "w_ref")


def wait_of(row: Any) -> Wait:
    kind, whom, since, state, ref, ko, en = row
    watched = table.watched()[kind]
    label = watched.workflow.by_name[state].label
    return Wait(
        kind,
        str(watched.label),
        whom,
        whom_words(whom),
        since,
        str(label),
        i18n.either(ko, en),
        watched.url % ref,
    )


def whom_words(whom: str) -> str:
    return str(WHOM.get(whom, whom))


def summary(person: Any) -> list[Summary]:
    """By kind and by whom, the oldest first; one query."""
    kinds = table.watched()
    found = table.together(one.counted(person) for one in kinds.values())
    rows = [] if found is None else list(found)
    made = [
        Summary(kind, str(kinds[kind].label), whom, whom_words(whom), count, oldest)
        for kind, whom, count, oldest in rows
    ]
    return sorted(made, key=lambda one: one.oldest)


def due(
    person: Any, *, days: int, since: date | None = None, kind: str = "", late: bool = False
) -> "QuerySet[Any, Any] | list[Any]":
    """Rows for a page, the earliest first: what is late and what comes within so many days; `due_of` makes them readable."""
    today = clock.today()
    until = today - timedelta(days=1) if late else today + timedelta(days=days)
    kinds: Iterable[table.Due] = (one for one in table.dues().values() if not kind or one.kind == kind)
    found = table.together(one.asked(person, until, since) for one in kinds)
    return [] if found is None else found.order_by("d_day", "d_kind", "d_ref")


def due_of(row: Any) -> DueThing:
    kind, day, ref, uid, *words = row
    ko, en, who_ko, who_en = (word or "" for word in words)
    known = table.dues()[kind]
    title, who = i18n.either(ko, en), i18n.either(who_ko, who_en)
    return DueThing(kind, str(known.label), day, uid, title, who, known.url % ref)
