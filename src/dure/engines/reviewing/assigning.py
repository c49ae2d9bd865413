"""Assigns reviewers: exact, or with the names of what keeps it from being done; never a part of it in silence.

Of all assignments that give each proposal its reviews, keep each reviewer's load within its bounds and make no barred pair, one
with the largest sum of affinities is taken; of these one with the most even loads, by the sum of their squares. Which of equally
good ones it is depends on the names of proposals and reviewers alone, not on the order in which they are handed in.
"""

from collections import Counter

import numpy as np

from dure.engines.faults import Faulty
from dure.engines.reviewing.checking import task_faults
from dure.engines.reviewing.flow import Flow
from dure.engines.reviewing.lacking import Names, lacking
from dure.engines.reviewing.values import Assignment, Reviewer, Task


def assign(task: Task) -> Assignment:
    """The best assignment. Raises Faulty with all faults of the task, or with what lacks and why.

    Lacking are proposals (`review_too_few_free`, `review_group_full`) or, where these have all, reviewers with less than their
    least (`review_least_too_much`, `review_least_unmet`).
    """
    if faults := task_faults(task):
        raise Faulty(faults)
    names = Names(
        proposals=tuple(sorted(task.proposals, key=lambda one: one.key)),
        reviewers=tuple(sorted(task.reviewers, key=lambda one: one.key)),
    )
    flow = _flow(task, names)
    flow.fill()
    if faults := lacking(task, names, flow):
        raise Faulty(faults)
    return _assignment(task, names, flow)


def even_bounds(proposals: int, reviews: int, reviewers: int) -> tuple[int, int]:
    """The least and the most of each reviewer where loads are as even as they can be."""
    whole, rest = divmod(proposals * reviews, reviewers)
    return whole, whole + (1 if rest else 0)


def _flow(task: Task, names: Names) -> Flow:
    kept = _kept_loads(task)
    barred = task.barred | task.kept
    pairs = [[(one.key, other.key) for other in names.reviewers] for one in names.proposals]
    shape = len(names.proposals), len(names.reviewers)
    missed = np.array([[1000 - task.affinity.get(pair, 0) for pair in row] for row in pairs], np.int64)
    evenness = 1 + sum(max(one.most, kept[one.key]) ** 2 for one in names.reviewers)
    cost = missed.reshape(shape) * evenness
    wanted = Counter(proposal for proposal, _reviewer in task.kept)
    left = np.array([max(0, one.reviews - wanted[one.key]) for one in names.proposals], np.int64)
    beyond = 1 + evenness * (1 + 1000 * int(left.sum()))
    return Flow(
        cost=cost,
        free=np.array([[pair not in barred for pair in row] for row in pairs], np.bool_).reshape(shape),
        left=left,
        next_cost=[_steps(one, kept[one.key], beyond) for one in names.reviewers],
    )


def _kept_loads(task: Task) -> Counter[str]:
    return Counter(reviewer for _proposal, reviewer in task.kept)


def _steps(reviewer: Reviewer, kept: int, beyond: int) -> list[int]:
    """The cost of each further review: what it adds to the square of the load, and far more once the least is reached."""
    return [
        2 * load + 1 + (beyond if load >= reviewer.least else 0)
        for load in range(kept, max(kept, reviewer.most))
    ]


def _assignment(task: Task, names: Names, flow: Flow) -> Assignment:
    made = {
        (names.proposals[row].key, names.reviewers[column].key)
        for row, column in zip(*(some.tolist() for some in np.nonzero(flow.used)), strict=True)
    }
    pairs = tuple(sorted(made | task.kept))
    loads = Counter(reviewer for _proposal, reviewer in pairs)
    return Assignment(
        pairs=pairs,
        affinity=sum(task.affinity.get(pair, 0) for pair in pairs),
        loads={one.key: loads[one.key] for one in names.reviewers},
    )
