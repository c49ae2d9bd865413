"""Startups that are looked at, for tests."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dure.alliance.incubation import applying, batches, judging
from dure.alliance.models import IncubationBatch, ScoutedStartup, StartupCase
from dure.alliance.scouting import noting
from dure.foundation import clock, workflow
from dure.people.models import Organisation, Person
from tests.factories import agreements, people


def said(**changed: Any) -> dict[str, Any]:
    """What `noting.note` is given."""
    return {
        "name_ko": "보기 로봇",
        "name_en": "Sample Robotics",
        "country": "CA",
        "region": "Toronto",
        "fields": ["robots"],
        "site": "https://robotics.example",
        "founded": 2024,
        "stage": "prototype",
        "about_ko": "창고 로봇을 만듭니다.",
        "about_en": "Builds robots for warehouses.",
        "reach": "own",
        **changed,
    }


def scouted(
    organisation: Organisation | None = None, *, by: Person | None = None, **changed: Any
) -> ScoutedStartup:
    """A startup that an organisation looks at, or the alliance."""
    who = by or (people.representative(organisation) if organisation else agreements.secretary())
    return noting.note(by=who, organisation=organisation, given=said(**changed))


def meeting(**changed: Any) -> dict[str, Any]:
    """What `noting.meet` is given."""
    return {
        "met_on": clock.today(),
        "addresses": "",
        "contacts": "Robin Example",
        "said": "They look for a first customer.",
        "reach": "own",
        **changed,
    }


RUBRIC = "문제 | Problem | 40\n팀 | Team | 30\n시장 | Market | 30"


def batch_said(**changed: Any) -> dict[str, Any]:
    """What `batches.create` is given."""
    today = clock.today()
    return {
        "title_ko": "2027년 1기",
        "title_en": "Batch 1 of 2027",
        "call_ko": "함께 자랄 곳을 찾습니다.",
        "call_en": "We look for startups to grow with.",
        "apply_until": today + timedelta(days=20),
        "starts_on": today + timedelta(days=40),
        "demo_on": today + timedelta(days=130),
        "ends_on": today + timedelta(days=140),
        "seats": 2,
        "rubric": RUBRIC,
        **changed,
    }


def batch(*, by: Person | None = None, **changed: Any) -> IncubationBatch:
    """A draft."""
    return batches.create(by=by or agreements.secretary(), given=batch_said(**changed))


def called(jurors: int = 2, **changed: Any) -> IncubationBatch:
    """A batch whose call is out, with its jury."""
    desk = agreements.secretary()
    made = batch(by=desk, **changed)
    for _number in range(jurors):
        batches.name_juror(made, by=desk, address=str(people.person().email))
    return workflow.perform(made, "open", by=desk)


def application(**changed: Any) -> dict[str, Any]:
    """What `applying.apply` is given."""
    return {
        "name_ko": "보기 소리",
        "name_en": "Sample Sound",
        "line_ko": "작은 공장의 소리를 듣습니다.",
        "line_en": "Listens to small factories.",
        "country": "KR",
        "fields": ["speech"],
        "stage": "prototype",
        "site": "",
        "pitch": "Machines tell when they break.",
        "wants": "A desk and a mentor.",
        **changed,
    }


def applied(batch: IncubationBatch, *, by: Person | None = None, **changed: Any) -> StartupCase:
    """A startup that has applied."""
    return applying.apply(batch, by=by or people.person(), given=application(**changed))


def jury_of(batch: IncubationBatch) -> list[Person]:
    return [one.person for one in batch.jurors.select_related("person").order_by("pk")]


def at(day: date) -> Any:
    """Everything inside happens at noon of that day."""
    return clock.at(datetime.combine(day, time(3), UTC))


def heard(case: StartupCase, *points: list[int]) -> StartupCase:
    """The jury has given points."""
    given = points or ([40, 30, 30], [20, 15, 15])
    for juror, one in zip(jury_of(case.batch), given, strict=False):
        judging.score(case, by=juror, points=one)
    return case


def moved_in(case: StartupCase, mentor: Person, desk: Person) -> StartupCase:
    """A selected startup gets what it needs; it moves in today."""
    applying.name_mentor(case, by=desk, address=str(mentor.email))
    for kind in ("space", "equipment"):
        applying.provide(case, by=desk, given={"kind": kind, "what": kind, "commitment": None})
    return workflow.perform(case, "admit", by=desk)
