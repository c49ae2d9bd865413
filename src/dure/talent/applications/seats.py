"""Seats of an opening: how many are free, who waits, and the list that moves by itself."""

from django.db.models import QuerySet

from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.talent.applications.visibility import SEATED
from dure.talent.models import Application, Opening


def lock(opening: Opening) -> Opening:
    """The opening's row, locked till the transaction ends: every move that takes or frees a seat waits for it."""
    rows: QuerySet[Opening] = Opening.objects.select_for_update(of=("self",))
    return rows.select_related("organisation").get(pk=opening.pk)


def free_in(opening: Opening) -> int:
    """Seats that nobody has or is offered, never below zero; one query for the seats as they are now, one for those taken."""
    seats = Opening.objects.values_list("seats", flat=True).get(pk=opening.pk)
    taken: int = Application.objects.filter(opening_id=opening.pk, state__in=SEATED).count()
    return max(0, seats - taken)


def waiting_in(opening: Opening) -> "QuerySet[Application]":
    """The waiting list, whoever is next first."""
    return Application.objects.filter(opening_id=opening.pk, state="waitlisted").order_by("position", "pk")


def fill(opening: Opening) -> int:
    """Offer free seats to those who wait, in their order; returns how many. The caller has locked the opening."""
    if opening.state in ("draft", "withdrawn"):
        return 0
    due = list(waiting_in(opening).select_related("opening__organisation", "person")[: free_in(opening)])
    for application in due:
        workflow.perform(application, "promote", by=SYSTEM)
    return len(due)


def place_on_list(application: Application) -> int | None:
    """How many come before this one, and itself: 1 is next. None while it does not wait."""
    if application.position is None:
        return None
    return waiting_in(application.opening).filter(position__lte=application.position).count()
