"""What problems add to the pages of people and organisations."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet

from dure.people import api as people
from dure.problems.metric_words import metric_name
from dure.problems.models import Problem
from dure.problems.queries.needs import url_of
from dure.problems.queries.results import results_of

MOST: Final = 12


def results(reader: Any, subject: Any) -> Mapping[str, Any] | None:
    """A person's results, for whom they are to see: one query."""
    found = results_of(subject, reader=reader)[:MOST]
    rows = [(record, metric_name(record.metric)) for record in found]
    return {"rows": rows, "own": reader.pk == subject.pk} if rows else None


def problems(reader: Any, organisation: Any) -> Mapping[str, Any] | None:
    """The needs of an organisation that the reader may see, newest first: one query."""
    seen: QuerySet[Problem] = Problem.objects.visible_to(reader)
    found = seen.filter(organisation=organisation).exclude(state="draft").select_related("challenge")
    rows = [(problem, url_of(problem)) for problem in found.order_by("-id")[:MOST]]
    return {"rows": rows} if rows else None


def register() -> None:
    """Called once when the app is ready."""
    people.register_panel("person", "problems/panels/results.html", results, order=20)
    people.register_panel("organisation", "problems/panels/problems.html", problems, order=20)
