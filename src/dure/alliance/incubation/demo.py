"""The demo's incubation: a scouting list, a batch that is over and one under way, played through our own actions, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction

from dure.alliance.incubation import applying, batches, judging, walking
from dure.alliance.introductions import noting as ways
from dure.alliance.models import IncubationBatch, StartupCase, StartupCheckpoint
from dure.alliance.scouting import noting
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Role
from dure.people import api as people
from dure.problems import api as problems

RUBRIC: Final = "문제와 고객 | Problem and customers | 40\n기술 | Technology | 30\n팀 | Team | 30"
CALL: Final = {
    "call_ko": "데모를 위해 지어낸 공고입니다. 회원사의 문제를 함께 풀 스타트업을 찾습니다. 공간과 장비, 멘토를 드립니다.",
    "call_en": "A call made up for the demo. We look for startups for problems of members, with space and a mentor.",
}
PITCH: Final = (
    "시제품이 있고 회원사 한 곳과 이야기하고 있습니다. / There is a prototype, and we talk with one member."
)
LOG: Final = (
    "고객 두 곳을 만났고, 다음 달까지 시험 범위를 정하기로 했습니다. / Two customers met; a trial comes next."
)
GIFTS: Final = (("space", "책상 넷 / Four desks"), ("equipment", "GPU 서버 한 대 / One GPU server"))
POINTS: Final = ((34, 24, 26), (28, 26, 21), (36, 20, 27))


@dataclass(frozen=True, slots=True)
class Cast:
    """The secretariat's officer, and everybody by the name in their address."""

    desk: people.Person
    known: Mapping[str, people.Person]

    def those(self, names: str) -> list[people.Person]:
        return [self.known[name] for name in content()[names]]


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put it into the demo, once: what is there already stays as people left it."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    known = {str(one.email).partition("@")[0]: one for one in demo}
    desk = demo.filter(roles__contains=[Role.SECRETARIAT]).first()
    wanted = {*content()["jury"], *content()["mentors"], *_founders()}
    if desk is None or not wanted <= known.keys() or IncubationBatch.objects.filter(made_by=desk).exists():
        return
    cast = Cast(desk, known)
    for one in content()["scouted"]:
        _scout(one, desk)
    for one in content()["batches"]:
        _play(one, cast)


def _founders() -> list[str]:
    return [one["founder"] for batch in content()["batches"] for one in batch["startups"]]


def _scout(said: Mapping[str, Any], desk: people.Person) -> None:
    words = _both("name", said["name"]) | _both("about", said["about"])
    kept = {name: said[name] for name in ("country", "region", "fields", "stage", "founded", "reach")}
    made = noting.note(by=desk, organisation=None, given=words | kept | {"site": ""})
    if "met" not in said:
        return
    met_on = clock.today() + timedelta(days=said["met"]["days"])
    given = {
        "met_on": met_on,
        "addresses": "",
        "contacts": "",
        "said": said["met"]["said"],
        "reach": "shared",
    }
    noting.meet(made, by=desk, organisation=None, given=given)
    workflow.perform(made, "talk", by=desk)


def _both(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": words[code] for code in ("ko", "en")}


def _play(said: Mapping[str, Any], cast: Cast) -> None:
    first = clock.today() + timedelta(days=said["starts"])
    with clock.on(first - timedelta(days=50)):
        batch = _called(said, cast, first)
        cases = [_applied(batch, one, cast) for one in said["startups"]]
    with clock.on(first - timedelta(days=15)):
        workflow.perform(batch, "close", by=SYSTEM)
        for case in cases:
            workflow.perform(case, "select", by=cast.desk)
    with clock.on(first):
        workflow.perform(batch, "begin", by=cast.desk)
        for number, case in enumerate(cases):
            _moved_in(case, cast, number)
    for case, one in zip(cases, said["startups"], strict=True):
        _walked(case, one["months"])
    if said["ends"]:
        _ended(batch, cases[0], cast)


def _called(said: Mapping[str, Any], cast: Cast, first: date) -> IncubationBatch:
    last = first + timedelta(weeks=said["weeks"])
    days = {
        "apply_until": first - timedelta(days=20),
        "starts_on": first,
        "demo_on": last - timedelta(days=10),
        "ends_on": last,
    }
    given = _both("title", said["title"]) | CALL | days | {"seats": 6, "rubric": RUBRIC}
    made = batches.create(by=cast.desk, given=given)
    for juror in cast.those("jury"):
        batches.name_juror(made, by=cast.desk, address=str(juror.email))
    return workflow.perform(made, "open", by=cast.desk)


def _applied(batch: IncubationBatch, said: Mapping[str, Any], cast: Cast) -> StartupCase:
    words = _both("name", said["name"]) | _both("line", said["line"])
    given = {
        "country": "KR",
        "fields": said["fields"],
        "stage": "prototype",
        "site": "",
        "pitch": PITCH,
        "wants": "",
    }
    case = applying.apply(batch, by=cast.known[said["founder"]], given=words | given)
    for juror, points in zip(cast.those("jury"), POINTS, strict=True):
        judging.score(case, by=juror, points=points)
    return case


def _moved_in(case: StartupCase, cast: Cast, number: int) -> None:
    mentors = cast.those("mentors")
    applying.name_mentor(case, by=cast.desk, address=str(mentors[number % len(mentors)].email))
    for kind, what in GIFTS:
        applying.provide(case, by=cast.desk, given={"kind": kind, "what": what, "commitment": None})
    workflow.perform(case, "admit", by=cast.desk)


def _walked(case: StartupCase, months: list[str]) -> None:
    """Each month that is over, held in time with its figures, or late."""
    mentor = case.mentors.select_related("person").order_by("pk")[0].person
    for month, went in zip(case.checkpoints.order_by("number"), months, strict=False):
        if went == "late":
            with clock.on(month.due_on + timedelta(days=1)):
                workflow.perform(month, "overdue", by=SYSTEM)
        else:
            _held(month, mentor)


def _held(month: StartupCheckpoint, mentor: people.Person) -> None:
    founder: Any = month.case.founder
    revenue = Decimal(1_500_000 * month.number)
    given = {"revenue": revenue, "currency": "KRW", "staff": 4, "customers": month.number, "words": ""}
    with clock.on(month.due_on - timedelta(days=2)):
        walking.report(month, by=founder, given=given)
        workflow.perform(month, "log", by=mentor, data={"log": LOG})


def _ended(batch: IncubationBatch, case: StartupCase, cast: Cast) -> None:
    """A proof of concept with a member, a seed round whose amount is disclosed and one whose is not; it graduates."""
    case = StartupCase.objects.get(pk=case.pk)
    home = people.Organisation.objects.filter(slug="daon-machinery").first()
    given = {
        "organisation": home,
        "partner": "" if home else "Daon",
        "country": "KR",
        "what": "베어링 진단 / Bearings",
    }
    with clock.on(batch.demo_on - timedelta(days=40)):
        one = ways.introduce(case, by=cast.desk, given=given)
        for action in ("accept", "meet", "try"):
            workflow.perform(one, action, by=cast.desk)
    with clock.on(batch.demo_on):
        workflow.perform(case, "demo", by=cast.desk)
        outcome = {
            "outcome": "poc",
            "words": "회원사 두 곳의 설비에서 시험했습니다. / Tried on machines of two members.",
        }
        workflow.perform(case, "graduate", by=cast.desk, data=outcome)
        for investors, amount in (("데모 벤처스 / Demo Ventures", Decimal(300_000_000)), ("", None)):
            said = {"kind": "seed", "closed_on": clock.today(), "investors": investors, "amount": amount}
            ways.invest(case, by=cast.desk, given=said | {"currency": "KRW"})
        workflow.perform(batch, "end", by=cast.desk)
    went = {"kind": "goes_on", "on": clock.today(), "words": "일곱 명이 일합니다. / Seven people work there."}
    ways.became(case, by=cast.desk, given=went)
