"""What members give and were granted, for pages and REST: each a fixed number of queries."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.farm import hours, words
from dure.farm.models import Accelerator, Allocation, Contribution
from dure.farm.rules_hours import Balance
from dure.people import api as people

STAGES: Final = (
    ("", gettext_lazy("All")),
    ("waiting", gettext_lazy("Asked for")),
    ("running", gettext_lazy("Under way")),
    ("done", gettext_lazy("Over")),
)
_TAG: Final = {"waiting": "waiting_on:secretariat", "running": "running", "done": "done"}


def accelerators(kind: str = "") -> "QuerySet[Accelerator]":
    """The catalogue, the heaviest first; of one kind, or all."""
    rows = Accelerator.objects.all()
    return rows.filter(kind=kind) if kind in Accelerator.Kind.values else rows


def contributions(person: Any, stage: str = "") -> "QuerySet[Contribution]":
    """All this person may know of, newest first."""
    rows = Contribution.objects.visible_to(person).select_related("organisation")
    return rows.filter(state__in=Contribution.workflow.tagged(_TAG[stage])) if stage in _TAG else rows


def allocations(person: Any, stage: str = "") -> "QuerySet[Allocation]":
    """The same of granted hours and requests."""
    rows = Allocation.objects.visible_to(person).select_related("organisation", "accelerator")
    return rows.filter(state__in=Allocation.workflow.tagged(_TAG[stage])) if stage in _TAG else rows


def with_balances(rows: Sequence[Allocation]) -> list[tuple[Allocation, Balance]]:
    """Each with what of it is used; one query for all."""
    used: Mapping[int, Decimal] = hours.seconds_used([row.pk for row in rows])
    return [(row, hours.balance_of(row, used)) for row in rows]


def gives_for(person: Any) -> "QuerySet[people.Organisation]":
    """Organisations in whose name this person may give."""
    return people.Organisation.objects.filter(pk__in=people.represented_organisations(person))


def given_words(contribution: Contribution) -> str:
    """What a machine has, in one line."""
    memory = contribution.memory_gb * 1024
    return words.amounts({**contribution.accelerators, "cores": contribution.cores, "memory_mib": memory})


def who_sees(organisation: people.Organisation) -> list[str]:
    """Who can see what a member gives and was granted, in whole sentences."""
    return [
        _("Everybody who belongs to %(organisation)s.") % {"organisation": organisation.name},
        _("The secretariat, the operators and the auditor."),
        _("No other member, no rival and no stranger."),
    ]
