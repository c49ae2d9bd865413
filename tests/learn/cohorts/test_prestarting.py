"""Labs are started before a session by the clock: once, and again after a crash until it is done."""

from datetime import timedelta
from typing import Any

import pytest

from dure.foundation import clock
from dure.learn.cohorts import places, prestarting
from dure.learn.models import ClassSession, Cohort, Place
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db


class Farm:
    """A farm that starts so many labs a minute."""

    def __init__(self, *left: int | None) -> None:
        self.left = list(left)
        self.asked: list[set[int]] = []

    def prestart_labs(self, wanted: Any) -> int | None:
        self.asked.append({person.pk for person in wanted})
        return self.left.pop(0)


@pytest.fixture
def session(led: Cohort) -> ClassSession:
    return cohorts.session(led, prestart_minutes=20)


def farm_of(monkeypatch: pytest.MonkeyPatch, *left: int | None) -> Farm:
    made = Farm(*left)
    monkeypatch.setattr(prestarting, "farm", made)
    return made


def strike(session: ClassSession, minutes: float) -> int:
    moment = session.starts_at + timedelta(minutes=minutes)
    with clock.at(moment):
        return prestarting.prestart(moment)


def test_those_with_a_place_and_nobody_else(
    session: ClassSession, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    led = session.cohort
    second = places.apply(by=people.person(), cohort=led)
    waiting = places.apply(by=people.person(), cohort=led)
    assert waiting.state == "waiting"
    farm = farm_of(monkeypatch, 0)
    assert strike(session, -21) == 0
    assert strike(session, -20) == 1
    assert strike(session, -19) == 0
    assert farm.asked == [{place.person.pk, second.person.pk}]
    session.refresh_from_db()
    assert session.prestarted_at == session.starts_at - timedelta(minutes=20)


def test_it_goes_on_every_minute_until_all_are_on(
    session: ClassSession, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    farm = farm_of(monkeypatch, 8, 2, 0)
    assert [strike(session, minutes) for minutes in (-20, -19, -18, -17)] == [0, 0, 1, 0]
    assert len(farm.asked) == 3


def test_it_ends_when_the_session_begins(
    session: ClassSession, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    farm_of(monkeypatch, 8, 8)
    assert [strike(session, minutes) for minutes in (-1, 0, 1)] == [0, 1, 0]


def test_without_labs_nothing_is_said_to_be_done(
    session: ClassSession, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    farm_of(monkeypatch, None)
    assert strike(session, -5) == 0
    session.refresh_from_db()
    assert session.prestarted_at is None


@pytest.mark.parametrize(
    "changed",
    [{"prestart_minutes": 0}, {"called_off_at": clock.now()}, {"prestarted_at": clock.now()}],
    ids=["not wanted", "called off", "done"],
)
def test_others_are_left_alone(
    session: ClassSession, place: Place, changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ClassSession.objects.filter(pk=session.pk).update(**changed)
    farm = farm_of(monkeypatch)
    assert strike(session, -5) == 0
    assert farm.asked == []
