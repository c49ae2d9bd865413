"""What an organisation reads of a cohort: the seats it gives, and its own people with progress and hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.learn.cohorts import holding, rules, seats
from dure.learn.cohorts.holding import Hours
from dure.learn.models import Cohort, Place
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Row:
    """One of its people, with hours of attendance."""

    place: Place
    hours: Hours

    @property
    def done(self) -> float:
        return float(self.place.enrolment.standing.done) if self.place.enrolment else 0.0


def blocks_of(cohort: Cohort, sponsor: people.Organisation) -> Any:
    """Its seats with how many are taken and free. Whose people have them is not said."""
    return seats.of(cohort).filter(sponsor=sponsor)


def people_of(cohort: Cohort, sponsor: people.Organisation) -> QuerySet[Place]:
    """Whoever has or had a place for this organisation, by name. Who only asked for one tells it themselves, or not."""
    rows = Place.objects.filter(cohort=cohort, organisation=sponsor, enrolment__isnull=False)
    rows = rows.select_related("person", "enrolment__standing")
    rows = rows.defer("enrolment__standing__items", "enrolment__standing__read", "motive")
    return rows.order_by("person__name_ko", "person__name_en", "pk")


def rows(cohort: Cohort, found: Iterable[Place]) -> list[Row]:
    """The same with their hours. Two queries."""
    listed = list(found)
    hours = holding.hours_of(cohort, listed)
    return [Row(place, hours[place.pk]) for place in listed]


def may_return(person: Any, cohort: Cohort, sponsor: people.Organisation) -> bool:
    return people.represents(person, sponsor) or bool(rules.leads(person, cohort))
