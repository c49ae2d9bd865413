"""Reads of commitments for pages and REST, each a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from dure.alliance.commitments.delivered import delivered
from dure.alliance.models import Agreement, Commitment

WITH = ("donor", "beneficiary", "agreement")


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment with what was delivered of it."""

    commitment: Commitment
    delivered: Decimal


def of_agreement(agreement: Agreement) -> QuerySet[Commitment]:
    return Commitment.objects.filter(agreement=agreement).select_related(*WITH).order_by("ends_on", "pk")


def of_donor(person: Any, organisation: Any) -> QuerySet[Commitment]:
    """What it has pledged, as far as this person may read it; what is over stands at the end."""
    rows = Commitment.objects.visible_to(person).filter(donor=organisation).exclude(state="cancelled")
    return rows.select_related(*WITH).order_by("-ends_on", "-pk")


def standing(rows: Sequence[Commitment]) -> list[Standing]:
    """One query for all of them."""
    found = delivered([one.pk for one in rows])
    return [Standing(one, found[one.pk]) for one in rows]
