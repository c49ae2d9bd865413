"""Minutes of attendance, as a function of times."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.learn.cohorts.counting import Found, Timing, of_signs, of_stay

TEN = datetime(2026, 12, 7, 10, tzinfo=UTC)
MORNING = Timing(TEN, TEN + timedelta(hours=3), 30)


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


@st.composite
def timings(draw: st.DrawFn) -> Timing:
    length = draw(st.integers(1, 840))
    return Timing(TEN, at(length), draw(st.integers(0, length - 1)))


SECONDS = st.integers(-3600, 60 * 900)


@pytest.mark.parametrize(
    ("entered", "left", "found"),
    [
        (-5, None, Found("present", 150)),
        (10, None, Found("present", 150)),
        (11, None, Found("late", 140)),
        (0, 170, Found("present", 150)),
        (0, 90, Found("left", 75)),
        (60, 120, Found("left", 50)),
        (179.9, None, Found("absent", 0)),
        (-30, -20, Found("absent", 0)),
        (300, None, Found("absent", 0)),
    ],
    ids=str,
)
def test_stays(entered: float, left: float | None, found: Found) -> None:
    assert of_stay(MORNING, at(entered), None if left is None else at(left)) == found


@given(timings(), SECONDS, st.none() | SECONDS)
def test_minutes_are_within_the_session(timing: Timing, entered: int, left: int | None) -> None:
    found = of_stay(timing, at(entered / 60), None if left is None else at(left / 60))
    assert 0 <= found.minutes <= timing.minutes
    assert (found.status == "absent") is (found.minutes == 0)


@given(timings(), SECONDS, SECONDS, st.none() | SECONDS)
def test_coming_later_or_going_earlier_never_gives_more(
    timing: Timing, one: int, two: int, left: int | None
) -> None:
    early, late = sorted((one, two))
    until = None if left is None else at(left / 60)
    assert of_stay(timing, at(late / 60), until).minutes <= of_stay(timing, at(early / 60), until).minutes
    assert of_stay(timing, TEN, at(early / 60)).minutes <= of_stay(timing, TEN, at(late / 60)).minutes


@given(timings(), st.lists(SECONDS, max_size=40))
def test_signs_of_work_never_come_to_more_than_their_span(timing: Timing, signs: list[int]) -> None:
    worked = of_signs(timing, [at(one / 60) for one in signs])
    if worked is None:
        assert not [one for one in signs if TEN <= at(one / 60) < timing.ends_at]
        return
    assert 0 <= worked.found.minutes <= timing.minutes
    assert worked.found.minutes <= (worked.last - worked.first) / timedelta(minutes=1)
    assert timing.starts_at <= worked.first < worked.last <= timing.ends_at


@given(st.lists(SECONDS, max_size=20), SECONDS)
def test_another_sign_never_takes_minutes_away(signs: list[int], more: int) -> None:
    before = of_signs(MORNING, [at(one / 60) for one in signs])
    after = of_signs(MORNING, [at(one / 60) for one in [*signs, more]])
    if before is not None:
        assert after is not None
        assert after.found.minutes >= before.found.minutes


def test_a_long_pause_does_not_count() -> None:
    worked = of_signs(MORNING, [at(0), at(5), at(170)])
    assert worked is not None
    assert worked.found.minutes == 5 + 15 + 10
    assert (worked.first, worked.last) == (at(0), at(180))
