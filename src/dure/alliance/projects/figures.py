"""What a calendar year of the portfolio was, counted: a fixed number of queries, and never from the time of reading."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet, Sum

from dure.alliance.models import (
    ProjectMilestone,
    ProjectOutput,
    ProjectPartner,
    ProjectRenewal,
    ResearchProject,
)
from dure.alliance.projects import tracks

MOST: Final = 500
"""So many projects are listed by name; the figures count all."""


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A track with its projects of the year: all, those that began, those that ended."""

    track: str
    group: str
    running: int
    begun: int
    ended: int


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All that the report of a year says. `renewals` by decision ("" is undecided), the others by kind, state and currency."""

    year: int
    tracks: tuple[TrackLine, ...]
    renewals: dict[str, int]
    milestones: dict[str, int]
    outputs: dict[str, int]
    money: dict[str, Decimal]
    projects: tuple[ResearchProject, ...]
    named: tuple[ProjectOutput, ...]

    @property
    def running(self) -> int:
        return sum(line.running for line in self.tracks)


def of_year(person: Any, year: int) -> YearFigures:
    """Of the projects that this person may read whole and that were under way in the year. Seven queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = ResearchProject.objects.inside_for(person).exclude(state="setup").order_by().values("pk")
    rows = ResearchProject.objects.filter(pk__in=inside, starts_on__lte=last)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=first))
    within = {"project__in": rows.order_by().values("pk")}
    outputs = ProjectOutput.objects.filter(**within, added_at__year=year)
    return YearFigures(
        year=year,
        tracks=_tracks(rows, first, last),
        renewals=_counted(ProjectRenewal.objects.filter(**within, due_on__year=year), "decision"),
        milestones=_counted(ProjectMilestone.objects.filter(**within, due_on__year=year), "state"),
        outputs=_counted(outputs, "kind"),
        money=_money(ProjectPartner.objects.filter(**within)),
        projects=tuple(
            rows.prefetch_related("partners__organisation").order_by("track", "starts_on", "pk")[:MOST]
        ),
        named=tuple(outputs.select_related("project").order_by("project_id", "pk")[:MOST]),
    )


def first_year(person: Any) -> int | None:
    """The year in which the first of them began; None without any. One query."""
    inside = ResearchProject.objects.inside_for(person).exclude(state="setup").order_by().values("pk")
    first = ResearchProject.objects.filter(pk__in=inside).aggregate(first=Min("starts_on"))["first"]
    return first.year if first else None


def _tracks(rows: "QuerySet[ResearchProject]", first: date, last: date) -> tuple[TrackLine, ...]:
    counted = (
        rows.order_by()
        .values_list("track")
        .annotate(
            running=Count("pk"),
            begun=Count("pk", filter=Q(starts_on__gte=first)),
            ended=Count("pk", filter=Q(ended_on__lte=last)),
        )
    )
    found = {track: (running, begun, ended) for track, running, begun, ended in counted}
    return tuple(
        TrackLine(one.value, tracks.GROUP_OF[one.value].value, *found[one.value])
        for one in tracks.Track
        if one.value in found
    )


def _counted(rows: "QuerySet[Any]", name: str) -> dict[str, int]:
    return dict(Counter(dict(rows.order_by().values_list(name).annotate(n=Count("pk")))))


def _money(rows: "QuerySet[ProjectPartner]") -> dict[str, Decimal]:
    """What partners bring in for a year, by currency; currencies are never added to each other."""
    brought = rows.exclude(budget=0).order_by("currency").values_list("currency")
    return dict(brought.annotate(sum=Sum("budget")))
