"""Time is moved, never waited for; refusals carry reasons."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import clock, gates
from dure.foundation.access import (
    ALLOWED,
    STRANGER,
    SYSTEM,
    Denied,
    Refused,
    by_clock,
    by_role,
    demand,
    first_refusal,
)
from dure.foundation.ids import uuid7

MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_the_clock_can_be_moved_and_comes_back() -> None:
    with clock.at(MOMENT):
        assert clock.now() == MOMENT
    assert clock.now() != MOMENT


def test_today_is_the_platforms_day_not_utcs() -> None:
    with clock.at(datetime(2026, 12, 1, 16, tzinfo=UTC)):
        assert clock.today().isoformat() == "2026-12-02"


@pytest.mark.django_db
def test_the_clock_command_runs_duties_at_its_date_and_refuses_nonsense(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "CHIMES", {})
    seen: list[datetime] = []
    clock.on_clock("ring")(lambda now: seen.append(now) or 1)  # type: ignore[func-returns-value]  # append gives None
    call_command("clock", date=MOMENT.isoformat())
    assert (seen, "ring: 1" in capsys.readouterr().out) == ([MOMENT], True)
    with pytest.raises(CommandError, match="ISO 8601"):
        call_command("clock", date="tomorrow")


@pytest.mark.django_db
def test_a_duty_that_fails_keeps_no_other_from_running(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_now: datetime) -> int:
        raise ValueError("no")

    monkeypatch.setattr(clock, "CHIMES", {})
    clock.on_clock("broken")(broken)
    clock.on_clock("ring")(lambda _now: 1)
    with pytest.raises(CommandError, match="duties that failed: broken"):
        call_command("clock")
    assert "ring: 1" in capsys.readouterr().out


@pytest.mark.django_db
def test_every_real_duty_moves_nothing_the_second_time() -> None:
    clock.strike(MOMENT)
    assert set(clock.strike(MOMENT).values()) == {0}


def test_a_gate_is_open_until_somebody_refuses() -> None:
    def closed(_obj: object, _by: object) -> Refused:
        return Refused("ethics", "Ethics review is pending.")

    assert gates.check("test.gate", None, STRANGER)
    gates.register("test.gate", closed)
    assert gates.check("test.gate", None, STRANGER) == Refused("ethics", "Ethics review is pending.")
    gates.unregister("test.gate", closed)
    assert gates.check("test.gate", None, STRANGER)


def test_rules_say_who_and_why() -> None:
    assert isinstance(by_role("secretariat")(STRANGER, None), Refused)
    assert by_clock(SYSTEM, None)
    assert not by_clock(STRANGER, None)
    no = Refused("no", "No.")
    assert first_refusal(ALLOWED, no, Refused("later", "")) == no
    with pytest.raises(Denied, match="no"):
        demand(no)


@given(st.integers(0, 50))
def test_identifiers_are_version_7_and_in_time_order(_n: int) -> None:
    first, second = uuid7(), uuid7()
    assert first.version == second.version == 7
    assert first.int >> 80 <= second.int >> 80
    assert timedelta(milliseconds=first.int >> 80) < timedelta(days=365 * 100)
