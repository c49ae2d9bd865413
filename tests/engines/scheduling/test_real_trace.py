"""What the policies are for, shown on a real trace: 17,900 jobs of 75 users in 89 days (MetaCentrum, 2013)."""

import os
from functools import cache
from pathlib import Path

import pytest

from dure.engines.scheduling import POLICIES
from dure.engines.scheduling.simulation import Measures, Trace, measure, read_trace, replay
from tests.engines.scheduling.farms import cores

MIRROR = os.environ.get("DURE_DATA_MIRROR", "")
pytestmark = [
    pytest.mark.skipif(not MIRROR, reason="DURE_DATA_MIRROR names no folder with the real data"),
    pytest.mark.mirror,
]


@cache
def wagap() -> Trace:
    return read_trace(Path(MIRROR) / "traces" / "wagap2013" / "wagap-2013.swf.gz")


@cache
def measured(policy: str, capacity: int) -> Measures:
    return measure(replay(wagap(), capacity=cores(capacity), policy=POLICIES[policy]))


def test_the_trace_is_read_whole() -> None:
    assert (len(wagap().jobs), wagap().never_ran, wagap().without_limit) == (17_898, 2, 0)
    assert len(wagap().members) == 75


@pytest.mark.parametrize("policy", ["fair", "fair-easy"])
def test_on_a_farm_too_small_fair_share_beats_first_come_first_served(policy: str) -> None:
    fair, fifo = measured(policy, 900), measured("fifo", 900)
    assert fair.mean_wait < fifo.mean_wait
    assert fair.median_user_wait < fifo.median_user_wait


def test_the_reservation_keeps_wide_jobs_from_starving() -> None:
    with_it, without = measured("fair-easy", 1_300), measured("fair", 1_300)
    assert with_it.longest_wide_wait is not None
    assert without.longest_wide_wait is not None
    assert with_it.longest_wide_wait <= 0.6 * without.longest_wide_wait


def test_waits_are_near_those_of_an_independent_simulator() -> None:
    """Submit order, greedy, no estimates: 93.48 h on average and 33.38 h for the median user at 900 cores, 13.85 h at 1,300."""
    assert measured("fifo", 900).mean_wait / 3_600 == pytest.approx(93.48, rel=0.05)
    assert measured("fifo", 900).median_user_wait / 3_600 == pytest.approx(33.38, rel=0.25)
    assert measured("fifo", 1_300).mean_wait / 3_600 == pytest.approx(13.85, rel=0.05)
