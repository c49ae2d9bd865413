"""Results of people for the floors above and for people's own pages."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet

from dure.people import api as people
from dure.problems.events import ResultRecorded
from dure.problems.models import ResultRecord
from dure.problems.results import event_of

WITH = ("challenge__problem", "person", "team__organisation")


def results_of(person: people.Person, *, reader: Any) -> "QuerySet[ResultRecord]":
    """The results of a person that this reader may see, newest first, with challenge, problem, team and its organisation.

    A person sees their own, teammates see each other's, hosts those of their challenges, the auditor all.
    """
    seen = ResultRecord.objects.visible_to(reader).filter(person_id=person.pk)
    return seen.select_related(*WITH).order_by("-created_at", "-pk")


def spreads(challenges: Collection[int]) -> dict[int, tuple[float, float]]:
    """The lowest and the highest recorded score of each of these challenges, by their ids; one query."""
    rows = ResultRecord.objects.filter(challenge_id__in=challenges).order_by()
    found = rows.values_list("challenge_id").annotate(low=Min("score"), high=Max("score"))
    return {challenge: (low, high) for challenge, low, high in found}


def recorded_results(*, since: datetime | None = None) -> Iterator[ResultRecorded]:
    """Every result recorded from `since` on, oldest first, as the event that told of it.

    For a floor that subscribes later than the facts happened, and for one that compares its own books. It asks nobody's leave, so
    nothing of it may reach a page unasked.
    """
    rows = ResultRecord.objects.select_related(*WITH).order_by("created_at", "pk")
    for record in (rows.filter(created_at__gte=since) if since else rows).iterator(chunk_size=500):
        yield event_of(record)
