"""What is wrong with a market, all at once. A market without faults can be frozen and solved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from dure.engines.faults import Fault
from dure.engines.placement.limits import limit_faults
from dure.engines.placement.values import Ints, Market

LONGEST_NAME: Final = 200
MOST_APPLICANTS: Final = 1_000_000
MOST_OPENINGS: Final = 100_000
MOST_CHOICES: Final = 12_000_000
LARGEST_NUMBER: Final = 100_000
"""Of a tier and of a class. With the bounds above, a choice's whole sort key fits into 64 bits."""
MOST_SEATS: Final = 1_000_000


def market_faults(market: Market) -> list[Fault]:
    """Every fault of the market. Where names or columns are broken, what they would say is not looked at."""
    found = [*_size_faults(market), *_name_faults(market), *_column_faults(market)]
    if found:
        return found
    return [*_twice(market), *_capacity_faults(market), *limit_faults(market)]


def _size_faults(market: Market) -> Iterator[Fault]:
    sizes = (
        ("applicants", len(market.applicants), MOST_APPLICANTS),
        ("openings", len(market.openings), MOST_OPENINGS),
        ("choices", len(market.choices), MOST_CHOICES),
    )
    for what, size, most in sizes:
        if size > most:
            yield Fault("placement_too_large", {"limit": most}, place=what)


def _name_faults(market: Market) -> Iterator[Fault]:
    yield from _names("applicants", market.applicants)
    yield from _names("openings", [opening.key for opening in market.openings])
    yield from _names("groups", list(market.groups))


def _names(place: str, names: Sequence[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            yield Fault("placement_name_malformed", {"limit": LONGEST_NAME}, place=f"{place}: {name[:40]!r}")
        if count > 1:
            yield Fault("placement_name_twice", {"name": name}, place=place)


def _column_faults(market: Market) -> Iterator[Fault]:
    choices, people = market.choices, len(market.applicants)
    if len({len(column) for column in choices.columns()}) > 1:
        yield Fault("placement_columns_differ", place="choices")
    ranges = (
        ("choices.applicant", choices.applicant, 0, people - 1),
        ("choices.opening", choices.opening, 0, len(market.openings) - 1),
        ("choices.tier", choices.tier, 1, LARGEST_NUMBER),
        ("choices.priority", choices.priority, 0, LARGEST_NUMBER),
        *((f"groups.{name}", members, 0, people - 1) for name, members in market.groups.items()),
    )
    for place, column, low, high in ranges:
        if len(column) and not low <= int(column.min()) <= int(column.max()) <= high:
            yield Fault("placement_number_out_of_range", {"low": low, "high": high}, place=place)


def _twice(market: Market) -> Iterator[Fault]:
    """Who ranks an opening twice, and who is listed twice as a member of a group."""
    choices = market.choices
    for pair in _repeated(choices.applicant * len(market.openings) + choices.opening):
        applicant, opening = divmod(pair, len(market.openings))
        names = {"applicant": market.applicants[applicant], "opening": market.openings[opening].key}
        yield Fault("placement_choice_twice", names)
    for group, members in market.groups.items():
        for member in _repeated(members):
            yield Fault("placement_member_twice", {"name": market.applicants[member]}, place=group)


def _repeated(keys: Ints) -> list[int]:
    ordered = np.sort(keys)
    return list(dict.fromkeys(ordered[1:][ordered[1:] == ordered[:-1]].tolist()))


def _capacity_faults(market: Market) -> Iterator[Fault]:
    for opening in market.openings:
        if not 0 <= opening.capacity <= MOST_SEATS:
            yield Fault("placement_capacity", {"high": MOST_SEATS}, place=opening.key)
