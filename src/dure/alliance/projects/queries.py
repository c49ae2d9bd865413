"""Reads of projects for pages and REST, each a fixed number of queries however many projects and years there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, CharField, Count, Max, Min, Q, QuerySet, Value, When

from dure.alliance.models import ProjectRenewal, Proposal, ResearchProject
from dure.alliance.projects import dates, tracks
from dure.foundation import clock
from dure.foundation.shapes import Scale

GROUPS: Final = ("open", "running", "done")
STEPS: Final = ("due", "submitted", "in_review", "decided", "lapsed")
"""Where a renewal stands, in the order of the month's columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; nonsense narrows nothing."""

    group: str = ""
    track: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A track with how many projects stand in each state, in the order of the states."""

    track: str
    label: str
    group: str
    cells: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class Bar:
    """A project on the timeline: its stretch and the places of its renewals, in percent."""

    project: ResearchProject
    left: str
    width: str
    marks: tuple[tuple[str, str], ...]


def listed(person: Any, asked: Asked) -> QuerySet[ResearchProject]:
    """Projects of which this person may know, the newest first."""
    rows = ResearchProject.objects.visible_to(person)
    if asked.mine:
        rows = rows.filter(pk__in=ResearchProject.objects.inside_for(person).values("pk"))
    if asked.group in GROUPS:
        rows = rows.filter(state__in=ResearchProject.workflow.tagged(asked.group))
    if asked.track in (*tracks.GROUP_OF, *tracks.Group.values):
        rows = rows.filter(track__in=tracks.tracks_of(asked.track) or [asked.track])
    return rows.order_by("-starts_on", "-pk")


def matrix(rows: "QuerySet[ResearchProject]") -> list[MatrixRow]:
    """Track by state; tracks without a project are left out. One query."""
    ids = rows.order_by().values("pk")
    counted = ResearchProject.objects.filter(pk__in=ids).order_by().values_list("track", "state")
    found = {(track, state): count for track, state, count in counted.annotate(n=Count("pk"))}
    states = list(ResearchProject.workflow.by_name)
    made = [
        MatrixRow(
            one.value,
            str(one.label),
            str(tracks.GROUP_OF[one.value].label),
            tuple(found.get((one.value, state), 0) for state in states),
        )
        for one in tracks.Track
    ]
    return [row for row in made if row.total]


def axis(rows: "QuerySet[ResearchProject]") -> Scale:
    """From the first start to the end of the last year that is under way; one query."""
    ids = rows.order_by().values("pk")
    found = ResearchProject.objects.filter(pk__in=ids).aggregate(
        first=Min("starts_on"), last=Max("starts_on"), asked=Max("renewal_on"), ended=Max("ended_on")
    )
    first = found["first"] or clock.today()
    ends = [found[name] for name in ("last", "asked", "ended") if found[name]]
    last = dates.months_after(max(ends, default=first), 12)
    return Scale(float(first.replace(month=1, day=1).toordinal()), float(last.toordinal()))


def bars(person: Any, projects: Sequence[ResearchProject], scale: Scale) -> list[Bar]:
    """The projects of one page on the axis; one query for the renewals that this person may read."""
    marks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    inside = ResearchProject.objects.inside_for(person).filter(pk__in=[one.pk for one in projects])
    renewals = ProjectRenewal.objects.filter(project__in=inside.order_by().values("pk")).order_by("year")
    for renewal in renewals:
        marks[renewal.project_id].append((scale.at(renewal.due_on.toordinal()), step_of(renewal)))
    return [_bar(one, scale, tuple(marks[one.pk])) for one in projects]


def _bar(project: ResearchProject, scale: Scale, marks: tuple[tuple[str, str], ...]) -> Bar:
    first = project.starts_on.toordinal()
    ends = project.ended_on or dates.due_on(project.starts_on, project.year)
    return Bar(project, scale.at(first), scale.width(first, max(ends.toordinal(), first)), marks)


def ticks(scale: Scale) -> list[tuple[int, str]]:
    """At most eleven years with their places."""
    first, last = date.fromordinal(int(scale.low)).year, date.fromordinal(int(scale.high)).year
    apart = max(1, -(-(last - first) // 10))
    return [(year, scale.at(date(year, 1, 1).toordinal())) for year in range(first, last + 1, apart)]


def step_of(renewal: ProjectRenewal) -> str:
    """Where it stands: one of STEPS."""
    if renewal.decision:
        return "lapsed" if renewal.decision == ProjectRenewal.Decision.LAPSED else "decided"
    if renewal.submitted_at is None:
        return "due"
    return "in_review" if renewal.taken_up_at is not None else "submitted"


STEP: Final = Case(
    When(decision=ProjectRenewal.Decision.LAPSED, then=Value("lapsed")),
    When(~Q(decision=""), then=Value("decided")),
    When(submitted_at=None, then=Value("due")),
    When(taken_up_at=None, then=Value("submitted")),
    default=Value("in_review"),
    output_field=CharField(),
)


def renewals_of_month(person: Any, month: date) -> "QuerySet[Any]":
    """Renewals due in a month, of projects that this person may read whole; `step` says where each stands."""
    inside = ResearchProject.objects.inside_for(person).order_by().values("pk")
    rows = ProjectRenewal.objects.filter(
        project__in=inside, due_on__gte=month, due_on__lt=dates.months_after(month, 1)
    )
    named = rows.select_related("project", "project__lead").annotate(step=STEP)
    return named.order_by("due_on", "project__pk")


def months_beside(person: Any, month: date) -> tuple[date | None, date | None]:
    """The nearest months before and after that have a renewal; None where there is none. One query."""
    inside = ResearchProject.objects.inside_for(person).order_by().values("pk")
    later = Q(due_on__gte=dates.months_after(month, 1))
    found = ProjectRenewal.objects.filter(project__in=inside).aggregate(
        before=Max("due_on", filter=Q(due_on__lt=month)), after=Min("due_on", filter=later)
    )
    before, after = found["before"], found["after"]
    return before and before.replace(day=1), after and after.replace(day=1)


def steps(rows: "QuerySet[Any]") -> dict[str, int]:
    """How many stand where; one query."""
    found = dict(rows.order_by().values_list("step").annotate(n=Count("pk")))
    return {step: found.get(step, 0) for step in STEPS}


def standing_at(rows: "QuerySet[Any]", step: str) -> "QuerySet[Any]":
    """Those of one column; all for a word that is none."""
    return rows.filter(step=step) if step in STEPS else rows


def budgets(partners: Iterable[Any]) -> dict[str, Decimal]:
    """The sum of each currency; they are never added to each other."""
    sums: dict[str, Decimal] = {}
    for one in partners:
        if one.budget:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.budget
    return sums


def of_organisation(person: Any, organisation: Any) -> "QuerySet[ResearchProject]":
    """In which it takes part and of which this person may know, the newest first."""
    rows = ResearchProject.objects.visible_to(person).filter(partners__organisation=organisation)
    return rows.order_by("-starts_on", "-pk")


def proposal_of(person: Any, project: ResearchProject) -> Proposal | None:
    """The proposal that it comes from, where this person may read it; no query for a project of another origin."""
    if project.origin != ResearchProject.Origin.PROPOSAL:
        return None
    return Proposal.objects.visible_to(person).filter(project=project).first()
