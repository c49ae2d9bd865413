"""What the desk looks at: each concept puts in what can wait for somebody, and what is due on a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    F,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise

from dure.foundation.access import Role, has_role
from dure.foundation.workflow import Workflow

TAG: Final = "waiting_on:"
NOTHING: Final = Value("")
UID: Final = F("uid")
NOBODY: Final = Q(pk__in=())
"""For those who do not oversee the alliance."""
OF_SELF: Final[dict[str, Any]] = {"title_ko": F("title_ko"), "title_en": F("title_en")}
Words = str | Promise


def oversees(person: Any) -> bool:
    """Whoever sees of all members what is due."""
    return has_role(person, Role.SECRETARIAT, Role.AUDITOR)


def mine_or_all(person: Any, own: Q) -> Q:
    """All for whoever oversees the alliance, and for others their own."""
    return Q(pk__isnull=False) if oversees(person) else own


def _text(expression: Any) -> Cast:
    return Cast(expression, TextField())


@dataclass(frozen=True, slots=True)
class Watched:
    """Rows of one workflow, of which some wait: for whom and since when, its states and `state_since` say.

    `rows` gives those that a person may know of; `ref` (for which `url` has a place), `title_ko` and `title_en` name an
    expression each.
    """

    kind: str
    label: Words
    workflow: Workflow
    rows: Callable[[Any], "QuerySet[Any, Any]"]
    url: str
    title_ko: Any
    title_en: Any
    ref: Any = UID

    @property
    def whom(self) -> dict[str, str]:
        """For whom it waits, by state; states in which nothing is over only."""
        return {
            state.name: tag.removeprefix(TAG)
            for state in self.workflow.states
            for tag in state.tags
            if tag.startswith(TAG) and "done" not in state.tags
        }

    def asked(self, person: Any, whom: str = "") -> "QuerySet[Any, Any]":
        """Kind, whom, since, state, reference and titles: the shape that all kinds share."""
        waits = {state: who for state, who in self.whom.items() if not whom or who == whom}
        cases = [When(state=state, then=Value(who)) for state, who in waits.items()]
        shaped = {
            "w_kind": _text(Value(self.kind)),
            "w_whom": _text(Case(*cases, default=NOTHING)),
            "w_since": Cast(F("state_since"), DateTimeField()),
            "w_state": _text(F("state")),
            "w_ref": _text(self.ref),
            "w_ko": _text(self.title_ko),
            "w_en": _text(self.title_en),
        }
        rows = self.rows(person).order_by().filter(state__in=waits)
        found: QuerySet[Any, Any] = rows.annotate(**shaped).values_list(*shaped)
        return found

    def counted(self, person: Any) -> "QuerySet[Any, Any]":
        """Kind, whom, how many and the oldest."""
        asked = self.asked(person).values_list("w_kind", "w_whom")
        found: QuerySet[Any, Any] = asked.annotate(
            w_count=Count("pk", distinct=True), w_oldest=Min("w_since")
        )
        return found


@dataclass(frozen=True, slots=True)
class Due:
    """Things of one kind that are due on a day.

    `rows` gives those that concern a person and are not done: all for the secretariat and auditors, one's own for others. `day`,
    `ref`, the titles and `who_ko`, `who_en` (whose it is to do) name an expression each.
    """

    kind: str
    label: Words
    rows: Callable[[Any], "QuerySet[Any, Any]"]
    day: Any
    url: str
    title_ko: Any
    title_en: Any
    ref: Any = UID
    uid: Any = UID
    who_ko: Any = NOTHING
    who_en: Any = NOTHING

    def asked(self, person: Any, until: date, since: date | None = None) -> "QuerySet[Any, Any]":
        """Kind, day, reference, uid, titles and names: the shape that all kinds share."""
        rows = self.rows(person).order_by().alias(due_day=Cast(self.day, DateField()))
        rows = rows.filter(due_day__lte=until)
        if since is not None:
            rows = rows.filter(due_day__gte=since)
        shaped = {
            "d_kind": _text(Value(self.kind)),
            "d_day": Cast(self.day, DateField()),
            "d_ref": _text(self.ref),
            "d_uid": _text(self.uid),
            "d_ko": _text(self.title_ko),
            "d_en": _text(self.title_en),
            "d_who_ko": _text(self.who_ko),
            "d_who_en": _text(self.who_en),
        }
        found: QuerySet[Any, Any] = rows.annotate(**shaped).values_list(*shaped)
        return found


_watched: dict[str, Watched] = {}
_due: dict[str, Due] = {}


def watch(*kinds: Watched) -> None:
    """Called by each concept when the app is ready."""
    _watched.update({one.kind: one for one in kinds})


def due(*kinds: Due) -> None:
    """Called by each concept when the app is ready."""
    _due.update({one.kind: one for one in kinds})


def watched() -> dict[str, Watched]:
    return dict(_watched)


def dues() -> dict[str, Due]:
    return dict(_due)


def together(asked: Iterable["QuerySet[Any, Any]"]) -> "QuerySet[Any, Any] | None":
    """Several kinds as one query; None for none."""
    kinds = list(asked)
    if not kinds:
        return None
    first, *others = kinds
    found: QuerySet[Any, Any] = first.union(*others, all=True) if others else first
    return found
