"""Stays of the demo: what their two sides do from the place to the year after."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dure.foundation import clock
from dure.foundation.access import SYSTEM
from dure.people import api as people
from dure.talent.demo.cast import Cast
from dure.talent.demo.content import day, on_day, read
from dure.talent.intakes import caring
from dure.talent.models import MonthlyReport, Stay


def named(stay: Stay, mail: str, cast: Cast) -> Stay:
    """Somebody at the host looks after it."""
    return caring.name_supervisor(stay, by=cast.desk, supervisor=cast.persons[mail])


def tick(stay: Stay, *kinds: str) -> None:
    """The participant has done these; without kinds everything that must be done first."""
    duties = stay.duties.filter(kind__in=kinds) if kinds else stay.duties.filter(is_needed=True)
    for duty in duties:
        caring.tick(stay, duty, by=stay.person, is_done=True)


def leave(stay: Stay, mail: str, cast: Cast, *, on: int) -> Stay:
    """Everything is done, a supervisor is named, and it begins."""
    with on_day(on - 10):
        tick(named(stay, mail, cast))
    with on_day(on):
        return caring.act(stay, "leave", by=cast.persons[mail])


def report(stay: Stay, said: Sequence[Mapping[str, str]], *, by: people.Person) -> list[MonthlyReport]:
    """One side's words on the months that are over, the first month first, each written as the next one begins."""
    months = [month for month in reversed(caring.months_of(stay)) if _next(month) <= clock.today()]
    written = []
    for month, words in zip(months, said, strict=False):
        given = {
            "did": words["did"],
            "next_steps": words.get("next", ""),
            "trouble": words.get("trouble", ""),
        }
        with on_day((_next(month) - clock.today()).days):
            written.append(caring.report(stay, by=by, month=month, given=given))
    return written


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def pay(stay: Stay, amount: int, *, by: people.Person, on: Sequence[int]) -> None:
    """A schedule of payments; those of days that are past were made."""
    for days in on:
        planned = caring.plan_stipend(stay, by=by, due_on=day(days), amount=amount, currency="KRW")
        if days <= 0:
            caring.note_paid(stay, planned, by=by, paid_on=day(days))


def go_home(stay: Stay, *, on: int, words: str = "") -> Stay:
    """Its last day has passed; the return report follows five days later where there are words."""
    with on_day(on):
        stay = caring.act(stay, "end_by_date", by=SYSTEM)
    if words:
        with on_day(on + 5):
            caring.report_return(stay, by=stay.person, text=words)
    return stay


def complete(stay: Stay, mail: str, cast: Cast, *, on: int, later: str, said: int) -> Stay:
    """Closed by the host, and a year later its person said where they are."""
    with on_day(on):
        stay = caring.act(stay, "complete", by=cast.persons[mail])
    with on_day(said):
        return caring.say_later(stay, by=stay.person, later=later)


def words_of(group: str) -> Any:
    return read("stays")[group]
