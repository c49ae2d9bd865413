"""The only ways to an agreement or a part of one from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.agreements import rules
from dure.alliance.models import Agreement, AgreementParty, AgreementRevision, AgreementSignature
from dure.foundation.access import Hidden, demand

WITH = ("circle", "amends", "renews")


def access_agreement(person: Any, uid: UUID) -> Agreement:
    """The agreement. Raises Hidden unless the person may read all of it."""
    found = Agreement.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_title(person: Any, uid: UUID) -> Agreement:
    """A public agreement of which this person knows the title. Raises Hidden."""
    found = Agreement.objects.titled_to(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_draft(person: Any, uid: UUID) -> Agreement:
    """The agreement while its text is being written. Raises Hidden or Denied."""
    agreement = access_agreement(person, uid)
    demand(rules.may_edit(person, agreement))
    return agreement


def access_side(person: Any, uid: UUID) -> Agreement:
    """The agreement, for who drafts it. Raises Hidden or Denied."""
    agreement = access_agreement(person, uid)
    demand(rules.is_side(person, agreement))
    return agreement


def access_party(agreement: Agreement, uid: UUID) -> AgreementParty:
    """A party of it. Raises Hidden."""
    found = next((party for party in agreement.all_parties if party.uid == uid), None)
    if found is None:
        raise Hidden(uid)
    return found


def access_revision(agreement: Agreement, number: int) -> AgreementRevision:
    """A text that stood there. Raises Hidden."""
    found = agreement.revisions.select_related("made_by").filter(number=min(number, 2**31 - 1)).first()
    if found is None:
        raise Hidden(str(number))
    return found


def access_signature(agreement: Agreement, uid: UUID) -> AgreementSignature:
    """A signature with a file. Raises Hidden."""
    rows = AgreementSignature.objects.filter(party__agreement=agreement).exclude(blob=None)
    found = rows.select_related("blob").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
