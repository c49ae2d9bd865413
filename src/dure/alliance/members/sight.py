"""What others can see of a member: for everybody, for all members, and for each other member through agreements and circles.

It counts problems, openings, agreements and commitments. What single people share in teams, cohorts, labs and jobs is theirs and
not counted; the page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.members import queries
from dure.alliance.models import Agreement, Commitment
from dure.foundation.access import STRANGER, Audience
from dure.people import api as people
from dure.problems import api as problems
from dure.talent import api as talent

Reached = Counter[tuple[str, int | None]]
"""How many problems by audience and circle."""


@dataclass(frozen=True, slots=True)
class Wide:
    """How many things everybody sees, and how many more every member."""

    public_problems: int
    openings: int
    titles: int
    member_problems: int


@dataclass(frozen=True, slots=True)
class Share:
    """A circle through which another member sees something; `agreement` is its agreement, or None."""

    name: str
    agreement: Agreement | None
    problems: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Another member with all through which it sees something of this one, beyond what everybody or every member sees."""

    organisation: people.Organisation
    shares: list[Share]


def others(organisation: people.Organisation) -> QuerySet[people.Organisation]:
    """The other members of today."""
    return queries.listed().exclude(pk=organisation.pk).prefetch_related(None)


def reached(organisation: people.Organisation) -> Reached:
    """How many of its problems have each audience, and circle where it is one; one query."""
    rows = problems.shown_problems_of(organisation).values_list("audience", "circle_id")
    return Counter((audience, key if audience == Audience.CIRCLE else None) for audience, key in rows)


def wide(organisation: people.Organisation, found: Reached) -> Wide:
    """What needs no agreement. One query."""
    openings = talent.Opening.objects.visible_to(STRANGER).filter(organisation=organisation)
    titles = Agreement.objects.titled_to(STRANGER).filter(
        parties__organisation=organisation, parties__left_at=None
    )
    rows: Any = openings.order_by().values_list(Value("openings"), "uid")
    named = rows.union(titles.order_by().values_list(Value("titles"), "uid"), all=True)
    counted = Counter(kind for kind, _uid in named)
    public, members = found[Audience.PUBLIC, None], found[Audience.MEMBERS, None]
    return Wide(public, counted["openings"], counted["titles"], members)


def sights(
    organisation: people.Organisation, shown: Sequence[people.Organisation], found: Reached
) -> list[Sight]:
    """What each of these members sees. Three queries, however many there are."""
    agreed = _agreements(organisation)
    pledged = _pledged(agreed.values())
    keys = {*agreed, *(key for _audience, key in found if key is not None)}
    inside = _inside(keys, shown)
    return [
        Sight(
            one,
            [
                Share(
                    circle.name,
                    agreed.get(circle.pk),
                    found[Audience.CIRCLE, circle.pk],
                    pledged.get(agreed[circle.pk].pk, 0) if circle.pk in agreed else 0,
                )
                for circle in inside[one.pk]
            ],
        )
        for one in shown
    ]


def _agreements(organisation: people.Organisation) -> dict[int, Agreement]:
    """Its agreements in force by their circle."""
    rows = Agreement.objects.filter(
        parties__organisation=organisation, parties__left_at=None, state__in=IN_FORCE, amends=None
    )
    return {one.circle_id: one for one in rows if one.circle_id is not None}


def _inside(
    circles: Iterable[int], shown: Sequence[people.Organisation]
) -> "defaultdict[int, list[people.Circle]]":
    """For each member the open circles in which all its people are, the oldest first."""
    found: defaultdict[int, list[people.Circle]] = defaultdict(list)
    rows = people.CircleMember.objects.filter(
        circle_id__in=list(circles),
        circle__closed_at=None,
        organisation__in=[one.pk for one in shown],
        until=None,
    )
    for row in rows.select_related("circle").order_by("circle_id", "pk"):
        if row.organisation_id is not None:
            found[row.organisation_id].append(row.circle)
    return found


def _pledged(agreements: Iterable[Agreement]) -> dict[int, int]:
    """How many commitments stand under each agreement: all its parties read them."""
    rows: Any = Commitment.objects.filter(agreement__in=[one.pk for one in agreements])
    rows = rows.exclude(state="cancelled").order_by().values("agreement_id")
    return dict(rows.annotate(count=Count("pk")).values_list("agreement_id", "count"))
