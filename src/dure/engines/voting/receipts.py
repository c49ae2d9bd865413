"""Receipts: a code that its voter alone can make, printed beside the ballot in a list that anybody can count again.

The code is an HMAC over the vote, the ballot's token and what it says, under words that the voter chose. Who hands out one
code to two voters who vote alike would have to find two inputs with the same HMAC. The list is sorted by code, so neither time nor
order of casting is in it. A token is an HMAC under the vote's key; once the key is destroyed, no code leads back to a person.
A receipt shows how its owner voted, also to somebody who buys or forces votes: whoever publishes ballots beside codes accepts that.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from dure.engines.faults import Fault, Faulty
from dure.engines.voting.checking import choice_faults
from dure.engines.voting.filing import canonical, normal, rule_data
from dure.engines.voting.secrecy import Entry
from dure.engines.voting.tallying import Tally, counted
from dure.engines.voting.values import Choice, Elector, Rule
from dure.engines.voting.weighing import all_votes, weights

SHORTEST_NONCE: Final = 8
LONGEST_NONCE: Final = 200
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: a code is read aloud and copied by hand (Crockford's base 32)."""
_SIGNS: Final = 25
_GROUP: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a voter keeps. `nonce` are the voter's own words; everything else can be shown again until the voter votes anew."""

    vote: str
    token: str
    nonce: str
    choice: Choice
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ballot as published."""

    code: str
    choice: Choice
    weight: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """All ballots of a vote, sorted by code, with how many votes there were in all."""

    vote: str
    rule: Rule
    whole: int
    rows: tuple[Row, ...]


def nonce_faults(nonce: str) -> list[Fault]:
    """What is wrong with the words that a voter chose."""
    if SHORTEST_NONCE <= len(nonce) <= LONGEST_NONCE and nonce.isprintable():
        return []
    return [Fault("vote_nonce_malformed", {"least": SHORTEST_NONCE, "most": LONGEST_NONCE})]


def receipt(vote: str, token: str, choice: Choice, nonce: str) -> Receipt:
    """The receipt of a ballot. Raises Faulty for words that are too short, too long or no text."""
    if faults := nonce_faults(nonce):
        raise Faulty(faults)
    said = canonical(["dure ballot receipt 1", vote, token, normal(choice)])
    code = _code(hmac.digest(nonce.encode(), said, hashlib.sha256))
    return Receipt(vote=vote, token=token, nonce=nonce, choice=normal(choice), code=code)


def _code(digest: bytes) -> str:
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - 5 * _SIGNS)
    signs = [_LETTERS[number >> 5 * at & 31] for at in reversed(range(_SIGNS))]
    return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, _SIGNS, _GROUP))


def published(vote: str, rule: Rule, electors: Sequence[Elector], entries: Mapping[str, Entry]) -> Published:
    """The list to publish, from the opened entries by token. Afterwards key, box and tokens are to be destroyed."""
    weighed = weights(rule, electors)
    rows = [
        Row(code=entry.code, choice=normal(entry.choice), weight=weighed[token])
        for token, entry in entries.items()
    ]
    ordered = tuple(sorted(rows, key=lambda row: row.code))
    return Published(vote=vote, rule=rule, whole=all_votes(rule, electors), rows=ordered)


def digest(listed: Published) -> str:
    """SHA-256 of the published list: what a lottery's seed is drawn over, and what is noted where nobody can change it."""
    rows = [[row.code, row.choice, str(row.weight)] for row in listed.rows]
    whole = ["dure published ballots 1", listed.vote, rule_data(listed.rule), listed.whole, rows]
    return hashlib.sha256(canonical(whole)).hexdigest()


def published_faults(listed: Published) -> list[Fault]:
    """What cannot be in an honest list: a code twice, a ballot that the rule does not allow, more votes than there are."""
    found = [
        Fault("vote_code_twice", place=code)
        for code, count in Counter(row.code for row in listed.rows).items()
        if count > 1
    ]
    for row in listed.rows:
        found += choice_faults(listed.rule, row.choice)
        found += [] if 0 < row.weight <= 1 else [Fault("vote_weight_range", place=row.code)]
    if sum(row.weight for row in listed.rows) > listed.whole:
        found.append(Fault("vote_too_many_votes", {"whole": listed.whole}))
    return found


def recount(listed: Published) -> Tally:
    """The result from the published list alone. Raises Faulty where the list cannot be honest."""
    if faults := published_faults(listed):
        raise Faulty(faults)
    return counted(listed.rule, listed.whole, [(row.choice, row.weight) for row in listed.rows])


def verify(listed: Published, held: Receipt) -> list[Fault]:
    """What does not fit between the list and a receipt; nothing if the ballot stands in it once, as it was cast."""
    if receipt(held.vote, held.token, held.choice, held.nonce).code != held.code:
        return [Fault("vote_receipt_altered")]
    if held.vote != listed.vote:
        return [Fault("vote_receipt_elsewhere")]
    rows = [row for row in listed.rows if row.code == held.code]
    if not rows:
        return [Fault("vote_receipt_not_listed", place=held.code)]
    found = [Fault("vote_code_twice", place=held.code)] if len(rows) > 1 else []
    changed = any(row.choice != normal(held.choice) for row in rows)
    return found + ([Fault("vote_ballot_changed", place=held.code)] if changed else [])
