"""Points of a pitch are counted exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest

from dure.alliance.incubation import dates, pitching
from dure.alliance.incubation.pitching import Line

LINES = [Line("가", "A", 40), Line("나", "", 30)]


@pytest.mark.parametrize(
    ("given", "mean", "deviation", "low", "high"),
    [
        ([[40, 30]], "100.00", "0.00", "100.00", "100.00"),
        ([[40, 30], [0, 0]], "50.00", "50.00", "0.00", "100.00"),
        ([[10, 0], [20, 0], [30, 0]], "28.57", "11.66", "14.29", "42.86"),
        ([[1, 0], [0, 0]], "0.71", "0.71", "0.00", "1.43"),
    ],
)
def test_mean_and_spread(given: list[list[int]], mean: str, deviation: str, low: str, high: str) -> None:
    found = pitching.summary(given, LINES)
    assert found is not None
    shown = (found.shown_mean, found.deviation, found.shown_low, found.shown_high)
    assert shown == tuple(map(Decimal, (mean, deviation, low, high)))


def test_nothing_is_lost_before_it_is_shown_and_the_order_means_nothing() -> None:
    given = [[1, 0], [1, 1], [2, 0]]
    found, turned = pitching.summary(given, LINES), pitching.summary(given[::-1], LINES)
    assert found == turned
    assert found is not None
    assert found.mean == Fraction(500, 210)
    assert found.variance == Fraction(2, 9) * Fraction(100, 70) ** 2
    assert pitching.summary([], LINES) is None


def test_a_rubric_is_read_and_written_back() -> None:
    text = "문제 | Problem | 40\n | Team | 100"
    assert pitching.as_text(pitching.lines_of(f"\n{text}\n")) == text
    for wrong in ("a", "a | b | 0", " | | 3", "a | b | x", "a | b | 101", "a | b | c | 3"):
        with pytest.raises(ValueError, match=r"."):
            pitching.lines_of(wrong)


@pytest.mark.parametrize(
    ("points", "held"), [([40, 30], True), ([40], False), ([41, 0], False), ([-1, 0], False)]
)
def test_points_fit_the_rubric(points: list[int], held: bool) -> None:
    assert pitching.fits(points, LINES) is held


def test_checkpoints_are_counted_from_the_first_day_so_that_the_last_of_a_month_does_not_drift() -> None:
    from datetime import date  # noqa: PLC0415

    found = dates.checkpoints(date(2027, 1, 31), date(2027, 4, 30))
    assert [day.isoformat() for day in found] == ["2027-02-28", "2027-03-31", "2027-04-30"]
