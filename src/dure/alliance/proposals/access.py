"""The only ways to a proposal or a part of one from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import Proposal, ProposalPartner, ProposalPerson, ProposalRevision
from dure.foundation.access import Hidden

WITH = ("call", "call__agreement", "organisation", "lead", "project")


def access_proposal(person: Any, uid: UUID) -> Proposal:
    """The proposal. Raises Hidden unless this person may read it."""
    found = Proposal.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_partner(proposal: Proposal, uid: UUID) -> ProposalPartner:
    """One of its partners. Raises Hidden."""
    found = proposal.partners.select_related("organisation", "proposal").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_named(proposal: Proposal, uid: UUID) -> ProposalPerson:
    """One of the people named in it. Raises Hidden."""
    found = proposal.people.select_related("person").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_revision(proposal: Proposal, number: int) -> ProposalRevision:
    """One of its frozen revisions. Raises Hidden."""
    found = proposal.revisions.filter(number=number).first()
    if found is None:
        raise Hidden(str(number))
    return found
