"""Reads of commitments for pages and REST, each a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from dure.alliance.commitments.delivered import delivered
from dure.alliance.models import Agreement, Commitment, LedgerEntry, LedgerTransaction

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


def kept(commitment: Commitment) -> QuerySet[LedgerEntry]:
    """What its donor gave in the transactions that name it, the newest first; what was taken back stands with its sign."""
    given = LedgerEntry.objects.filter(
        transaction__commitment=commitment, side="gave", organisation=commitment.donor_id
    )
    return given.select_related("transaction").order_by("-transaction_id", "id")


def readable(person: Any, entries: Sequence[LedgerEntry]) -> set[int]:
    """Of these, the transactions whose page this person may open."""
    of = [one.transaction_id for one in entries]
    return set(LedgerTransaction.objects.visible_to(person).filter(pk__in=of).values_list("pk", flat=True))


def standing(rows: Sequence[Commitment]) -> list[Standing]:
    """One query for all of them."""
    found = delivered([one.pk for one in rows])
    return [Standing(one, found[one.pk]) for one in rows]
