"""Days of a weekly repetition."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dure.learn.cohorts.repeating import MOST, days_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6))


def test_without_a_last_day_there_is_one() -> None:
    assert days_of(date(2026, 12, 7), weekdays=[2], until=None) == [date(2026, 12, 7)]


def test_mondays_and_wednesdays_of_two_weeks() -> None:
    found = days_of(date(2026, 12, 7), weekdays=[0, 2], until=date(2026, 12, 16))
    assert found == [date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 14), date(2026, 12, 16)]


def test_a_last_day_before_the_first_leaves_none() -> None:
    assert days_of(date(2026, 12, 7), weekdays=[], until=date(2026, 12, 1)) == []


@given(DAYS, WEEKDAYS, st.integers(0, 400))
def test_every_day_in_between_that_is_wanted_and_no_other(
    first: date, weekdays: frozenset[int], span: int
) -> None:
    until = first + timedelta(days=span)
    found = days_of(first, weekdays=weekdays, until=until)
    wanted = weekdays or {first.weekday()}
    every = [first + timedelta(days=gap) for gap in range(span + 1)]
    assert found == [day for day in every if day.weekday() in wanted][: MOST + 1]
