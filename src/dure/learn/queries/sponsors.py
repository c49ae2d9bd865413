"""What the representative of an organisation reads: who of its own people takes a course and how far they are. No answers."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.learn.models import Course, Enrolment
from dure.people import api as people


def people_of(course: Course, organisation: people.Organisation) -> QuerySet[Enrolment]:
    """Its people in the course, by name: the percentages of their standing without its items."""
    rows = Enrolment.objects.filter(course=course, organisation=organisation)
    rows = rows.select_related("person", "organisation", "standing", "version")
    rows = rows.defer("standing__items", "standing__read", "version__content", "version__findings")
    return rows.order_by("person__name_ko", "person__name_en", "pk")


def seats(course: Course, organisation: people.Organisation) -> dict[str, int]:
    """How many of its people began the course (`all`), and how many of them learn, completed it or left."""
    states = ("active", "completed", "left")
    counts = {state: Count("pk", filter=Q(state=state)) for state in states}
    rows = Enrolment.objects.filter(course=course, organisation=organisation)
    return rows.aggregate(all=Count("pk"), **counts)


def sponsors(person: Any, course: Course) -> QuerySet[people.Organisation]:
    """The organisations this person represents that have people in the course."""
    inside = Enrolment.objects.filter(course=course, organisation__isnull=False).values("organisation_id")
    mine = people.represented_organisations(person)
    return people.own_organisations(person).filter(pk__in=mine).filter(pk__in=inside)
