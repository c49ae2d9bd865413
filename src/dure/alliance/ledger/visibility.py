"""Who may see what of the ledger: an account's own people, the secretariat and the auditor. No rival."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

OVERSEERS: Final = (Role.SECRETARIAT, Role.AUDITOR)


def oversees(person: Any) -> bool:
    """Whether somebody sees all accounts."""
    return bool(person.is_authenticated) and has_role(person, *OVERSEERS)


def account_q(person: Any) -> Q:
    """Organisations whose account one may read: those one belongs to today, and all for the overseers."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if oversees(person):
        return Q(pk__isnull=False)
    return Q(pk__in=people.organisations_of(person))


def transaction_q(person: Any) -> Q:
    """Transactions in which an organisation of one's own has a leg, and all for the overseers."""
    from dure.alliance.models import LedgerEntry  # noqa: PLC0415 - models need this condition

    if not person.is_authenticated:
        return Q(pk__in=[])
    if oversees(person):
        return Q(pk__isnull=False)
    own = LedgerEntry.objects.filter(organisation_id__in=people.organisations_of(person))
    return Q(Exists(own.filter(transaction_id=OuterRef("pk"))))


def receipt_q(person: Any) -> Q:
    """Receipts of an organisation of one's own, on either side, and all for the overseers."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if oversees(person):
        return Q(pk__isnull=False)
    own = people.organisations_of(person)
    return Q(giver_id__in=own) | Q(receiver_id__in=own)
