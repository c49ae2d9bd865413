"""The lottery that nobody can steer: two organisations commit to secrets before the deadline and reveal them after it.

Neither knows the other's secret when it commits, and the frozen inputs are hashed in as well, so nobody can fit a secret, a ranking
or a class to the draw. An organisation can still refuse to reveal; the round then has no draw, which everybody sees.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.placement.values import Choices, Ints, Market

FEWEST_SECRETS: Final = 2
MOST_SECRETS: Final = 20
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_SEED: Final = b"dure placement seed 1\0"
_LOT: Final = b"lot\0"
_TIE_APPLICANT: Final = b"tie applicant\0"
_TIE_OPENING: Final = b"tie opening\0"
Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What one organisation committed to and revealed: `secret` is 32 random bytes and `commitment` their SHA-256, both as hex."""

    organisation: str
    commitment: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draw:
    """Rankings with every tie broken.

    `order` holds the rows of the choices, applicant by applicant, each one's best choice first. `standing` has a number per row:
    priority × applicants + the applicant's lot (0 is the luckiest), so at one opening smaller is better and no two are equal; who
    is not acceptable there has -1. `lots` are the applicants' indexes, the luckiest first.
    """

    order: Ints
    standing: Ints
    lots: Ints


def commitment_of(secret: str) -> str:
    """The commitment to publish for a secret of 64 hexadecimal digits. Raises ValueError for anything else."""
    if not _HEX.fullmatch(secret):
        raise ValueError("a secret is 64 small hexadecimal digits")
    return hashlib.sha256(bytes.fromhex(secret)).hexdigest()


def secret_faults(secrets: Sequence[Secret]) -> list[Fault]:
    """What is wrong with what was committed and revealed."""
    found = [fault for secret in secrets if (fault := _fault_of(secret))]
    if not FEWEST_SECRETS <= len({one.organisation for one in secrets}) == len(secrets) <= MOST_SECRETS:
        found.append(Fault("placement_secrets_count", {"least": FEWEST_SECRETS, "most": MOST_SECRETS}))
    if len({one.commitment for one in secrets}) < len(secrets):
        found.append(Fault("placement_commitment_copied"))
    return found


def _fault_of(one: Secret) -> Fault | None:
    if not _HEX.fullmatch(one.secret):
        return Fault("placement_secret_malformed", place=one.organisation)
    if commitment_of(one.secret) != one.commitment:
        return Fault("placement_commitment_broken", place=one.organisation)
    return None


def seed_of(inputs_sha256: str, secrets: Iterable[Secret]) -> bytes:
    """SHA-256 over the hash of the frozen inputs and the secrets, by the name of their organisation."""
    ordered = sorted(secrets, key=lambda one: one.organisation)
    parts = [bytes.fromhex(inputs_sha256), *(bytes.fromhex(one.secret) for one in ordered)]
    return hashlib.sha256(_SEED + b"".join(parts)).digest()


def draw(market: Market, seed: bytes) -> Draw:
    """Break every tie: first those in applicants' own rankings, each by itself, then the openings' by one lot per applicant.

    The market is in the order that `freezing` gives it. An applicant's lot is the place of
    SHA-256(seed, "lot", name) among all.
    """
    hashes = [hashlib.sha256(seed + _LOT + name.encode()).digest() for name in market.applicants]
    lots = np.array(sorted(range(len(hashes)), key=hashes.__getitem__), np.int64)
    lot_of = np.empty_like(lots)
    lot_of[lots] = np.arange(len(lots))
    choices = market.choices
    standing = choices.priority * len(lots) + lot_of[choices.applicant]
    standing[choices.priority == 0] = -1
    return Draw(order=_order(market, seed), standing=standing, lots=lots)


def _order(market: Market, seed: bytes) -> Ints:
    choices = market.choices
    tied = np.flatnonzero(_tied(choices))
    if not len(tied):
        return np.arange(len(choices), dtype=np.int64)
    numbers = np.zeros(len(choices), np.uint64)
    numbers[tied] = _tie_numbers(market, seed, tied)
    return np.lexsort((numbers, choices.tier, choices.applicant)).astype(np.int64)


def _tied(choices: Choices) -> NDArray[np.bool_]:
    """Which rows share their tier with another of the same applicant; those of a tier lie side by side."""
    same = (np.diff(choices.applicant) == 0) & (np.diff(choices.tier) == 0)
    return np.append(same, False) | np.insert(same, 0, False) if len(choices) else np.zeros(0, np.bool_)


def _tie_numbers(market: Market, seed: bytes, rows: Ints) -> Numbers:
    """Per row, mixed, SHA-256(seed, "tie applicant", name) XOR SHA-256(seed, "tie opening", key), of each the first 64 bits.

    Hashing each pair by itself would take longer than the whole placement; nobody can choose names to suit an unknown seed.
    """
    people = _numbers(seed + _TIE_APPLICANT, market.applicants)
    openings = _numbers(seed + _TIE_OPENING, [opening.key for opening in market.openings])
    return _mixed(people[market.choices.applicant[rows]] ^ openings[market.choices.opening[rows]])


def _numbers(start: bytes, names: Sequence[str]) -> Numbers:
    digests = b"".join(hashlib.sha256(start + name.encode()).digest()[:8] for name in names)
    return np.frombuffer(digests, ">u8").astype(np.uint64)


def _mixed(numbers: Numbers) -> Numbers:
    """The finalizer of SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
