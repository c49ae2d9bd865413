"""Every fault of waivers, assignments, tables, scores and funding, each with its English sentence. The place stands beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "review_waiver_refused": gettext_noop(
        "A conflict of this kind cannot be waived. Reviewer: %(reviewer)s."
    ),
    "review_waiver_empty": gettext_noop("There is no such conflict to waive. Reviewer: %(reviewer)s."),
    "review_too_many": gettext_noop("There are more than %(limit)s."),
    "review_key_twice": gettext_noop("“%(key)s” stands twice."),
    "review_reviews_range": gettext_noop("A proposal gets 1 to %(most)s reviews."),
    "review_load_range": gettext_noop(
        "A reviewer takes 0 to %(most)s proposals, and the least is no more than the most."
    ),
    "review_affinity_range": gettext_noop(
        "How well fields fit is a number from 0 to %(most)s. Reviewer: %(reviewer)s."
    ),
    "review_kept_unknown": gettext_noop(
        "A pair to keep names a proposal or a reviewer that is not here. Reviewer: %(reviewer)s."
    ),
    "review_kept_barred": gettext_noop("A pair to keep has a conflict of interest. Reviewer: %(reviewer)s."),
    "review_too_few_free": gettext_noop(
        "Reviewers without a conflict: %(free)s of %(reviewers)s; %(reviews)s are needed. Invite others or waive a conflict."
    ),
    "review_group_full": gettext_noop(
        "Together these proposals need %(reviews)s reviews more; who may review them can take %(room)s: %(proposals)s."
    ),
    "review_least_too_much": gettext_noop(
        "Reviewers are to take at least %(least)s proposals together, and only %(reviews)s reviews are needed."
    ),
    "review_least_unmet": gettext_noop(
        "Together these reviewers are to take at least %(least)s proposals; only %(room)s can go to them: %(reviewers)s."
    ),
    "review_column_missing": gettext_noop("The column “%(value)s” is missing."),
    "review_column_unknown": gettext_noop("The column “%(value)s” is none of %(columns)s."),
    "review_column_twice": gettext_noop("This column stands twice."),
    "review_cell_empty": gettext_noop("This cell is empty."),
    "review_proposal_unknown": gettext_noop("There is no proposal “%(value)s” in this call."),
    "review_reviewer_unknown": gettext_noop("Nobody called “%(value)s” reviews for this call."),
    "review_action_unknown": gettext_noop("“%(value)s” is none of %(actions)s."),
    "review_conflict": gettext_noop("This reviewer has a conflict of interest with the proposal."),
    "review_not_assigned": gettext_noop("This reviewer is not assigned, so there is nothing to remove."),
    "review_begun": gettext_noop("This review is begun and cannot be taken back here."),
    "review_pair_twice": gettext_noop("Line %(line)s says something of the same proposal and reviewer."),
    "review_other_number": gettext_noop(
        "This proposal would have %(found)s reviews instead of %(expected)s."
    ),
    "review_load_outside": gettext_noop(
        "This reviewer would have %(found)s proposals, outside %(least)s to %(most)s."
    ),
    "review_mark_missing": gettext_noop("This criterion has no mark yet."),
    "review_mark_unknown": gettext_noop("There is no such criterion."),
    "review_mark_range": gettext_noop("A mark is a number from 0 to %(most)s."),
    "review_weights": gettext_noop("Weights are 0 or more, and one of them at least is more."),
    "funding_amount": gettext_noop("An amount is 0 or more."),
    "funding_word": gettext_noop("This must be one of %(words)s."),
}
