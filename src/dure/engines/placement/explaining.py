"""What an applicant reads of its own result: where it stood at each opening of its list, what the cut-off was, and why.

Nobody else is named. Of others it says how many were ranked, and the class of the last one who got a comparable seat.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dure.engines.placement.limits import members_of
from dure.engines.placement.lottery import Draw
from dure.engines.placement.values import Ints, Limit, Market


class Why(StrEnum):
    """Why an applicant has or has not a seat at an opening.

    FULL: all seats went to better placed ones. QUOTA: a seat is free or went to a worse placed one of another group, and no more of
    the applicant's group may come. RESERVED: a worse placed one has a seat that is kept for a group without the applicant.
    """

    SEAT = "seat"
    HIGHER_CHOICE = "higher_choice"
    NOT_ACCEPTABLE = "not_acceptable"
    QUOTA = "quota"
    RESERVED = "reserved"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """The last comparable seat: the class of who got it, and whether the applicant has it too, so that the lottery decided."""

    priority: int
    by_lottery: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One opening of an applicant's list, in the order in which it was asked.

    `place` (from 1) of `ranked` is where the applicant stands among those that the opening accepts; 0 without a class. `group` is
    that whose quota was reached. There is a cut-off for FULL, QUOTA and RESERVED, unless no comparable seat was given.
    """

    opening: str
    tier: int
    priority: int
    place: int
    ranked: int
    why: Why
    cut_off: CutOff | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Explainer:
    """A result made ready to be explained to one applicant after another.

    Per opening: `asked` has the standings of all it accepts, `held` of those who got a seat, both sorted; `filled` counts seats by
    group.
    """

    market: Market
    drawn: Draw
    places: Ints
    asked: list[list[int]]
    held: list[list[int]]
    filled: list[Counter[str]]
    members: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, market: Market, drawn: Draw, places: Ints) -> "Explainer":
        choices, members = market.choices, members_of(market)
        accepted = choices.priority > 0
        sitting = accepted & (places[choices.applicant] == choices.opening)
        held = _by_opening(market, drawn, np.flatnonzero(sitting))
        filled = [
            Counter(
                limit.group
                for standing in standings
                for limit in opening.limits
                if int(drawn.lots[standing % len(drawn.lots)]) in members[limit.group]
            )
            for opening, standings in zip(market.openings, held, strict=True)
        ]
        return cls(
            market, drawn, places, _by_opening(market, drawn, np.flatnonzero(accepted)), held, filled, members
        )

    def lines(self, applicant: int) -> list[Line]:
        """The lines of one applicant, by its index in the frozen order."""
        first, behind = np.searchsorted(self.market.choices.applicant, [applicant, applicant + 1]).tolist()
        rows = self.drawn.order[first:behind].tolist()
        openings = self.market.choices.opening[rows].tolist()
        own = int(self.places[applicant])
        asked = openings.index(own) + 1 if own in openings else len(rows)
        return [self._line(applicant, row, was_asked=place < asked) for place, row in enumerate(rows)]

    def _line(self, applicant: int, row: int, *, was_asked: bool) -> Line:
        choices, opening = self.market.choices, int(self.market.choices.opening[row])
        standing = int(self.drawn.standing[row])
        why, group = self._why(applicant, opening, standing, was_asked=was_asked)
        return Line(
            opening=self.market.openings[opening].key,
            tier=int(choices.tier[row]),
            priority=int(choices.priority[row]),
            place=0 if standing < 0 else bisect_left(self.asked[opening], standing) + 1,
            ranked=len(self.asked[opening]),
            why=why,
            cut_off=self._cut_off(opening, standing, why, group),
            group=group,
        )

    def _why(self, applicant: int, opening: int, standing: int, *, was_asked: bool) -> tuple[Why, str]:
        """The reason, and the group whose quota is one."""
        if standing < 0:
            return Why.NOT_ACCEPTABLE, ""
        if not was_asked:
            return Why.HIGHER_CHOICE, ""
        if self.places[applicant] == opening:
            return Why.SEAT, ""
        held = self.held[opening]
        worse = held[bisect_right(held, standing) :]
        if not worse and len(held) >= self.market.openings[opening].capacity:
            return Why.FULL, ""
        group = self._full_group(applicant, opening)
        if group and not any(self._is_in(one, group) for one in worse):
            return Why.QUOTA, group
        return Why.RESERVED, ""

    def _full_group(self, applicant: int, opening: int) -> str:
        """The smallest of the applicant's groups whose quota is reached; no text if none is."""
        return next(
            (limit.group for limit in self._reached(opening) if applicant in self.members[limit.group]), ""
        )

    def _reached(self, opening: int) -> Iterable[Limit]:
        limits = sorted(self.market.openings[opening].limits, key=lambda one: len(self.members[one.group]))
        return (
            one for one in limits if one.quota is not None and self.filled[opening][one.group] >= one.quota
        )

    def _cut_off(self, opening: int, standing: int, why: Why, group: str) -> CutOff | None:
        if why not in {Why.FULL, Why.QUOTA, Why.RESERVED}:
            return None
        held = self.held[opening]
        comparable = [one for one in held[: bisect_right(held, standing)] if self._is_in(one, group)]
        if not comparable:
            return None
        last, own = comparable[-1] // len(self.drawn.lots), standing // len(self.drawn.lots)
        return CutOff(priority=last, by_lottery=last == own)

    def _is_in(self, standing: int, group: str) -> bool:
        applicant = int(self.drawn.lots[standing % len(self.drawn.lots)])
        return not group or applicant in self.members[group]


def _by_opening(market: Market, drawn: Draw, rows: Ints) -> list[list[int]]:
    """The sorted standings of each opening among these rows."""
    openings, standings = market.choices.opening[rows], drawn.standing[rows]
    order = np.lexsort((standings, openings))
    bounds = np.searchsorted(openings[order], np.arange(len(market.openings) + 1))
    ordered = standings[order].tolist()
    return [ordered[bounds[index] : bounds[index + 1]] for index in range(len(market.openings))]
