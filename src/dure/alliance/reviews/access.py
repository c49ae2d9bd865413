"""The only ways to a review, a reviewer, a conflict or a tie from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import CallReviewer, Proposal, ResearchCall, Review, ReviewConflict, ReviewerTie
from dure.alliance.reviews.visibility import takes_part_q
from dure.foundation.access import Hidden

WITH = ("proposal__call", "proposal__organisation", "reviewer__person", "reviewer__call")


def access_review(person: Any, uid: UUID) -> Review:
    """The review. Raises Hidden unless this person may know of it."""
    found = Review.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_reviewer(call: ResearchCall, uid: UUID) -> CallReviewer:
    """Somebody of a call's pool, for the secretariat. Raises Hidden."""
    found = call.reviewers.select_related("person", "call").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_own(person: Any, call: ResearchCall) -> CallReviewer:
    """The person's own place in the pool. Raises Hidden where there is none."""
    found = call.reviewers.select_related("person", "call").filter(person_id=person.pk).first()
    if found is None:
        raise Hidden(call.uid)
    return found


def access_tie(reviewer: CallReviewer, uid: UUID) -> ReviewerTie:
    """One of their ties to an organisation or a person. Raises Hidden."""
    found = reviewer.ties.select_related("reviewer__call").filter(uid=uid, proposal=None).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_conflict(person: Any, call: ResearchCall, uid: UUID) -> ReviewConflict:
    """A conflict of the call, never about a proposal of one's own. Raises Hidden."""
    own = Proposal.objects.filter(takes_part_q(person)).values("pk")
    rows = ReviewConflict.objects.filter(reviewer__call=call).exclude(proposal_id__in=own)
    found = (
        rows.select_related("proposal__call", "reviewer__person", "reviewer__call").filter(uid=uid).first()
    )
    if found is None:
        raise Hidden(uid)
    return found
