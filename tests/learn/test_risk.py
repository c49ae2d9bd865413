"""Who may not finish, by plain values: borders of each rule, and what holds for every class."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dure.learn import risk
from dure.learn.risk import Behind, LabTries, Learning, Quiet, Stuck

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
BEGAN = datetime(2026, 11, 2, tzinfo=UTC)


def learning(key: int = 1, *, quiet: timedelta = timedelta(), done: float = 50, **more: object) -> Learning:
    values = {"began_at": BEGAN, "last_at": NOW - quiet, "done": done, **more}
    return Learning(key=key, **values)  # type: ignore[arg-type]  # the values are those of the fields


def only(one: Learning, *others: Learning) -> tuple[risk.Reason, ...]:
    found = {found.learning.key: found.reasons for found in risk.at_risk([one, *others], NOW)}
    return found.get(one.key, ())


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        (timedelta(days=7) - timedelta(seconds=1), ()),
        (timedelta(days=7), (Quiet(7, is_long=False),)),
        (timedelta(days=14) - timedelta(seconds=1), (Quiet(13, is_long=False),)),
        (timedelta(days=14), (Quiet(14, is_long=True),)),
    ],
)
def test_a_week_is_a_reason_and_two_weeks_a_stronger_one(
    quiet: timedelta, expected: tuple[risk.Reason, ...]
) -> None:
    assert only(learning(quiet=quiet)) == expected


def test_a_lab_tried_often_without_passing_is_a_reason_and_one_that_passed_is_none() -> None:
    labs = (
        LabTries("a", 5, passed=False),
        LabTries("b", 4, passed=False),
        LabTries("c", 99, passed=True),
        LabTries("d", 6, passed=False),
    )
    assert only(learning(labs=labs)) == (Stuck("a", 5), Stuck("d", 6))


def test_far_behind_is_less_than_half_the_median_and_by_twenty_points() -> None:
    class_of_60 = [learning(key, done=60) for key in range(10, 20)]
    assert only(learning(done=29.9), *class_of_60) == (Behind(29.9, 60),)
    assert only(learning(done=30), *class_of_60) == ()
    class_of_30 = [learning(key, done=30) for key in range(10, 20)]
    assert only(learning(done=10), *class_of_30) == (Behind(10, 30),)
    assert only(learning(done=10.1), *class_of_30) == ()


def test_only_those_who_began_in_the_same_month_and_did_not_leave_are_compared() -> None:
    october = [learning(key, done=90, began_at=datetime(2026, 10, 31, tzinfo=UTC)) for key in range(10, 20)]
    gone = [learning(key, done=90, goes_on=False, has_left=True) for key in range(20, 30)]
    assert only(learning(done=0), *october, *gone) == ()
    finished = [learning(key, done=90, goes_on=False) for key in range(30, 34)]
    assert only(learning(done=0), *finished) == (Behind(0, 90),)
    assert only(learning(done=0), *finished[:3]) == ()


def test_whoever_completed_or_left_is_never_at_risk() -> None:
    labs = (LabTries("a", 9, passed=False),)
    for has_left in (True, False):
        assert (
            only(learning(quiet=timedelta(days=90), goes_on=False, has_left=has_left, labs=labs, done=0))
            == ()
        )


def test_most_reasons_stand_first_then_the_longest_quiet() -> None:
    stuck = (LabTries("a", 5, passed=False),)
    both = learning(1, quiet=timedelta(days=8), labs=stuck)
    rows = [learning(2, labs=stuck), learning(3, quiet=timedelta(days=30)), both]
    assert [one.learning.key for one in risk.at_risk(rows, NOW)] == [1, 3, 2]


def test_an_empty_class_is_no_class_at_risk() -> None:
    assert risk.at_risk([], NOW) == []


LEARNINGS = some.lists(
    some.builds(
        Learning,
        key=some.integers(0, 10_000),
        began_at=some.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 29), timezones=some.just(UTC)),  # noqa: DTZ001 - the zone is the third argument
        last_at=some.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 30), timezones=some.just(UTC)),  # noqa: DTZ001 - same
        done=some.floats(0, 100),
        goes_on=some.booleans(),
        has_left=some.just(value=False),
        labs=some.lists(
            some.builds(LabTries, some.sampled_from("ab"), some.integers(1, 30), some.booleans()), max_size=2
        ).map(tuple),
    ),
    max_size=30,
    unique_by=lambda one: one.key,
)


@given(LEARNINGS)
def test_order_of_the_class_changes_nothing_and_every_reason_holds(everybody: Sequence[Learning]) -> None:
    found = risk.at_risk(everybody, NOW)
    assert found == risk.at_risk(list(reversed(everybody)), NOW)
    assert all(one.reasons and one.learning.goes_on for one in found)
    for one in found:
        for reason in one.reasons:
            assert _holds(reason, one.learning)


def _holds(reason: risk.Reason, one: Learning) -> bool:
    if isinstance(reason, Quiet):
        return timedelta(days=reason.days) <= NOW - one.last_at < timedelta(days=reason.days + 1)
    if isinstance(reason, Stuck):
        return any(lab == LabTries(reason.unit, reason.tries, passed=False) for lab in one.labs)
    return reason.done == one.done < reason.median / 2


@given(LEARNINGS, some.integers(1, 60))
def test_waiting_longer_never_takes_a_learner_off_the_list(everybody: Sequence[Learning], days: int) -> None:
    before = {one.learning.key for one in risk.at_risk(everybody, NOW)}
    after = {one.learning.key for one in risk.at_risk(everybody, NOW + timedelta(days=days))}
    assert before <= after
