"""The only ways to an account, a transaction and a quarter from an address."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import visibility
from dure.alliance.models import LedgerPeriod, LedgerReceipt, LedgerTransaction
from dure.foundation.access import SIGN_IN, Denied, Hidden, Refused
from dure.people import api as people

NOT_OVERSEER = Refused(
    "not_ledger_overseer", _("Only the secretariat and the auditor see the accounts of all members.")
)


def demand_overseer(person: Any) -> None:
    """Raises Denied unless this person sees all accounts."""
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    if not visibility.oversees(person):
        raise Denied(NOT_OVERSEER)


def access_account(person: Any, slug: str) -> people.Organisation:
    """An organisation whose account this person may read. Raises Hidden."""
    rows = people.Organisation.objects.filter(visibility.account_q(person))
    found = rows.filter(slug=slug.replace("\x00", "")).first()
    if found is None:
        raise Hidden(slug)
    return found


def access_transaction(person: Any, uid: UUID) -> LedgerTransaction:
    """A transaction that touches an account of one's own. Raises Hidden."""
    rows = LedgerTransaction.objects.visible_to(person).select_related("period", "recorded_by", "reverses")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_receipt(person: Any, uid: UUID) -> LedgerReceipt:
    """A receipt of an organisation of one's own. Raises Hidden."""
    rows = LedgerReceipt.objects.visible_to(person).select_related(
        "giver", "receiver", "entered_by", "commitment"
    )
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_period(person: Any, uid: UUID) -> LedgerPeriod:
    """A quarter, for who sees all accounts. Raises Denied, Hidden."""
    demand_overseer(person)
    found = LedgerPeriod.objects.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
