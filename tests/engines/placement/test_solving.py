"""What is solved has no blocking pair and breaks no rule, does not depend on the order of input, and is the best for applicants."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from matching.games import HospitalResident

from dure.engines.placement import NOWHERE, build, draw, recount, solve
from tests.engines.placement.markets import PLAINS, RANDOMS, SEED, Plain, random_plain, seeded, solved
from tests.engines.placement.oracle import best_stable, blocking_pairs, every_placement, is_kept


@given(PLAINS)
def test_nothing_is_broken(plain: Plain) -> None:
    frozen, drawn, places = solved(plain)
    assert recount(frozen.market, drawn, places).are_clean
    assert blocking_pairs(frozen.market, drawn, places.tolist()) == set()
    assert is_kept(frozen.market, drawn, places.tolist())


@given(RANDOMS)
def test_the_order_of_input_changes_nothing(rng: random.Random) -> None:
    plain = random_plain(rng)
    shuffled = Plain(
        openings=tuple(
            replace(one, limits=tuple(rng.sample(one.limits, len(one.limits))))
            for one in rng.sample(plain.openings, len(plain.openings))
        ),
        rankings={
            name: tuple(tuple(rng.sample(tier, len(tier))) for tier in plain.rankings[name])
            for name in rng.sample(list(plain.rankings), len(plain.rankings))
        },
        classes=dict(rng.sample(list(plain.classes.items()), len(plain.classes))),
        groups={name: tuple(rng.sample(group, len(group))) for name, group in plain.groups.items()},
    )
    (one, _, places), (other, _, same) = solved(plain), solved(shuffled)
    assert one.content == other.content
    assert places.tolist() == same.tolist()


@settings(max_examples=60, deadline=None)
@given(RANDOMS)
def test_it_is_the_stable_placement_that_is_best_for_every_applicant(rng: random.Random) -> None:
    frozen, drawn, places = solved(random_plain(rng, people=5, seats=3))
    assert tuple(places.tolist()) == best_stable(frozen.market, drawn)


@settings(max_examples=30, deadline=None)
@given(RANDOMS)
def test_the_recount_finds_the_blocking_pairs_of_any_placement(rng: random.Random) -> None:
    frozen, drawn, places = solved(random_plain(rng, people=4, seats=3))
    for some in every_placement(frozen.market, drawn):
        if is_kept(frozen.market, drawn, some):
            places[:] = some
            counted = recount(frozen.market, drawn, places).blocking_pairs
            assert counted == len(blocking_pairs(frozen.market, drawn, some))


@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_the_package_matching_where_nothing_is_tied(seed: int) -> None:
    plain = random_plain(seeded(seed), people=30, seats=8, ties=False, limits=False)
    market = plain.market()
    places = solve(market, draw(market, SEED)).tolist()
    ours = {
        name: None if place == NOWHERE else plain.openings[place].key
        for name, place in zip(plain.rankings, places, strict=True)
    }
    assert ours == by_the_package(plain)


def by_the_package(plain: Plain) -> dict[str, str | None]:
    """The package wants both sides to list exactly each other."""
    residents = {name: [key for (key,) in tiers] for name, tiers in plain.rankings.items()}
    hospitals = {
        key: [name for name in sorted(places, key=places.__getitem__) if key in residents[name]]
        for key, places in plain.classes.items()
    }
    capacities = {one.key: one.capacity for one in plain.openings if hospitals[one.key]}
    game = HospitalResident.create_from_dictionaries(
        residents, {key: names for key, names in hospitals.items() if names}, capacities
    )
    seats = {
        resident.name: hospital.name
        for hospital, some in game.solve(optimal="resident").items()
        for resident in some
    }
    return {name: seats.get(name) for name in plain.rankings}


def test_nobody_and_nothing_is_a_market_too() -> None:
    market = build((), {}, {})
    assert solve(market, draw(market, SEED)).tolist() == []
