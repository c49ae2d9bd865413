"""Korea's public holidays: days that were announced, and the law's rule on every year we know."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.calendar import KNOWN, is_working_day, public_holidays, working_days_before
from dure.engines.calendar.korea import DECLARED, LUNAR

DAYS = st.dates(date(KNOWN[0], 1, 20), date(KNOWN[-1], 12, 31))
ANNOUNCED = [
    ("2024-02-12", "Seollal's last day is a Sunday"),
    ("2024-05-06", "Children's Day is a Sunday"),
    ("2025-03-03", "Independence Movement Day is a Saturday"),
    ("2025-05-06", "Children's Day and Buddha's birthday are one day"),
    ("2025-10-08", "Chuseok's eve is a Sunday"),
    ("2026-03-02", "Independence Movement Day is a Sunday"),
    ("2026-05-01", "Labour Day, since 2026"),
    ("2026-05-25", "Buddha's birthday is a Sunday"),
    ("2026-07-17", "Constitution Day, since 2026"),
    ("2026-08-17", "Liberation Day is a Saturday"),
    ("2026-10-05", "Foundation Day is a Saturday"),
    ("2028-10-05", "Chuseok and Foundation Day are one day"),
]


@pytest.mark.parametrize(("day", "why"), ANNOUNCED)
def test_announced_days_are_holidays(day: str, why: str) -> None:
    assert date.fromisoformat(day) in public_holidays(int(day[:4])), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-09-28", "a Saturday of Chuseok has no substitute"),
        ("2026-06-08", "Memorial Day has no substitute"),
        ("2028-01-03", "New Year has no substitute"),
        ("2025-05-01", "Labour Day was no public holiday yet"),
        ("2025-07-17", "Constitution Day was no public holiday"),
    ],
)
def test_days_that_look_like_holidays_and_are_none(day: str, why: str) -> None:
    assert is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize("year", KNOWN)
def test_each_year_keeps_the_rule(year: int) -> None:
    """Every lost day of Seollal, Chuseok and the substituted holidays is made up for by one weekday more."""
    days = public_holidays(year)
    assert all(day.year == year for day in days)
    for name, at in (("Seollal", 0), ("Chuseok", 2)):
        middle = date.fromisoformat(f"{year}-{LUNAR[year][at]}")
        feast = {middle - timedelta(1), middle, middle + timedelta(1)}
        assert feast <= days, name
        if any(day.weekday() == 6 for day in feast):
            after = max(feast) + timedelta(1)
            while after.weekday() > 4:
                after += timedelta(1)
            assert after in days, name
    plain = [date(year, 3, 1), date(year, 8, 15), date(year, 12, 25)]
    for day in plain:
        if day.weekday() > 4:
            assert min(one for one in days if one > day and one.weekday() < 5) - day <= timedelta(3)
    assert 15 <= len(days - DECLARED) <= 26


@pytest.mark.parametrize("year", [KNOWN[0] - 1, KNOWN[-1] + 1, 2050])
def test_without_the_lunar_days_the_fixed_ones_are_known(year: int) -> None:
    days = public_holidays(year)
    assert {date(year, 1, 1), date(year, 8, 15)} <= days
    assert len(days) < 15


@given(DAYS, st.integers(0, 30))
def test_as_many_working_days_lie_between_as_were_asked_for(day: date, count: int) -> None:
    before = working_days_before(day, count)
    between = [before + timedelta(at) for at in range((day - before).days)]
    assert sum(is_working_day(one) for one in between) == count
    assert count == 0 or is_working_day(before)


@given(DAYS)
def test_elsewhere_only_weekends_are_known(day: date) -> None:
    assert is_working_day(day, country="CA") == (day.weekday() < 5)


def test_over_chuseok_five_working_days_take_longer() -> None:
    """Thursday 24 to Saturday 26 September 2026, and Foundation Day on Saturday 3 October made up for on Monday 5."""
    assert working_days_before(date(2026, 10, 6), 5) == date(2026, 9, 28)
    assert working_days_before(date(2026, 9, 28), 5) == date(2026, 9, 17)
    assert working_days_before(date(2026, 9, 28), 5, country="CA") == date(2026, 9, 21)
