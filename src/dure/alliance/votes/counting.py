"""What stands in the box, and what comes of it: the engine's values from a vote's row, its electors and its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dure.alliance.votes import keys
from dure.engines import voting
from dure.foundation.faults import Faulty


@dataclass(frozen=True, slots=True)
class Opened:
    """The box, opened: who may vote by token, and the ballots of those who have voted."""

    electors: tuple[voting.Elector, ...]
    entries: dict[str, voting.Entry]


def electors_of(vote: Any, key: bytes) -> tuple[voting.Elector, ...]:
    """Who may vote, by token; one whose account is gone has no token and casts nothing any more."""
    rows = vote.electors.select_related("person", "organisation").order_by("pk")
    return tuple(_elector(vote, key, one) for one in rows)


def _elector(vote: Any, key: bytes, row: Any) -> voting.Elector:
    token = token_of(vote, key, row)
    return voting.Elector(token, row.organisation.slug if row.organisation else "")


def token_of(vote: Any, key: bytes, row: Any) -> str:
    """By the row, which stays when the account goes: the electorate is frozen."""
    return voting.token_of(key, str(vote.uid), str(row.pk))


def open_box(vote: Any) -> Opened | None:
    """All that is in it; None where the key is gone or does not fit the box: then nobody can count it."""
    key = keys.read(vote.uid)
    if key is None:
        return None
    electors = electors_of(vote, key)
    try:
        entries = voting.opened(key, vote.printed, vote.box)
    except Faulty:
        return None
    if set(vote.box) != {elector.token for elector in electors}:
        return None
    return Opened(electors, entries)


def turnout(vote: Any) -> voting.Turnout:
    """How many votes were cast, by the marks of the electors alone: no ballot is opened for it."""
    rows = list(vote.electors.select_related("organisation").order_by("pk"))
    electors = [
        voting.Elector(str(one.pk), one.organisation.slug if one.organisation else "") for one in rows
    ]
    return voting.turnout(vote.printed, electors, [str(one.pk) for one in rows if one.has_cast])


def everybody_has_cast(vote: Any) -> bool:
    return not vote.electors.filter(has_cast=False).exists()


def result(vote: Any) -> tuple[voting.Tally, voting.Standing | None]:
    """The result from the published list alone, as anybody counts it, and the standing after a tie was broken."""
    tally = voting.recount(vote.published)
    return tally, settled(vote.printed, tally, vote.chosen_order)


def settled(rule: voting.Rule, tally: voting.Tally, chair: Sequence[str] = ()) -> voting.Standing | None:
    """After a tie was broken by the printed rule; as it is while the chair has not decided."""
    standing = tally.standing
    if standing is None or (rule.ties == "chair" and standing.tied and not chair):
        return standing
    return voting.settle(rule, standing, chair=chair)
