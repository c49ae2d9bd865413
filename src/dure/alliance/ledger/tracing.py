"""A transaction as its reader may see it: its legs, where it comes from, and what took it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.alliance.ledger import receipts, visibility
from dure.alliance.ledger.words import unit_words
from dure.alliance.models import Commitment, LedgerEntry, LedgerReceipt, LedgerTransaction
from dure.people import api as people

Source = LedgerTransaction.Source
AGREED: Final = frozenset({Source.HAND, Source.FILE, Source.STAY})
"""Sources whose two sides dealt with each other. Of the others a member reads its own side: who ran what on whose machines is
nobody's business but the overseers'."""
OF_SOURCE: Final[Mapping[str, str]] = {Source.STAY: "/stays/%s", Source.OFFER: "/applications/%s"}


@dataclass(frozen=True, slots=True)
class LegSeen:
    """One leg; without an `organisation` it is the pool, or `is_other`: a member whose name is not for this reader."""

    organisation: people.Organisation | None
    is_other: bool
    side: str
    side_words: str
    unit: str
    quantity: Decimal

    @property
    def words(self) -> str:
        return unit_words(self.unit)

    @property
    def name(self) -> str:
        if self.is_other:
            return _("another member")
        return self.organisation.name if self.organisation else _("all members (the pool)")


def legs_seen(person: Any, posted: LedgerTransaction) -> list[LegSeen]:
    """The legs, with the names that this person may read. Two queries."""
    first = posted.reverses or posted
    sees_all = visibility.oversees(person) or first.source in AGREED
    own = set() if sees_all else set(people.organisations_of(person))
    return [_seen(leg, sees_all or leg.organisation_id in own) for leg in _legs(posted)]


def _legs(posted: LedgerTransaction) -> "list[LedgerEntry]":
    return list(posted.entries.select_related("organisation").order_by("id"))


def _seen(leg: LedgerEntry, is_named: bool) -> LegSeen:  # noqa: FBT001 - one of two ways to see it
    is_other = leg.organisation_id is not None and not is_named
    organisation = None if is_other else leg.organisation
    return LegSeen(organisation, is_other, leg.side, str(leg.get_side_display()), leg.unit, leg.quantity)


def source_url(person: Any, posted: LedgerTransaction) -> str:
    """The page of what it comes from, where this person may open it; else ""."""
    key = posted.source_id
    if key.startswith(receipts.PREFIX):
        found = LedgerReceipt.objects.visible_to(person).filter(uid=key.removeprefix(receipts.PREFIX))
        return reverse("alliance:ledger_receipt", args=[found[0].uid]) if found else ""
    if posted.commitment_id is not None and key.startswith("delivery:"):
        owed = commitment_of(person, posted)
        return reverse("alliance:commitment", args=[owed.uid]) if owed else ""
    if posted.reverses is not None:
        return reverse("alliance:ledger_transaction", args=[posted.reverses.uid])
    if not visibility.oversees(person):
        return ""
    if posted.source == Source.FARM:
        giver = posted.entries.filter(side="gave").exclude(organisation=None).first()
        return reverse("farm:usage", args=[giver.organisation.slug]) if giver and giver.organisation else ""
    return OF_SOURCE[posted.source] % key if posted.source in OF_SOURCE else ""


def commitment_of(person: Any, one: LedgerTransaction | LedgerReceipt) -> Commitment | None:
    """The commitment that it keeps, where this person may read it."""
    if one.commitment_id is None:
        return None
    return Commitment.objects.visible_to(person).filter(pk=one.commitment_id).first()


def reversal_of(posted: LedgerTransaction) -> LedgerTransaction | None:
    """What took it back, if anything did."""
    return LedgerTransaction.objects.filter(reverses=posted).first()


def reference_of(person: Any, posted: LedgerTransaction) -> str:
    """What names it at its source: runs and places of people are for the overseers alone."""
    is_open = posted.source in AGREED or visibility.oversees(person)
    return posted.source_id if is_open else ""
