"""Reviews as a flow of least cost from proposals to reviewers: exact, by cheapest augmenting paths.

R. K. Ahuja, T. L. Magnanti and J. B. Orlin, Network Flows, 1993, section 9.7. Each path adds one review and may move others. It is
found by Bellman and Ford's method with whole rows at once. Costs are whole numbers. Of equally cheap paths the first by index
is taken, so the same input gives the same flow.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
FAR: Final = 1 << 60
"""A cost that no path has; two of them still fit into 64 bits."""


@dataclass(slots=True)
class Flow:
    """Proposals are rows and reviewers columns. `next_cost` has per reviewer the cost of each further review, never falling.

    `cost` is of pairs that are `free` to be made. After `fill`, `used` are the pairs made, `left` what is still wanted.
    """

    cost: Ints
    free: Bools
    left: Ints
    next_cost: list[list[int]]
    used: Bools = field(init=False)
    load: Ints = field(init=False)
    forward: Ints = field(init=False)
    backward: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.used = np.zeros_like(self.free)
        self.load = np.zeros(self.free.shape[1], np.int64)
        self.forward = np.where(self.free, self.cost, FAR)
        self.backward = np.full_like(self.cost, FAR)

    def fill(self) -> None:
        """Add reviews one by one, each at least cost, until all are there or no more fit in."""
        while self.left.any() and self.free.any() and self._augment():
            pass

    def _augment(self) -> bool:
        to_reviewer, via_proposal, via_reviewer = self._distances()
        whole = to_reviewer + self._ends()
        reviewer = int(whole.argmin())
        if whole[reviewer] >= FAR // 2:
            return False
        self.load[reviewer] += 1
        while reviewer >= 0:
            proposal = int(via_proposal[reviewer])
            self._turn(proposal, reviewer)
            before = int(via_reviewer[proposal])
            if before >= 0:
                self._turn(proposal, before)
            reviewer = before
        self.left[proposal] -= 1
        return True

    def _ends(self) -> Ints:
        costs = [
            steps[load] if load < len(steps) else FAR
            for steps, load in zip(self.next_cost, self.load.tolist(), strict=True)
        ]
        return np.array(costs, np.int64)

    def _distances(self) -> tuple[Ints, Ints, Ints]:
        """The least cost to each reviewer from any proposal that wants one more, and the way there, backwards."""
        to_proposal = np.where(self.left > 0, 0, FAR)
        to_reviewer = np.full(self.free.shape[1], FAR, np.int64)
        via_proposal, via_reviewer = np.full_like(to_reviewer, -1), np.full_like(to_proposal, -1)
        rows = np.flatnonzero(self.left > 0)
        while len(rows):
            reach = to_proposal[rows, None] + self.forward[rows]
            columns = _shorten(to_reviewer, via_proposal, reach, rows)
            if not len(columns):
                break
            back = (to_reviewer[None, columns] + self.backward[:, columns]).T
            rows = _shorten(to_proposal, via_reviewer, back, columns)
        return to_reviewer, via_proposal, via_reviewer

    def _turn(self, proposal: int, reviewer: int) -> None:
        """Make this pair, or undo it."""
        pair = proposal, reviewer
        self.used[pair] = not self.used[pair]
        self.forward[pair] = FAR if self.used[pair] else self.cost[pair]
        self.backward[pair] = -self.cost[pair] if self.used[pair] else FAR


def _shorten(known: Ints, via: Ints, reach: Ints, sources: Ints) -> Ints:
    """Take over what is nearer by way of the sources (the rows of `reach`); the places that came nearer."""
    best = reach.argmin(axis=0)
    length = reach[best, np.arange(reach.shape[1])]
    nearer = np.flatnonzero((length < known) & (length < FAR // 2))
    known[nearer] = length[nearer]
    via[nearer] = sources[best[nearer]]
    return nearer
