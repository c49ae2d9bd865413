"""What a batch comes to: counts and sums, each over what is disclosed and saying so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dure.alliance.incubation.rules import INSIDE
from dure.alliance.models import (
    IncubationBatch,
    StartupCase,
    StartupIntroduction,
    StartupOutcome,
    StartupRound,
)


@dataclass(frozen=True, slots=True)
class Raised:
    """Rounds, of how many the amount is disclosed, and the sum of those by currency: never added to each other."""

    rounds: int
    disclosed: int
    sums: dict[str, Decimal]

    @property
    def undisclosed(self) -> int:
        return self.rounds - self.disclosed


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch came to. `alive` are those taken in of which nothing says that they closed."""

    applied: int
    taken_in: int
    inside: int
    graduated: int
    left: int
    alive: int
    introductions: int
    pocs: int
    contracts: int
    raised: Raised


def raised(rounds: Iterable[Any]) -> Raised:
    """Pure: rounds with `amount` and `currency`."""
    every, sums = list(rounds), dict[str, Decimal]()
    for one in every:
        if one.amount is not None:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.amount
    return Raised(len(every), sum(one.amount is not None for one in every), dict(sorted(sums.items())))


def summary(batch: IncubationBatch) -> Summary:
    """Three queries, however many startups there are."""
    newest = StartupOutcome.objects.filter(case=OuterRef("pk")).order_by("-on", "-pk").values("kind")[:1]
    rows = StartupCase.objects.filter(batch=batch).annotate(became=Subquery(newest))
    taken = Q(admitted_on__isnull=False)
    counts = rows.aggregate(
        applied=Count("pk"),
        taken_in=Count("pk", filter=taken),
        inside=Count("pk", filter=Q(state__in=INSIDE)),
        graduated=Count("pk", filter=Q(state="graduated")),
        left=Count("pk", filter=taken & Q(state="exited")),
        closed=Count("pk", filter=taken & Q(became=StartupOutcome.Kind.CLOSED)),
    )
    met = StartupIntroduction.objects.filter(case__batch=batch).aggregate(
        introductions=Count("pk"), pocs=Count("poc_on"), contracts=Count("contract_on")
    )
    alive = counts["taken_in"] - counts.pop("closed")
    found = raised(StartupRound.objects.filter(case__batch=batch).order_by("pk"))
    return Summary(**counts, **met, alive=alive, raised=found)


def introductions(case: StartupCase) -> QuerySet[StartupIntroduction]:
    return (
        StartupIntroduction.objects.filter(case=case)
        .select_related("organisation")
        .order_by("-asked_on", "-pk")
    )
