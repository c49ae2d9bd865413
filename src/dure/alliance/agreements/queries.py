"""Reads of agreements for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.alliance.models import (
    Agreement,
    AgreementApproval,
    AgreementComment,
    AgreementParty,
    AgreementSignature,
)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party with where it stands: its yes and its signature under the newest revision, None without."""

    party: AgreementParty
    approval: AgreementApproval | None
    signature: AgreementSignature | None
    is_mine: bool = False


def listed(person: Any, *, group: str = "", mine: bool = False) -> QuerySet[Agreement]:
    """Agreements of which this person knows at least the title, the newest first; amendments stand with what they change.

    `is_whole` says whether all of it may be read.
    """
    whole = Agreement.objects.visible_to(person).filter(pk=OuterRef("pk"))
    rows = Agreement.objects.titled_to(person).filter(amends=None).annotate(is_whole=Exists(whole))
    if group in ("open", "running", "done"):
        rows = rows.filter(state__in=Agreement.workflow.tagged(group))
    return rows.filter(is_whole=True) if mine else rows


def parties(agreement: Agreement, mine: frozenset[int]) -> list[PartyRow]:
    """Parties that are left with where each stands; two queries and the parties."""
    approvals = agreement.revision.approvals.filter(voided_at=None).select_related("by")
    signatures = agreement.revision.signatures.filter(voided_at=None).select_related("by")
    approved = {one.party_id: one for one in approvals}
    signed = {one.party_id: one for one in signatures}
    return [
        PartyRow(party, approved.get(party.pk), signed.get(party.pk), party.organisation_id in mine)
        for party in agreement.standing
    ]


def followers(person: Any, agreement: Agreement) -> list[Agreement]:
    """Amendments and successors of it that this person sees; one query."""
    rows = Agreement.objects.visible_to(person).filter(Q(amends=agreement) | Q(renews=agreement))
    return list(rows.exclude(state="abandoned").order_by("pk"))


def comments(agreement: Agreement) -> QuerySet[AgreementComment]:
    """The newest first."""
    return agreement.comments.select_related("by", "organisation", "revision").order_by("-pk")


def of_organisation(person: Any, organisation: Any) -> QuerySet[Agreement]:
    """Agreements in which it is a party now and that this person may read, the newest first."""
    rows = Agreement.objects.visible_to(person).filter(amends=None)
    inside = AgreementParty.objects.filter(agreement=OuterRef("pk"), organisation=organisation, left_at=None)
    return rows.filter(Exists(inside)).exclude(state="abandoned").order_by("-pk")
