"""What keeps an assignment from being complete, with the smallest group that shows it: a count that anybody can check by hand.

A proposal lacks reviews because too few reviewers are free of conflicts with it, or because it shares them with others: then there
is a group of proposals that want more reviews than those free for them can give (Hall's condition, read off the last flow as a
minimum cut). In the same way reviewers lack work where a group of them may only review too few proposals.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dure.engines.faults import Fault
from dure.engines.reviewing.flow import Bools, Flow
from dure.engines.reviewing.values import Reviewer, Task, Wanted

MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the rows and the columns of a flow stand for."""

    proposals: tuple[Wanted, ...]
    reviewers: tuple[Reviewer, ...]


def lacking(task: Task, names: Names, flow: Flow) -> list[Fault]:
    """Why proposals lack reviews; where none does, why reviewers have less than their least."""
    short = [_proposal_fault(row, task, names, flow) for row in np.flatnonzero(flow.left).tolist()]
    return short or list(_reviewer_faults(task, names, flow))


def _proposal_fault(row: int, task: Task, names: Names, flow: Flow) -> Fault:
    wanted = names.proposals[row]
    kept = sum(proposal == wanted.key for proposal, _reviewer in task.kept)
    free = int(flow.free[row].sum()) + kept
    if free < wanted.reviews:
        params = {"free": free, "reviews": wanted.reviews, "reviewers": len(names.reviewers)}
        return Fault("review_too_few_free", params, place=wanted.key)
    rows = _sharing(row, flow)
    room = int(flow.used[rows].sum())
    keys = [one.key for one, is_in in zip(names.proposals, rows.tolist(), strict=True) if is_in]
    still = room + int(flow.left[rows].sum())
    return Fault(
        "review_group_full", {"proposals": named(keys), "reviews": still, "room": room}, place=wanted.key
    )


def _sharing(row: int, flow: Flow) -> Bools:
    """The proposals that hold what this one could have: those of reviewers free for it, of reviewers free for those, and so on."""
    rows = np.zeros(len(flow.left), np.bool_)
    rows[row] = True
    while True:
        columns = (flow.free & ~flow.used)[rows].any(axis=0)
        more = rows | flow.used[:, columns].any(axis=1)
        if (more == rows).all():
            return rows
        rows = more


def _reviewer_faults(task: Task, names: Names, flow: Flow) -> Iterator[Fault]:
    kept = Counter(reviewer for _proposal, reviewer in task.kept)
    loads = [int(flow.load[at]) + kept[one.key] for at, one in enumerate(names.reviewers)]
    least, whole = sum(one.least for one in names.reviewers), sum(loads)
    short = [at for at, one in enumerate(names.reviewers) if loads[at] < one.least]
    if short and least > whole:
        yield Fault("review_least_too_much", {"least": least, "reviews": whole})
        return
    for at in short:
        columns = _competing(at, flow)
        group = [one for one, is_in in zip(names.reviewers, columns.tolist(), strict=True) if is_in]
        room = sum(load for load, is_in in zip(loads, columns.tolist(), strict=True) if is_in)
        params: dict[str, str | int] = {
            "reviewers": named([one.key for one in group]),
            "least": sum(one.least for one in group),
            "room": room,
        }
        yield Fault("review_least_unmet", params, place=names.reviewers[at].key)


def _competing(column: int, flow: Flow) -> Bools:
    """The reviewers of the proposals that this one could review, of those that these could review, and so on."""
    columns = np.zeros(len(flow.load), np.bool_)
    columns[column] = True
    while True:
        rows = (flow.free & ~flow.used)[:, columns].any(axis=1)
        more = columns | flow.used[rows].any(axis=0)
        if (more == columns).all():
            return columns
        columns = more


def named(keys: Sequence[str]) -> str:
    """The keys in a row, and of many how many more."""
    more = len(keys) - MOST_NAMED
    return ", ".join(keys[:MOST_NAMED]) + (f" +{more}" if more > 0 else "")
