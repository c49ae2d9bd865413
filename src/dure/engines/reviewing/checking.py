"""What is wrong with a task of assigning reviewers, all at once."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from dure.engines.faults import Fault
from dure.engines.reviewing.affinity import MOST as MOST_AFFINITY
from dure.engines.reviewing.values import Task

MOST_PROPOSALS: Final = 300
MOST_REVIEWERS: Final = 600
MOST_REVIEWS: Final = 20
MOST_LOAD: Final = 100


def task_faults(task: Task) -> list[Fault]:
    """Every fault of the task. One without any can still be impossible: then `assign` says what lacks."""
    proposals = [one.key for one in task.proposals]
    reviewers = [one.key for one in task.reviewers]
    return [
        *_names("proposals", proposals, MOST_PROPOSALS),
        *_names("reviewers", reviewers, MOST_REVIEWERS),
        *_numbers(task),
        *_affinities(task),
        *_kept(task, set(proposals), set(reviewers)),
    ]


def _names(place: str, keys: Sequence[str], most: int) -> Iterator[Fault]:
    if len(keys) > most:
        yield Fault("review_too_many", {"limit": most}, place=place)
    for key, count in Counter(keys).items():
        if count > 1:
            yield Fault("review_key_twice", {"key": key}, place=place)


def _numbers(task: Task) -> Iterator[Fault]:
    for proposal in task.proposals:
        if not 1 <= proposal.reviews <= MOST_REVIEWS:
            yield Fault("review_reviews_range", {"most": MOST_REVIEWS}, place=proposal.key)
    for reviewer in task.reviewers:
        if not 0 <= reviewer.least <= reviewer.most <= MOST_LOAD:
            yield Fault("review_load_range", {"most": MOST_LOAD}, place=reviewer.key)


def _affinities(task: Task) -> Iterator[Fault]:
    for (proposal, reviewer), value in task.affinity.items():
        if not 0 <= value <= MOST_AFFINITY:
            yield Fault(
                "review_affinity_range", {"reviewer": reviewer, "most": MOST_AFFINITY}, place=proposal
            )


def _kept(task: Task, proposals: Collection[str], reviewers: Collection[str]) -> Iterator[Fault]:
    """Kept pairs may exceed a reviewer's most: somebody decided so before. They may not stand against a conflict."""
    for proposal, reviewer in sorted(task.kept):
        if proposal not in proposals or reviewer not in reviewers:
            yield Fault("review_kept_unknown", {"reviewer": reviewer}, place=proposal)
        if (proposal, reviewer) in task.barred:
            yield Fault("review_kept_barred", {"reviewer": reviewer}, place=proposal)
