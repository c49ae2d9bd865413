"""Decides by budget: proposals in the order of their scores under a ceiling, the rest on a waiting list, by a printed rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Final, Literal

from dure.engines.faults import Fault, Faulty
from dure.engines.voting import lots

WhenFull = Literal["stop", "skip"]
TieRule = Literal["chair", "lottery", "open"]
WHEN_FULL: Final[tuple[WhenFull, ...]] = ("stop", "skip")
TIE_RULES: Final[tuple[TieRule, ...]] = ("chair", "lottery", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingRule:
    """The rule, printed before the call opens. Amounts are whole won.

    Below the `least` score nothing is funded. Where the next proposal does not fit under the ceiling any more, nothing after it
    is accepted (`stop`), or smaller ones that fit still are (`skip`). `ties` says who orders equal scores where that decides.
    """

    ceiling: int
    least: Fraction | None = None
    when_full: WhenFull = "stop"
    ties: TieRule = "chair"


@dataclass(frozen=True, slots=True)
class Ask:
    """A proposal's score and the amount it asks for."""

    proposal: str
    score: Fraction
    amount: int


@dataclass(slots=True, kw_only=True)
class Funding:
    """The decision. `tied` proposals wait for an order, and what stands below waits with them. A layer of `waiting` is equal."""

    left: int
    accepted: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    waiting: list[tuple[str, ...]] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)


def funding_faults(rule: FundingRule, asks: Sequence[Ask]) -> list[Fault]:
    """Every fault of the rule and of what is asked."""
    found = []
    if rule.ceiling < 0:
        found.append(Fault("funding_amount", place="ceiling"))
    if rule.when_full not in WHEN_FULL:
        found.append(Fault("funding_word", {"words": ", ".join(WHEN_FULL)}, place="when_full"))
    if rule.ties not in TIE_RULES:
        found.append(Fault("funding_word", {"words": ", ".join(TIE_RULES)}, place="ties"))
    found += [Fault("funding_amount", place=ask.proposal) for ask in asks if ask.amount < 0]
    keys = [ask.proposal for ask in asks]
    found += [Fault("review_key_twice", {"key": key}) for key in sorted(set(keys)) if keys.count(key) > 1]
    return found


def decide(
    rule: FundingRule, asks: Sequence[Ask], *, chair: Sequence[str] = (), seed: bytes | None = None
) -> Funding:
    """Accept in the order of scores. Raises Faulty with every fault.

    `chair` is the order in which the chair puts proposals of equal score, `seed` that of the lottery; either is asked only where
    equal ones do not all fit. When money is freed later, the same function decides on who waits, with that money as its ceiling.
    """
    if faults := funding_faults(rule, asks):
        raise Faulty(faults)
    funding = Funding(left=rule.ceiling)
    ranked = sorted(asks, key=lambda ask: (-ask.score, ask.proposal))
    enough = [ask for ask in ranked if rule.least is None or ask.score >= rule.least]
    funding.declined = [ask.proposal for ask in ranked if ask not in enough]
    for _score, group in groupby(enough, key=lambda ask: ask.score):
        _take(list(group), funding, rule, (chair, seed))
    return funding


def _take(
    group: list[Ask], funding: Funding, rule: FundingRule, order: tuple[Sequence[str], bytes | None]
) -> None:
    is_closed = bool(funding.tied) or (rule.when_full == "stop" and bool(funding.waiting))
    if is_closed or all(ask.amount > funding.left for ask in group):
        funding.waiting.append(tuple(ask.proposal for ask in group))
    elif sum(ask.amount for ask in group) <= funding.left:
        _accept(group, funding)
    else:
        ordered = _ordered(group, rule, *order)
        if ordered:
            _take_singly(ordered, funding, rule)
        else:
            funding.tied = [ask.proposal for ask in group]


def _accept(group: Sequence[Ask], funding: Funding) -> None:
    funding.accepted += [ask.proposal for ask in group]
    funding.left -= sum(ask.amount for ask in group)


def _take_singly(ordered: Sequence[Ask], funding: Funding, rule: FundingRule) -> None:
    for ask in ordered:
        _take([ask], funding, rule, ((), None))


def _ordered(group: Sequence[Ask], rule: FundingRule, chair: Sequence[str], seed: bytes | None) -> list[Ask]:
    """The group in the order of who decides ties; empty where nobody has yet."""
    keys: Sequence[str] = ()
    if rule.ties == "chair":
        keys = chair
    elif rule.ties == "lottery" and seed is not None:
        keys = lots([ask.proposal for ask in group], seed)
    by_key = {ask.proposal: ask for ask in group}
    named = [key for key in dict.fromkeys(keys) if key in by_key]
    return [by_key[key] for key in named] if len(named) == len(group) else []
