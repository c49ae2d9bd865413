"""Which problems of an organisation reach beyond its own side."""

from django.db.models import QuerySet

from dure.foundation.access import Audience
from dure.people import api as people
from dure.problems.models import Problem
from dure.problems.visibility import SHOWN


def shown_problems_of(organisation: people.Organisation) -> QuerySet[Problem]:
    """Its problems with an audience, each with `audience` and `circle`. It asks nobody: for who speaks for the organisation."""
    rows = Problem.objects.filter(organisation=organisation, state__in=SHOWN)
    return rows.exclude(audience=Audience.PRIVATE).order_by("-pk")
