"""From what stands above what to who wins: surely, or tied for the seats that are left."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dure.engines.faults import Fault, Faulty
from dure.engines.voting.values import Rule

Above = frozenset[tuple[str, str]]
"""Pairs of which the first stands above the second: transitive, and never both ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who won. `winners` win in every order that agrees with the votes; `tied` contend for `left` more seats.

    `order` has the options in layers, the best first: above each one of a layer stands some option of the layer before, and none
    of its own. `settled_by` names the rule that broke a tie.
    """

    order: tuple[tuple[str, ...], ...]
    winners: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0
    settled_by: str = ""
    above: Above = frozenset()


def standing_of(options: Sequence[str], above: Above, *, seats: int, may_win: Collection[str]) -> Standing:
    """Who wins `seats`, of those who may win at all."""
    contenders = [option for option in options if option in may_win]
    pairs = frozenset(pair for pair in above if set(pair) <= set(contenders))
    seats = min(seats, len(contenders))
    over = {option: sum(pair[1] == option for pair in pairs) for option in contenders}
    under = {option: sum(pair[0] == option for pair in pairs) for option in contenders}
    sure = [option for option in contenders if len(contenders) - under[option] <= seats]
    tied = [option for option in contenders if option not in sure and over[option] < seats]
    order = layers(options, above)
    return Standing(
        order=order,
        winners=_ordered(sure, order),
        tied=tuple(tied),
        left=seats - len(sure),
        above=above,
    )


def layers(options: Sequence[str], above: Above) -> tuple[tuple[str, ...], ...]:
    """The options above which none of the rest stands, then those of the rest, and so on."""
    rest, found = list(options), []
    while rest:
        top = tuple(option for option in rest if not any((other, option) in above for other in rest))
        found.append(top)
        rest = [option for option in rest if option not in top]
    return tuple(found)


def _ordered(some: Collection[str], order: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(option for layer in order for option in layer if option in some)


def settle(
    rule: Rule, standing: Standing, *, chair: Sequence[str] = (), seed: bytes | None = None
) -> Standing:
    """Break the tie by the printed rule, and by it alone. Without a tie, or where the rule leaves it open, nothing changes.

    `chair` is the order in which the chair would choose, over exactly the tied options; `seed` that of the lottery, fixed after
    the ballots were. Neither puts an option before one that stands above it. Raises Faulty where what the rule names is missing.
    """
    if not standing.tied or rule.ties == "open":
        return standing
    if rule.ties == "fails":
        return replace(standing, winners=("no",), tied=(), left=0, settled_by="fails")
    preferred = _preferred(rule, standing, chair, seed)
    chosen = _first(preferred, standing)
    return replace(
        standing,
        winners=(*standing.winners, *chosen),
        tied=(),
        left=0,
        settled_by=rule.ties,
    )


def _preferred(rule: Rule, standing: Standing, chair: Sequence[str], seed: bytes | None) -> list[str]:
    if rule.ties == "chair":
        if sorted(chair) != sorted(standing.tied):
            raise Faulty([Fault("vote_chair_order", {"options": ", ".join(standing.tied)})])
        return list(chair)
    if seed is None:
        raise Faulty([Fault("vote_seed_missing")])
    return lots(standing.tied, seed)


def lots(options: Collection[str], seed: bytes) -> list[str]:
    """The options in the order of SHA-256(seed, "dure vote lot", option): anybody can draw it again."""
    return sorted(
        options, key=lambda name: hashlib.sha256(seed + b"dure vote lot\0" + name.encode()).digest()
    )


def _first(preferred: list[str], standing: Standing) -> list[str]:
    chosen: list[str] = []
    rest = list(preferred)
    while len(chosen) < standing.left:
        free = next(one for one in rest if not any((other, one) in standing.above for other in rest))
        chosen.append(free)
        rest.remove(free)
    return chosen
