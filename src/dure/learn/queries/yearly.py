"""What learning came to in a span of days, for the alliance's figures: rows, not numbers, so that both come from one place."""

from datetime import date

from django.db.models import QuerySet

from dure.learn.models import Enrolment


def people_trained(first: date, last: date) -> "QuerySet[Enrolment]":
    """For each person who completed a course in the span, the first one completed in it. Asks nobody: for books, not for pages."""
    done = Enrolment.objects.filter(
        state="completed", completed_at__date__gte=first, completed_at__date__lte=last
    )
    firsts = done.order_by("person_id", "completed_at", "pk").distinct("person_id")
    return Enrolment.objects.filter(pk__in=firsts.values("pk"))
