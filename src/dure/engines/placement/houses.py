"""An opening with reserves or quotas as the verifier sees it: whom it holds, and who goes first when one too many has come.

Where the solver fills seats group by group, this compares exchanges. For the preferences of `limits` a set is best as soon as no
exchange of one for another improves it (Murota, Discrete Convex Analysis, theorem 6.26), so no larger ones need be tried.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping

from dure.engines.placement.values import Market, Opening

Kind = frozenset[str]
"""The groups with a limit at an opening that somebody is in. Of one kind the worst placed goes first."""


class House:
    """One opening, the sorted standings that it holds of each kind, and how many it holds of each group."""

    def __init__(self, opening: Opening, members: Mapping[str, frozenset[int]]) -> None:
        self.capacity = opening.capacity
        self.members = {limit.group: members[limit.group] for limit in opening.limits}
        self.reserves = {limit.group: limit.reserve for limit in opening.limits}
        self.quotas = {limit.group: limit.quota for limit in opening.limits if limit.quota is not None}
        self.held: dict[Kind, list[int]] = defaultdict(list)
        self.counts = dict.fromkeys(self.members, 0)
        self.size = 0

    def kind(self, applicant: int) -> Kind:
        return frozenset([group for group, members in self.members.items() if applicant in members])

    def add(self, kind: Kind, standing: int) -> None:
        insort(self.held[kind], standing)
        self._count(kind, 1)

    def remove(self, kind: Kind, standing: int) -> None:
        self.held[kind].remove(standing)
        self._count(kind, -1)

    def _count(self, kind: Kind, change: int) -> None:
        self.size += change
        for group in kind:
            self.counts[group] += change

    def beyond_quotas(self) -> int:
        return sum(max(0, self.counts[group] - quota) for group, quota in self.quotas.items())

    def surplus(self) -> tuple[Kind, int] | None:
        """Whom the opening does without after one has come, if that was one too many: kind and standing.

        Who goes must be of every group that is beyond its quota; of these the opening loses the fewest reserved seats, and then the
        worst placed.
        """
        over = self._over()
        if self.size <= self.capacity and not over:
            return None
        filling = self._filling()
        ways = (
            (len(kind & filling), -standings[-1], kind)
            for kind, standings in self.held.items()
            if standings and over <= kind
        )
        _lost, worst, kind = min(ways)
        return kind, -worst

    def gains(self, kind: Kind, standing: int) -> tuple[bool, bool]:
        """Whether the opening would rather have this applicant too or instead of another, and whether only for a reserve.

        One that is beyond its limits already is asked nothing: that is counted by itself.
        """
        if self.size > self.capacity or self._over():
            return False, False
        self.add(kind, standing)
        goes = self.surplus()
        fills = not kind.isdisjoint(self._filling())
        self.remove(kind, standing)
        if goes is None:
            return True, fills
        return goes[1] != standing, goes[1] < standing

    def _over(self) -> set[str]:
        return {group for group, quota in self.quotas.items() if self.counts[group] > quota}

    def _filling(self) -> set[str]:
        """The groups of which everyone held fills a reserved seat."""
        return {group for group, reserve in self.reserves.items() if self.counts[group] <= reserve}


def houses_of(market: Market) -> dict[int, House]:
    """An empty house for every opening with limits, by its index."""
    members = {name: frozenset(group.tolist()) for name, group in market.groups.items()}
    return {index: House(opening, members) for index, opening in enumerate(market.openings) if opening.limits}
