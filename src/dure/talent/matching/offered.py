"""All open openings, ready to be ranked: kept in this process for a short while, and never the last word.

The board is built anew when an opening opened, closed or went, which each look asks for, and otherwise after `KEPT`: so an edit
changes the order at most that much later. Of a person nothing is kept. What is shown is read from the database at that moment and
held against every constraint again (`fresh`): no opening is shown that was closed, filled or changed in between.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from dure.engines import recommending as engine
from dure.foundation import clock
from dure.talent.applications.visibility import SEATED
from dure.talent.matching.values import OPENING, opening_value
from dure.talent.models import Application, Opening, Requirement

KEPT: Final = timedelta(seconds=30)
WANTED: Final = ("opening_id", "skill", "level", "is_must", "weight")
State = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """The board as of a moment, with every region and language that any opening on it names."""

    state: State
    at: datetime
    board: engine.Board
    regions: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fresh:
    """An opening as it stands now: its row with the organisation, and its value."""

    row: Opening
    value: engine.Opening


_kept: list[Offered] = []


def board() -> Offered:
    """One query where nothing changed, three otherwise."""
    state, now = _state(), clock.now()
    if not _kept or _kept[0].state != state or not _kept[0].at <= now < _kept[0].at + KEPT:
        _kept[:] = [_built(state, now)]
    return _kept[0]


def fresh(keys: Collection[str]) -> dict[str, Fresh]:
    """These openings as they stand now, without those that take no applications; two queries."""
    rows = list(
        _open()
        .filter(uid__in=[UUID(key) for key in keys])
        .select_related("organisation")
        .annotate(taken=_taken())
    )
    wanted = _by_opening(Requirement.objects.filter(opening__in=rows))
    return {
        str(row.uid): Fresh(row, opening_value(_columns(row), wanted.get(row.pk, ()), row.seats - row.taken))
        for row in rows
    }


def one(opening: Opening) -> engine.Opening:
    """An opening's value as it stands now, with what it asks for kept at its row; two queries."""
    prefetch_related_objects([opening], "requirements")
    wanted = [{name: getattr(row, name) for name in WANTED} for row in opening.requirements.all()]
    taken = Application.objects.filter(opening_id=opening.pk, state__in=SEATED).count()
    return opening_value(_columns(opening), wanted, opening.seats - taken)


def _open() -> "QuerySet[Opening]":
    return Opening.objects.filter(state="open")


def _state() -> State:
    """Another one as soon as an opening opens or stops being open."""
    found = _open().aggregate(n=Count("pk"), newest=Max("pk"), since=Max("state_since"))
    return tuple(found.values())


def _built(state: State, now: datetime) -> Offered:
    rows = list(_open().filter(deadline__gt=now).order_by().values(*OPENING, "pk", "seats"))
    wanted = _by_opening(Requirement.objects.filter(opening__state="open"))
    taken = dict(_seated().values_list("opening_id").annotate(n=Count("pk")))
    values = [
        opening_value(row, wanted.get(row["pk"], ()), row["seats"] - taken.get(row["pk"], 0)) for row in rows
    ]
    return Offered(
        state,
        now,
        engine.Board.of(values),
        frozenset(code for one in values for code in one.regions),
        frozenset(code for one in values for code in one.languages),
    )


def _by_opening(rows: "QuerySet[Requirement]") -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    ordered: Iterable[dict[str, Any]] = rows.order_by("-is_must", "pk").values(*WANTED)
    for row in ordered:
        found.setdefault(row["opening_id"], []).append(row)
    return found


def _seated() -> "QuerySet[Application]":
    return Application.objects.filter(state__in=SEATED).order_by()


def _taken() -> Coalesce:
    """Seats of an opening that somebody has or is offered."""
    counted = _seated().filter(opening_id=OuterRef("pk")).values("opening_id").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _columns(row: Opening) -> dict[str, Any]:
    return {name: getattr(row, name) for name in OPENING}
