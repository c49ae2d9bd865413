"""No applicant gains by any other ranking than the true one: every order, every truncation, with and without ties."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from dure.engines.placement import NOWHERE, draw, solve
from tests.engines.placement.markets import SEED, Plain, Tiers, random_plain, seeded

KEYS = ("o0", "o1", "o2", "o3")


def every_report(keys: tuple[str, ...]) -> Iterator[Tiers]:
    """Every list of tiers over some of the openings."""
    yield ()
    for size in range(1, len(keys) + 1):
        for first in combinations(keys, size):
            for rest in every_report(tuple(key for key in keys if key not in first)):
                yield (first, *rest)


REPORTS = list(every_report(KEYS))


def seat_of(plain: Plain, applicant: str) -> str | None:
    """The draw stays the same: nobody can know it when rankings are handed in."""
    market = plain.market()
    place = int(solve(market, draw(market, SEED))[market.applicants.index(applicant)])
    return None if place == NOWHERE else KEYS[place]


def worth(plain: Plain, applicant: str, seat: str | None) -> int:
    """How many tiers lie above the seat; what is not ranked is worse than none."""
    tiers = plain.rankings[applicant]
    return next((place for place, tier in enumerate(tiers) if seat in tier), len(tiers) + (seat is not None))


def profitable(plain: Plain) -> list[tuple[str, Tiers]]:
    found = []
    for applicant in plain.rankings:
        honest = worth(plain, applicant, seat_of(plain, applicant))
        found += [
            (applicant, report)
            for report in REPORTS
            if worth(plain, applicant, seat_of(plain.reporting(applicant, report), applicant)) < honest
        ]
    return found


def test_there_are_150_reports_over_four_openings() -> None:
    assert len(set(REPORTS)) == len(REPORTS) == 150


@pytest.mark.parametrize("seed", range(12))
def test_no_misreport_pays(seed: int) -> None:
    assert profitable(random_plain(seeded(seed))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1120))
def test_no_misreport_pays_in_many_markets(seed: int) -> None:
    assert profitable(random_plain(seeded(seed))) == []
