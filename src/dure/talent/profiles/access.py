"""The only ways to evidence, endorsements, consent and receipts from an address."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from dure.foundation.access import Hidden
from dure.talent.models import ConsentGrant, DeletionReceipt, Endorsement, Evidence
from dure.talent.profiles import visibility

M = TypeVar("M", bound=Model)


def access_evidence(person: Any, uid: UUID) -> Evidence:
    """Evidence about oneself. Raises Hidden otherwise."""
    return _found(Evidence.objects.filter(visibility.own_q(person)).select_related("person"), uid)


def access_contested(person: Any, uid: UUID) -> Evidence:
    """Evidence that waits for this person's decision. Raises Hidden otherwise."""
    return _found(Evidence.objects.filter(visibility.contested_q(person)).select_related("person"), uid)


def access_endorsement(person: Any, uid: UUID) -> Endorsement:
    """One that this person asked for or is asked for. Raises Hidden otherwise."""
    rows = Endorsement.objects.filter(visibility.endorsement_q(person))
    return _found(rows.select_related("person", "verifier"), uid)


def access_grant(person: Any, uid: UUID) -> ConsentGrant:
    """A consent of one's own that is in force or has run out by itself. Raises Hidden otherwise."""
    rows = ConsentGrant.objects.filter(visibility.own_q(person), withdrawn_at=None)
    return _found(rows.select_related("organisation"), uid)


def access_receipt(person: Any, uid: UUID) -> DeletionReceipt:
    """A receipt of one's own. Raises Hidden otherwise."""
    return _found(DeletionReceipt.objects.filter(visibility.own_q(person)), uid)


def _found(rows: "QuerySet[M]", uid: UUID) -> M:
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Hidden(uid)
    return row
