"""Marks by the rubric, and what they come to: exact, from 0 to 100."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from django.db import transaction

from dure.alliance.models import CallCriterion, Proposal, ResearchCall, Review, ReviewMark
from dure.alliance.reviews import rules
from dure.engines import reviewing as engine
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer gives an item: a mark, and a word on it."""

    criterion: CallCriterion
    mark: int | None
    comment: str


def score(marks: Mapping[str, int], items: Sequence[CallCriterion]) -> Fraction:
    """From 0 to 100: each mark as a part of its own highest one, by the weights. Raises Faulty."""
    whole = lcm(*(item.scale for item in items))
    scales = {str(item.pk): item.scale for item in items}
    even = {key: mark * (whole // scales.get(key, whole)) for key, mark in marks.items()}
    found = engine.score_of(even, {str(item.pk): item.weight for item in items}, most=whole)
    return found * WHOLE / whole


@transaction.atomic
def write(
    review: Review, *, by: people.Person, said: Iterable[Said], comment: str, to_applicants: str
) -> Review:
    """Keep marks and words; half of them is enough before it is submitted. Raises Denied, Faulty with all that is wrong."""
    locked = Review.objects.select_for_update(of=("self",)).select_related("proposal__call", "reviewer")
    fresh = locked.get(pk=review.pk)
    demand(rules.may_score(by, fresh))
    given = list(said)
    faults = [
        Fault("review_mark_range", {"most": one.criterion.scale}, place=f"mark_{one.criterion.uid}")
        for one in given
        if one.mark is not None and not 0 <= one.mark <= one.criterion.scale
    ]
    if faults:
        raise Faulty(faults)
    fresh.marks.all().delete()
    ReviewMark.objects.bulk_create(
        ReviewMark(review=fresh, criterion=one.criterion, mark=one.mark, comment=one.comment)
        for one in given
        if one.mark is not None
    )
    fresh.comment, fresh.to_applicants = comment, to_applicants
    fresh.save(update_fields=["comment", "to_applicants"])
    audit.write(by=by, action="review.written", obj=fresh)
    return fresh


def scored(call: ResearchCall, **only: Any) -> list[engine.Scored]:
    """The score of every submitted review of the call, or of `only` some; two queries."""
    items = list(call.criteria.all())
    marks = ReviewMark.objects.filter(review__reviewer__call=call, review__state="submitted", **only)
    rows = marks.order_by("review_id", "pk").values_list(
        "review_id", "review__proposal_id", "review__reviewer_id", "criterion_id", "mark"
    )
    by_review: dict[tuple[int, int, int], dict[str, int]] = {}
    for review, proposal, reviewer, criterion, mark in rows:
        by_review.setdefault((review, proposal, reviewer), {})[str(criterion)] = mark
    return [
        engine.Scored(str(proposal), str(reviewer), score(found, items))
        for (_review, proposal, reviewer), found in by_review.items()
    ]


def summaries(call: ResearchCall) -> dict[int, engine.Summary]:
    """Exact means and spreads by proposal."""
    return {int(one.proposal): one for one in engine.summaries(scored(call))}


def summary_of(proposal: Proposal) -> str | None:
    """The mean of one proposal with two decimals."""
    found = engine.summaries(scored(proposal.call, review__proposal=proposal))
    return said(found[0].mean) if found else None


def score_of(review: Review) -> Fraction | None:
    """Of one review; None before all its items have marks. Two queries."""
    items = list(review.reviewer.call.criteria.all())
    marks = {str(one.criterion_id): one.mark for one in review.marks.all()}
    return score(marks, items) if items and len(marks) == len(items) else None


def said(exact: Fraction | None) -> str | None:
    """A score with two decimals, rounded once, from the exact one."""
    return None if exact is None else f"{float(round(exact, 2)):.2f}"
