"""Needs for pages and REST: lists, the triage queue, needs that look alike, and who sees one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.engines import calendar, text
from dure.foundation import clock, prepared, search
from dure.foundation.access import Audience
from dure.foundation.models import SearchEntry
from dure.people import api as people
from dure.problems import index_needs, rules_needs, visibility, workflows
from dure.problems.models import Problem

STAGES: Final = ("open", "running", "done")
SIMILAR_SHOWN: Final = 8


def needs(person: Any, filters: Mapping[str, str]) -> "QuerySet[Problem]":
    """All needs this person may see, newest first, narrowed by `q`, `industry`, `route` and `stage`."""
    rows: QuerySet[Problem] = Problem.objects.visible_to(person).select_related("organisation", "challenge")
    for name in ("industry", "route"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    rows = _of_stage(person, rows, filters.get("stage", ""))
    words = filters.get("q", "").strip()
    if words:
        found = search.find(person, words).filter(kind=index_needs.KIND).order_by()
        rows = rows.filter(uid__in=found.values("uid"))
    return rows


def pages_of_needs(
    person: Any, filters: Mapping[str, str]
) -> "QuerySet[Problem] | prepared.Listing[Problem]":
    """The same for a page. Words to search for are anybody's; without them there are only as many lists as there are filters."""
    if filters.get("q", "").strip():
        return needs(person, filters)
    chosen = tuple(sorted((name, value) for name, value in filters.items() if value))

    def build(someone: Any) -> "QuerySet[Problem]":
        return needs(someone, dict(chosen))

    related = ("organisation", "challenge")
    return prepared.Listing("problems.needs", build, person, Problem, shape=chosen, related=related)


def _of_stage(person: Any, rows: "QuerySet[Problem]", stage: str) -> "QuerySet[Problem]":
    if stage == "mine" and person.is_authenticated:
        represented = people.Membership.objects.current().filter(
            person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
        )
        return rows.filter(
            Q(owner_id=person.pk)
            | Q(curator_id=person.pk)
            | Q(organisation_id__in=represented.values("organisation_id"))
        )
    return rows.filter(state__in=workflows.PROBLEM.tagged(stage)) if stage in STAGES else rows


def url_of(problem: Problem) -> str:
    """The page of a need: of its challenge once that has started."""
    challenge = getattr(problem, "challenge", None)
    if challenge is not None and challenge.state in visibility.STARTED:
        return f"/challenges/{challenge.slug}"
    return f"/problems/{problem.uid}"


@dataclass(frozen=True, slots=True)
class Tray:
    """One tray of the triage desk: the tag its states carry, its name, and how many needs lie in it."""

    tag: str
    label: str | Promise
    count: int


TRAYS: Final = (
    ("waiting_on:secretariat", gettext_lazy("Waits for us")),
    ("waiting_on:owner", gettext_lazy("Waits for the owner")),
    ("waiting_on:curator", gettext_lazy("Waits for the curator")),
    ("running", gettext_lazy("Under way")),
    ("done", gettext_lazy("Done")),
)


def trays() -> list[Tray]:
    """All trays with their counts; one query. Drafts lie in none: nobody but their owner knows them."""
    posted = Problem.objects.exclude(state="draft")
    counts = posted.aggregate(
        **{
            _name(tag): Count("pk", filter=Q(state__in=workflows.PROBLEM.tagged(tag)))
            for tag, _label in TRAYS
        }
    )
    return [Tray(tag, label, counts[_name(tag)]) for tag, label in TRAYS]


def _name(tag: str) -> str:
    return tag.replace(":", "_")


def tray_of(tag: str) -> "QuerySet[Problem]":
    """The needs in one tray, the longest waiting first; an unknown tag gives the first tray."""
    known = tag if tag in dict(TRAYS) else TRAYS[0][0]
    rows = Problem.objects.exclude(state="draft").filter(state__in=workflows.PROBLEM.tagged(known))
    return rows.select_related("organisation", "owner", "curator").order_by("state_since", "id")


def similar(person: Any, problem: Problem, words: str = "") -> list[Problem]:
    """Needs this one could be merged into: with all of `words` in them, or without any the ones sharing most with its title."""
    candidates = (
        Problem.objects.visible_to(person)
        .exclude(pk=problem.pk)
        .filter(state__in=(*rules_needs.TALKING, "solved"))
        .select_related("organisation")
    )
    if words.strip():
        found = search.find(person, words).filter(kind=index_needs.KIND).order_by()
        return list(candidates.filter(uid__in=found.values("uid"))[:SIMILAR_SHOWN])
    query = text.parse_query(f"{problem.title_ko} {problem.title_en}").tsquery.replace(" & ", " | ")
    if not query:
        return []
    ranked = (
        SearchEntry.objects.filter(kind=index_needs.KIND, uid__in=candidates.order_by().values("uid"))
        .extra(select={"likeness": "ts_rank(tokens, %s::tsquery)"}, select_params=[query])
        .extra(where=["tokens @@ %s::tsquery"], params=[query])
        .extra(order_by=["-likeness"])
        .values_list("uid", flat=True)[:SIMILAR_SHOWN]
    )
    order = {uid: place for place, uid in enumerate(ranked)}
    return sorted(candidates.filter(uid__in=list(order)), key=lambda row: order[row.uid])


def who_sees(problem: Problem) -> list[str]:
    """Who can see a need now, in whole sentences, down to the rival next door."""
    organisation = problem.organisation.name if problem.organisation else ""
    owners = _("The person who wrote it and the representatives of %(organisation)s.") % {
        "organisation": organisation
    }
    if problem.state == "draft":
        return [owners, _("Nobody else, not even the secretariat.")]
    said = [owners, _("The secretariat, its curator and the auditor.")]
    if problem.state in visibility.SHOWN:
        return [*said, *_audience(problem), _inside(problem)]
    return [*said, _("No other member, no rival and no stranger; it is in no list and no search of theirs.")]


def _audience(problem: Problem) -> list[str]:
    if problem.audience == Audience.PUBLIC:
        return [_("Everybody, rivals and strangers without an account among them.")]
    if problem.audience == Audience.MEMBERS:
        return [_("Everybody in a member organisation of the alliance, rivals among them.")]
    if problem.audience == Audience.CIRCLE and problem.circle:
        return [_("Everybody in the circle “%(circle)s”.") % {"circle": problem.circle.name}]
    return [_("Nobody else.")]


def _inside(problem: Problem) -> str:
    files = {
        "public": _("Its files are as open as the need itself."),
        "internal": _("Its files open to others only after they accept the terms."),
    }.get(problem.sensitivity, _("Its files stay with the first two."))
    return _("Contact, cost and the conversation stay with the first two.") + " " + files


STEPS: Final = (
    (gettext_lazy("Draft"), gettext_lazy("You write; it is saved as you go")),
    (gettext_lazy("Triage"), gettext_lazy("The secretariat asks and answers, within five working days")),
    (gettext_lazy("Accepted"), gettext_lazy("Route, curator and audience are set; terms are chosen")),
    (gettext_lazy("At work"), gettext_lazy("Teams work on it")),
    (gettext_lazy("Solution"), gettext_lazy("You try it out and list defects")),
    (gettext_lazy("Solved"), gettext_lazy("When you say so")),
)
PLACE_OF: Final = {
    "draft": 1,
    "posted": 2,
    "questions": 2,
    "accepted": 3,
    "open": 4,
    "delivered": 5,
    "solved": 7,
}


def place_of(problem: Problem) -> int:
    """Which of STEPS a need is at, from 1; past the last when solved; 0 when it left the path."""
    return PLACE_OF.get(problem.state, 0)


def working_days_before(days: int, *, country: str = calendar.KOREA) -> datetime:
    """The moment `days` working days before now: the same time of day, counted by the calendar where the platform is."""
    today = clock.today()
    return clock.now() - (today - calendar.working_days_before(today, days, country=country))
