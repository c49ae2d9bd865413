"""What became of problems in a span of days, for the alliance's figures: rows, not numbers.

Asks nobody: for books, not for pages.
"""

from datetime import date

from django.db.models import QuerySet

from dure.problems.models import Problem, Workroom


def needs_posted(first: date, last: date) -> "QuerySet[Problem]":
    return Problem.objects.filter(posted_at__date__gte=first, posted_at__date__lte=last)


def needs_solved(first: date, last: date) -> "QuerySet[Problem]":
    """Those that their owner called solved in the span, and that are."""
    return Problem.objects.filter(state="solved", solved_at__date__gte=first, solved_at__date__lte=last)


def payoffs(first: date, last: date) -> "QuerySet[Workroom]":
    """Rooms whose owner answered in the span that the solution paid, and how much it brings in a currency or another unit."""
    told = Workroom.objects.filter(paid="yes", payoff_amount__isnull=False)
    return told.filter(state_since__date__gte=first, state_since__date__lte=last)
