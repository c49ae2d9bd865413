"""What time does to applications: offers run out, waiting lists move, late answers are told, and nobody stays without an answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from dure.foundation import clock
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.clock import on_clock
from dure.talent.applications import deciding, telling
from dure.talent.applications.seats import fill, lock
from dure.talent.applications.visibility import OPEN, TO_DECIDE
from dure.talent.models import Appeal, Application, Opening

BATCH: Final = 200


@on_clock("talent.offers")
def expire_offers(now: datetime) -> int:
    """Offers whose time to answer has passed run out, and their seats go to whoever waits; returns how many."""
    late = Application.objects.filter(state="offered", offers__state="made", offers__answer_by__lte=now)
    return _each(late, "expire")


@on_clock("talent.ended_openings")
def end_with_openings(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Answer what is open where the opening was withdrawn, and who still waits where it has begun; returns how many."""
    begun = Q(state="waitlisted", opening__starts_on__lte=clock.today())
    withdrawn = Q(state__in=OPEN, opening__state="withdrawn")
    return _each(Application.objects.filter(begun | withdrawn), "end")


def _each(rows: "QuerySet[Application]", action: str) -> int:
    due = rows.select_related("opening").order_by("pk")[:BATCH]
    return sum(_moved(application, action) for application in list(due))


def _moved(application: Application, action: str) -> bool:
    """False where a person or another process was faster."""
    try:
        deciding.act(application, action, by=SYSTEM)
    except Denied:
        return False
    return True


@on_clock("talent.waiting_lists")
def move_lists(now: datetime) -> int:  # noqa: ARG001 - same
    """Offer what is free, as when an opening got more seats; returns how many offers were made."""
    waited_for = Application.objects.filter(state="waitlisted").values("opening_id")
    return sum(_fill(opening) for opening in Opening.objects.filter(pk__in=waited_for).order_by("pk")[:BATCH])


@transaction.atomic
def _fill(opening: Opening) -> int:
    return fill(lock(opening))


@on_clock("talent.late_answers")
def tell_late(now: datetime) -> int:
    """Tell both sides, once for each promise, that an answer is late; returns how many promises."""
    decisions = Application.objects.filter(state__in=TO_DECIDE, decide_by__lte=now, late_told_at=None)
    appeals = Appeal.objects.filter(state__in=("filed", "in_review"), answer_by__lte=now, late_told_at=None)
    told = sum(_tell_once(Application, pk, _tell_both) for pk in _keys(decisions))
    return told + sum(_tell_once(Appeal, pk, telling.tell_late_appeal) for pk in _keys(appeals))


def _keys(rows: "QuerySet[Application] | QuerySet[Appeal]") -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _tell_once(
    model: type[Application] | type[Appeal], pk: int, tell: Callable[[Application | Appeal], None]
) -> bool:
    """The note that it was told and the notices stand or fall together."""
    rows = model.objects.select_for_update(skip_locked=True, of=("self",))
    found = rows.filter(pk=pk, late_told_at=None).first()
    if found is None:
        return False
    found.late_told_at = clock.now()
    found.save(update_fields=["late_told_at"])
    tell(found)
    return True


def _tell_both(application: Application | Appeal) -> None:
    telling.tell_managers(telling.LATE_FOR_THEM, application)
    telling.tell_applicant(telling.LATE_FOR_ME, application)
