"""What time does to reviews: reminders, lapsing, a daily look at conflicts; who joins an organisation is looked at at once."""

from datetime import datetime, timedelta

from dure.alliance.models import ResearchCall, Review
from dure.alliance.projects import dates
from dure.alliance.projects.by_date import moved_each
from dure.alliance.reviews import conflicts, rules
from dure.foundation import clock, events
from dure.foundation.clock import on_clock
from dure.people import api as people


@on_clock("alliance.reviews_remind")
def remind(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Reviewers whose day comes near, each day once; returns of how many reviews."""
    soon = clock.today() + timedelta(days=dates.REMINDERS[0])
    rows = Review.objects.filter(
        state__in=("invited", "accepted"), due_on__lte=soon, due_on__gte=clock.today()
    )
    return moved_each(rows, "remind")


@on_clock("alliance.reviews_lapse")
def lapse(now: datetime) -> int:  # noqa: ARG001 - same
    """Reviews a week overdue; returns how many lapsed."""
    last = clock.today() - rules.LAPSES_AFTER
    return moved_each(Review.objects.filter(state__in=("invited", "accepted"), due_on__lt=last), "lapse")


@on_clock("alliance.reviews_conflicts")
def look(now: datetime) -> int:  # noqa: ARG001 - same
    """Conflicts that only a date makes (a membership that begins or ends by its day), once a day; moves nothing by itself."""
    stale = ResearchCall.objects.filter(state__in=conflicts.LOOKED_AT, reviewers__isnull=False)
    due = stale.exclude(conflicts_on=clock.today()).distinct()
    for call in due.order_by("pk"):
        conflicts.refresh(call)
    return 0


def listen() -> None:
    """Called once when the app is ready."""
    events.subscribe(people.MembershipStarted, _joined)
    events.subscribe(people.MembershipEnded, _left)


def _joined(event: people.MembershipStarted) -> None:
    conflicts.refresh_of(event.person)


def _left(event: people.MembershipEnded) -> None:
    conflicts.refresh_of(event.person)
