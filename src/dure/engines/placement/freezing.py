"""Inputs that stand still: one form of a market as bytes, whatever order it came in, and the SHA-256 over them."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from dure.engines.faults import Faulty
from dure.engines.placement.checking import LARGEST_NUMBER, market_faults
from dure.engines.placement.values import Choices, Ints, Market, Opening

FORMAT: Final = "dure-placement-inputs-1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frozen:
    """A market in its one order, its bytes (canonical JSON in UTF-8) and their SHA-256 as hex."""

    market: Market
    content: bytes
    sha256: str


def freeze(market: Market) -> Frozen:
    """Bring a market into its one order: names by code point, choices by applicant, tier and opening.

    Raises `Faulty` with everything that is wrong with the market.
    """
    if found := market_faults(market):
        raise Faulty(found)
    ordered = _in_order(market)
    content = canonical(_as_json(ordered))
    return Frozen(market=ordered, content=content, sha256=hashlib.sha256(content).hexdigest())


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without blanks, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _in_order(market: Market) -> Market:
    people = sorted(range(len(market.applicants)), key=market.applicants.__getitem__)
    seats = sorted(range(len(market.openings)), key=lambda index: market.openings[index].key)
    new_person, new_seat = _inverse(people), _inverse(seats)
    groups = {name: np.sort(new_person[members]) for name, members in sorted(market.groups.items())}
    return Market(
        applicants=tuple(market.applicants[index] for index in people),
        openings=tuple(_opening_in_order(market.openings[index]) for index in seats),
        choices=_choices_in_order(market.choices, new_person, new_seat),
        groups=groups,
    )


def _inverse(order: list[int]) -> Ints:
    """The new index of each old one."""
    new = np.empty(len(order), np.int64)
    new[order] = np.arange(len(order))
    return new


def _opening_in_order(opening: Opening) -> Opening:
    return replace(opening, limits=tuple(sorted(opening.limits, key=lambda limit: limit.group)))


def _choices_in_order(choices: Choices, new_person: Ints, new_seat: Ints) -> Choices:
    applicant, opening = new_person[choices.applicant], new_seat[choices.opening]
    keys = (applicant * (LARGEST_NUMBER + 1) + choices.tier) * max(1, len(new_seat)) + opening
    rows = np.argsort(keys, kind="stable")
    return Choices(
        applicant=applicant[rows],
        opening=opening[rows],
        tier=choices.tier[rows],
        priority=choices.priority[rows],
    )


def _as_json(market: Market) -> dict[str, Any]:
    choices = market.choices
    return {
        "format": FORMAT,
        "applicants": market.applicants,
        "openings": [_opening_as_json(opening) for opening in market.openings],
        "groups": {name: members.tolist() for name, members in market.groups.items()},
        "choices": {
            "per_applicant": np.bincount(choices.applicant, minlength=len(market.applicants)).tolist(),
            "opening": choices.opening.tolist(),
            "tier": choices.tier.tolist(),
            "priority": choices.priority.tolist(),
        },
    }


def _opening_as_json(opening: Opening) -> dict[str, Any]:
    limits = [
        {"group": limit.group, "reserve": limit.reserve, "quota": limit.quota} for limit in opening.limits
    ]
    return {"key": opening.key, "capacity": opening.capacity, "limits": limits}
