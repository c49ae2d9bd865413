"""Whom an opening takes of those who ask: the rule of `limits`, by filling seats from the innermost group outwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dure.engines.placement.limits import Members, from_inside
from dure.engines.placement.values import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """An opening's groups, each before those it lies within, and last the opening itself, which keeps all its seats for all.

    `groups` has the members, the opening's own entry left out.
    """

    groups: tuple[frozenset[int], ...]
    reserves: tuple[int, ...]
    quotas: tuple[int, ...]

    @classmethod
    def of(cls, opening: Opening, members: Members) -> "Tree":
        limits, seats = from_inside(opening, members), opening.capacity
        return cls(
            groups=tuple(members[limit.group] for limit in limits),
            reserves=(*(limit.reserve for limit in limits), seats),
            quotas=(*(seats if limit.quota is None else limit.quota for limit in limits), seats),
        )

    def chain(self, applicant: int) -> tuple[int, ...]:
        """The groups that the applicant is in, from inside to the opening itself."""
        inside = (index for index, group in enumerate(self.groups) if applicant in group)
        return (*inside, len(self.groups))


def choose(ranked: Sequence[int], chains: Mapping[int, tuple[int, ...]], tree: Tree) -> set[int]:
    """Those who get a seat, of `ranked` with the best placed first; `chains` has each one's groups.

    Each group in turn fills its reserve with the best placed of its members who are still without a seat, as quotas allow. The last
    group is the opening itself, whose reserve is all its seats.
    """
    counts = [0] * len(tree.quotas)
    full = {group for group, quota in enumerate(tree.quotas) if quota == 0}
    taken: set[int] = set()
    for group, reserve in enumerate(tree.reserves):
        for one in ranked:
            if counts[group] >= reserve:
                break
            chain = chains[one]
            if one not in taken and group in chain and full.isdisjoint(chain):
                taken.add(one)
                _count(chain, counts, full, tree.quotas)
    return taken


def _count(chain: Iterable[int], counts: list[int], full: set[int], quotas: Sequence[int]) -> None:
    """One more in every group of the chain; which of them are full now is kept, because that is asked of everybody who follows."""
    for group in chain:
        counts[group] += 1
        if counts[group] == quotas[group]:
            full.add(group)
