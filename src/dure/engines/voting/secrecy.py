"""The ballot box while a vote is open: who reads the database finds neither who has voted, nor when, nor what.

The box has one sealed entry for each elector from the first moment, all of one length. Casting a ballot opens them all and seals
them all anew: two copies of the box from different days differ in every entry, so they do not show whose ballot came between.
Entries stand by token, an HMAC of the person under the vote's key. The key belongs outside the database and its backups; with both
one can read every ballot, and so can who runs the machine while the vote is open. Once the key is destroyed nobody can.
Sealing is JWE with a direct key and AES-256-GCM (RFC 7516 and 7518).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey

from dure.engines.faults import Fault, Faulty
from dure.engines.voting.filing import canonical
from dure.engines.voting.values import Choice, Rule

KEY_BYTES: Final = 32
_ROOM: Final = 160
_ROOM_PER_OPTION: Final = 6
"""Bytes for a token, a code and their brackets, and for each option: more than the longest ballot takes."""
_HEADER: Final = {"alg": "dir", "enc": "A256GCM"}
_REGISTRY: Final = JWERegistry(algorithms=list(_HEADER.values()))

Box = Mapping[str, str]
"""Sealed entries by token. As JSON it goes into one column of the vote's row, so that no ballot has a row with an age."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ballot says, and the code of its receipt."""

    choice: Choice
    code: str


def token_of(key: bytes, vote: str, person: str) -> str:
    """The token of a person's ballot: nobody without the key can tell whose. Raises ValueError for a key of another length."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a vote's key has {KEY_BYTES} bytes")
    return hmac.digest(key, canonical(["dure ballot token 1", vote, person]), hashlib.sha256).hex()


def empty_box(key: bytes, rule: Rule, tokens: Iterable[str]) -> Box:
    """The box of a vote that opens: an entry without a ballot for each elector."""
    return _sealed(key, rule, dict.fromkeys(sorted(tokens)))


def cast(key: bytes, rule: Rule, box: Box, token: str, entry: Entry) -> Box:
    """The box with this ballot in place of any earlier one of the token, every entry sealed anew.

    To be called with the vote's row locked. The ballot has passed `choice_faults`. Raises Faulty for a token of nobody who may
    vote, and for a box that is not of this key.
    """
    if token not in box:
        raise Faulty([Fault("vote_not_elector")])
    return _sealed(key, rule, {**_opened(key, rule, box), token: entry})


def opened(key: bytes, rule: Rule, box: Box) -> dict[str, Entry]:
    """The ballots by token, of those who have voted. Raises Faulty for a box that is not of this key or was tampered with."""
    return {token: entry for token, entry in _opened(key, rule, box).items() if entry}


def _sealed(key: bytes, rule: Rule, entries: Mapping[str, Entry | None]) -> Box:
    width = _ROOM + _ROOM_PER_OPTION * len(rule.options)
    seal = OctKey.import_key(key)
    return {
        token: jwe.encrypt_compact(
            _HEADER, _written(token, entry, rule).ljust(width), seal, registry=_REGISTRY
        )
        for token, entry in entries.items()
    }


def _written(token: str, entry: Entry | None, rule: Rule) -> bytes:
    """Options by number: by name, entries would be as long as fifty long names. The token keeps entries from being swapped."""
    if entry is None:
        return canonical([token, None, ""])
    return canonical(
        [token, [[rule.options.index(option) for option in tier] for tier in entry.choice], entry.code]
    )


def _opened(key: bytes, rule: Rule, box: Box) -> dict[str, Entry | None]:
    seal = OctKey.import_key(key)
    return {token: _read(token, sealed, rule, seal) for token, sealed in box.items()}


def _read(token: str, sealed: str, rule: Rule, seal: OctKey) -> Entry | None:
    try:
        plain = jwe.decrypt_compact(sealed, seal, registry=_REGISTRY).plaintext
    except (JoseError, ValueError) as error:
        raise Faulty([Fault("vote_box_broken")]) from error
    owner, tiers, code = json.loads(plain or b"[null, null, null]")
    if owner != token:
        raise Faulty([Fault("vote_box_broken")])
    if tiers is None:
        return None
    return Entry(tuple(tuple(rule.options[at] for at in tier) for tier in tiers), code)
