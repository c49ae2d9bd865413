"""Reads of reviews for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dure.alliance.models import CallReviewer, Proposal, ResearchCall, Review, ReviewConflict, ReviewMark
from dure.alliance.reviews.visibility import STANDING, takes_part_q


def mine(person: Any) -> QuerySet[Review]:
    """The person's own reviews, what waits first; a conflict of interest leaves none."""
    rows = Review.objects.reviewed_by(person).select_related("proposal__call", "proposal__organisation")
    return rows.order_by("submitted_at", "due_on", "pk")


def pool(call: ResearchCall) -> QuerySet[CallReviewer]:
    """Everybody of the pool with the number of reviews that stand and that are submitted."""
    standing = Count("reviews", filter=Q(reviews__state__in=STANDING))
    done = Count("reviews", filter=Q(reviews__state="submitted"))
    rows = call.reviewers.select_related("person").annotate(standing=standing, done=done)
    return rows.order_by("pk")


def of_call(person: Any, call: ResearchCall) -> QuerySet[Review]:
    """All reviews of a call that this person may read, by proposal."""
    rows = Review.objects.visible_to(person).filter(reviewer__call=call)
    found = rows.select_related("proposal", "reviewer__person")
    return found.order_by("proposal__number", "pk")


def conflicts_of(person: Any, call: ResearchCall) -> QuerySet[ReviewConflict]:
    """Those of a call, but for proposals of the reader's own, by proposal."""
    own = Proposal.objects.filter(takes_part_q(person)).values("pk")
    rows = ReviewConflict.objects.filter(reviewer__call=call).exclude(proposal_id__in=own)
    return rows.select_related("proposal", "reviewer__person").order_by("proposal__number", "pk")


def of_proposal(person: Any, proposal: Proposal) -> list[Review]:
    """The submitted reviews of a proposal that this person may read, with their marks; two queries."""
    marks = Prefetch("marks", queryset=ReviewMark.objects.select_related("criterion").order_by("pk"))
    rows = Review.objects.visible_to(person).filter(proposal=proposal, state="submitted")
    found = rows.select_related("reviewer__person", "reviewer__call").prefetch_related(marks)
    return list(found.order_by("submitted_at", "pk"))
