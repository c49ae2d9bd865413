"""The lottery: who commits is held to it, nobody alone decides, and everybody can draw it again."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest

from dure.engines.placement import Opening, Secret, build, commitment_of, draw, freeze, secret_faults, seed_of
from tests.engines.placement.markets import EXAMPLE, SECRETS, SEED

INPUTS = "c" * 64


def test_the_seed_is_what_anybody_computes_from_hash_and_secrets() -> None:
    parts = bytes.fromhex(INPUTS) + b"\xaa" * 32 + b"\xbb" * 32
    assert seed_of(INPUTS, SECRETS) == hashlib.sha256(b"dure placement seed 1\0" + parts).digest()
    assert seed_of(INPUTS, SECRETS[::-1]) == seed_of(INPUTS, SECRETS)


def test_each_secret_and_the_inputs_change_the_seed() -> None:
    others = (SECRETS[0], replace(SECRETS[1], secret="d" * 64))
    assert len({seed_of(INPUTS, SECRETS), seed_of(INPUTS, others), seed_of("d" * 64, SECRETS)}) == 3


@pytest.mark.parametrize(
    ("secrets", "code"),
    [
        (SECRETS[:1], "placement_secrets_count"),
        ((SECRETS[0], replace(SECRETS[1], organisation="kaist")), "placement_secrets_count"),
        ((SECRETS[0], replace(SECRETS[1], secret="d" * 64)), "placement_commitment_broken"),
        ((SECRETS[0], replace(SECRETS[1], secret="B" * 64)), "placement_secret_malformed"),
        ((SECRETS[0], replace(SECRETS[0], organisation="kt")), "placement_commitment_copied"),
    ],
)
def test_what_does_not_fit_is_a_fault(secrets: tuple[Secret, ...], code: str) -> None:
    assert [fault.code for fault in secret_faults(secrets)] == [code]


def test_what_fits_has_none() -> None:
    assert secret_faults(SECRETS) == []
    with pytest.raises(ValueError, match="64"):
        commitment_of("short")


def test_lots_and_ties_are_as_described() -> None:
    """Written again from the description, one hash after the other."""
    market = freeze(EXAMPLE.market()).market
    drawn = draw(market, SEED)
    by_hand = sorted(
        market.applicants, key=lambda name: hashlib.sha256(SEED + b"lot\0" + name.encode()).digest()
    )
    assert [market.applicants[index] for index in drawn.lots] == by_hand

    def number(row: int) -> int:
        applicant = market.applicants[market.choices.applicant[row]]
        opening = market.openings[market.choices.opening[row]].key
        return mixed(first("tie applicant\0", applicant) ^ first("tie opening\0", opening))

    tiers = list(zip(market.choices.applicant.tolist(), market.choices.tier.tolist(), strict=True))
    assert drawn.order.tolist() == sorted(range(len(tiers)), key=lambda row: (tiers[row], number(row)))


def first(tag: str, name: str) -> int:
    return int.from_bytes(hashlib.sha256(SEED + tag.encode() + name.encode()).digest()[:8], "big")


def mixed(number: int) -> int:
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    number = (number ^ number >> 27) * 0x94D049BB133111EB % 2**64
    return number ^ number >> 31


def test_every_order_of_a_tie_and_of_the_lots_comes_about_as_often() -> None:
    """6000 draws over 6 orders: each count is binomial with mean 1000 and standard deviation 29; 5 of these are allowed."""
    openings = [Opening(key=key, capacity=1) for key in "xyz"]
    market = build(openings, dict.fromkeys("abc", (("x", "y", "z"),)), {})
    draws = [draw(market, hashlib.sha256(b"%d" % number).digest()) for number in range(6000)]
    lots = Counter(tuple(one.lots.tolist()) for one in draws)
    ties = Counter(tuple(one.order.tolist()[:3]) for one in draws)
    for counts in (lots, ties):
        assert len(counts) == 6
        assert all(abs(count - 1000) < 145 for count in counts.values())


def test_a_class_goes_before_the_lot() -> None:
    market = freeze(EXAMPLE.market()).market
    drawn = draw(market, SEED)
    accepted = drawn.standing >= 0
    assert (drawn.standing[accepted] // len(market.applicants) == market.choices.priority[accepted]).all()
    assert (accepted == (market.choices.priority > 0)).all()
