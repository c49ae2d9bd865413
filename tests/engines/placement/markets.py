"""Small random markets in plain Python, the seed of their lottery, and files made of them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from dure.engines.placement import (
    Draw,
    Frozen,
    Ints,
    Limit,
    Market,
    Opening,
    Secret,
    build,
    commitment_of,
    draw,
    freeze,
    market_faults,
    pack,
    seed_of,
    solve,
)

Tiers = tuple[tuple[str, ...], ...]
SECRETS = tuple(
    Secret(organisation=name, secret=sign * 64, commitment=commitment_of(sign * 64))
    for name, sign in (("kaist", "a"), ("kt", "b"))
)
SEED = bytes(range(32))


@dataclass(frozen=True)
class Plain:
    """What `build` takes."""

    openings: tuple[Opening, ...]
    rankings: Mapping[str, Tiers]
    classes: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def market(self) -> Market:
        return build(self.openings, self.rankings, self.classes, self.groups)

    def reporting(self, applicant: str, tiers: Tiers) -> "Plain":
        return replace(self, rankings={**self.rankings, applicant: tiers})


def random_plain(
    rng: random.Random, *, people: int = 6, seats: int = 4, ties: bool = True, limits: bool = True
) -> Plain:
    """A market where groups lie within each other or apart, with limits that can all be kept."""
    names, keys = [f"a{index}" for index in range(people)], [f"o{index}" for index in range(seats)]
    groups = _groups(rng, names)
    plain = Plain(
        openings=tuple(_opening(rng, key, groups if limits else {}) for key in keys),
        rankings={name: _ranking(rng, keys, ties=ties) for name in names},
        classes={key: _classes(rng, names, ties=ties) for key in keys},
        groups=groups,
    )
    return plain if not market_faults(plain.market()) else _without_limits(plain)


def _without_limits(plain: Plain) -> Plain:
    """Openings that promise more than they have keep their seats and promise nothing."""
    broken = {fault.place for fault in market_faults(plain.market())}
    return replace(
        plain,
        openings=tuple(replace(one, limits=()) if one.key in broken else one for one in plain.openings),
    )


def _groups(rng: random.Random, names: list[str]) -> dict[str, tuple[str, ...]]:
    shuffled = rng.sample(names, len(names))
    cut, inner = rng.randint(0, len(names)), rng.randint(0, len(names))
    north = shuffled[:cut]
    return {"lab": tuple(north[:inner]), "north": tuple(north), "south": tuple(shuffled[cut:])}


def _opening(rng: random.Random, key: str, groups: Mapping[str, object]) -> Opening:
    capacity = rng.choice((1, 1, 2, 2, 3, 4))
    chosen = [name for name in groups if rng.random() < 0.6]
    return Opening(key=key, capacity=capacity, limits=tuple(_limit(rng, name, capacity) for name in chosen))


def _limit(rng: random.Random, group: str, capacity: int) -> Limit:
    reserve = rng.choice((0, 0, 1, 1, 2)) if capacity > 1 else rng.choice((0, 1))
    quota = None if rng.random() < 0.4 else max(reserve, rng.randint(0, capacity))
    return Limit(group=group, reserve=min(reserve, capacity), quota=quota)


def _ranking(rng: random.Random, keys: list[str], *, ties: bool) -> Tiers:
    listed = rng.sample(keys, rng.randint(0 if ties else 1, len(keys)))
    tiers: list[list[str]] = []
    for key in listed:
        if ties and tiers and rng.random() < 0.4:
            tiers[-1].append(key)
        else:
            tiers.append([key])
    return tuple(map(tuple, tiers))


def _classes(rng: random.Random, names: list[str], *, ties: bool) -> dict[str, int]:
    if not ties:
        return {name: place for place, name in enumerate(rng.sample(names, len(names)), start=1)}
    return {name: rng.randint(1, 3) for name in names if rng.random() < 0.9}


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - markets, not secrets


RANDOMS = st.randoms(use_true_random=False)
PLAINS = RANDOMS.map(random_plain)


def solved(plain: Plain) -> tuple[Frozen, Draw, Ints]:
    """The market as it is really solved: frozen, drawn from the secrets."""
    frozen = freeze(plain.market())
    drawn = draw(frozen.market, seed_of(frozen.sha256, SECRETS))
    return frozen, drawn, solve(frozen.market, drawn)


def file_of(plain: Plain) -> bytes:
    frozen, _drawn, places = solved(plain)
    return pack(frozen, SECRETS, places)


EXAMPLE = Plain(
    openings=(
        Opening(key="host", capacity=2, limits=(Limit(group="busan", reserve=1, quota=1),)),
        Opening(key="lab", capacity=1),
    ),
    rankings={
        "p1": (("host",), ("lab",)),
        "p2": (("host", "lab"),),
        "p3": (("host",),),
        "p4": (("lab",), ("host",)),
        "p5": (("host",),),
    },
    classes={"host": {"p1": 1, "p2": 2, "p3": 3, "p4": 3}, "lab": {"p1": 1, "p2": 1, "p4": 2}},
    groups={"busan": ("p3", "p4")},
)
"""Two hosts, one of which keeps one seat for Busan and gives it no more; p5 is not acceptable."""
