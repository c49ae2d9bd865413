"""A batch of three startups: a pitch before a jury, months with a mentor, demo day, and what became of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from dure.alliance.incubation import applying, batches, judging, walking
from dure.alliance.introductions import noting as ways
from dure.alliance.models import IncubationBatch, StartupCase, StartupCheckpoint
from dure.alliance.year.asking import DECLINE
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow
from dure.people import api as people

CALLED: Final = 170
BEGINS: Final = 205
ENDS: Final = 305
"""Three checkpoints lie between."""
TITLE: Final = ("데모 1기", "First batch (demo)")
RUBRIC: Final = "문제와 고객 | Problem and customers | 60\n팀 | Team | 40"
CALL: Final = {"call_ko": "데모를 위해 지어낸 공고입니다.", "call_en": "A call made up for the demo."}
NAMES: Final = (("모래시계", "Hourglass"), ("물결소리", "Ripple"), ("느린우체국", "Slow Post"))
POINTS: Final = ((50, 35), (45, 30), (20, 10))
"""Of all jurors for each; the last one is rejected."""
PITCH: Final = "시제품이 있습니다. / There is a prototype."
WHY: Final = "고객이 아직 뚜렷하지 않습니다. / It is not clear yet who pays."
GIFTS: Final = (("space", "책상 넷 / Four desks"), ("equipment", "GPU 서버 한 대 / One GPU server"))
LOG: Final = "고객 두 곳을 만났습니다. / Two customers met."


def scenes() -> list[Scene]:
    months = [
        Scene(day, "멘토 점검 / a month with its mentor", keep_month) for day in (BEGINS + 29, BEGINS + 88)
    ]
    return [
        Scene(CALLED, "보육 공고 / startups are called", call_out),
        Scene(CALLED + 5, "신청과 발표 심사 / they apply and pitch", pitch),
        Scene(BEGINS - 10, "선발 / two are selected", select),
        Scene(BEGINS, "입주 / they move in", move_in),
        *months,
        Scene(ENDS, "데모데이와 졸업 / demo day, one graduates", end),
    ]


def call_out(year: Year) -> None:
    days = {
        "apply_until": year.day(BEGINS - 15),
        "starts_on": year.day(BEGINS),
        "demo_on": year.day(ENDS - 5),
        "ends_on": year.day(ENDS),
    }
    words = {"title_ko": TITLE[0], "title_en": TITLE[1], **CALL}
    made = batches.create(by=year.cast.desk, given={**words, **days, "seats": 4, "rubric": RUBRIC})
    for juror in _jury(year):
        batches.name_juror(made, by=year.cast.desk, address=str(juror.email))
    workflow.perform(made, "open", by=year.cast.desk)


def pitch(year: Year) -> None:
    for founder, (ko, en), points in zip(year.cast.founders, NAMES, POINTS, strict=True):
        given = {
            "name_ko": ko,
            "name_en": en,
            "line_ko": "함께 풀 문제를 찾습니다.",
            "line_en": "Looking for a problem to solve.",
            "country": "KR",
            "fields": ["speech"],
            "stage": "prototype",
            "site": "",
            "pitch": PITCH,
            "wants": "",
        }
        case = applying.apply(batch(), by=founder, given=given)
        for juror in _jury(year):
            judging.score(case, by=juror, points=points)


def select(year: Year) -> None:
    """The clock has closed the call."""
    *chosen, last = _cases()
    for case in chosen:
        workflow.perform(case, "select", by=year.cast.desk)
    workflow.perform(last, "reject", by=year.cast.desk, data={"reason": WHY})


def move_in(year: Year) -> None:
    workflow.perform(batch(), "begin", by=year.cast.desk)
    for case in _inside():
        applying.name_mentor(case, by=year.cast.desk, address=str(_mentor(year).email))
        for kind, what in GIFTS:
            applying.provide(case, by=year.cast.desk, given={"kind": kind, "what": what, "commitment": None})
        workflow.perform(case, "admit", by=year.cast.desk)


def keep_month(year: Year) -> None:
    """The first startup reports and its mentor writes the log; of the other one the months become late."""
    case = _inside()[0]
    month = StartupCheckpoint.objects.filter(case=case, state="planned").order_by("number")[0]
    figures = {"revenue": Decimal(1_000_000), "currency": "KRW", "staff": 4, "customers": 2, "words": ""}
    walking.report(month, by=year.cast.founders[0], given=figures)
    workflow.perform(month, "log", by=_mentor(year), data={"log": LOG})


def end(year: Year) -> None:
    """The first met a member, raised money and graduates; the second leaves."""
    first, second = _inside()
    given = {
        "organisation": year.cast.homes["year-moru-steel"],
        "partner": "",
        "country": "KR",
        "what": "압연기 진단 / Diagnosing a mill",
    }
    met = ways.introduce(first, by=year.cast.desk, given=given)
    for action in ("accept", "meet", "try"):
        workflow.perform(met, action, by=year.cast.desk)
    workflow.perform(first, "demo", by=year.cast.desk)
    outcome = {"outcome": "poc", "words": "회원사 설비에서 시험했습니다. / Tried at a member."}
    workflow.perform(first, "graduate", by=year.cast.desk, data=outcome)
    raised: dict[str, Any] = {"kind": "seed", "closed_on": clock.today() - timedelta(days=3)}
    raised |= {"investors": "데모 벤처스 / Demo Ventures", "amount": Decimal(300_000_000), "currency": "KRW"}
    ways.invest(first, by=year.cast.desk, given=raised)
    workflow.perform(
        second, "exit", by=year.cast.desk, data={"reason": "사업을 접었습니다. / It closed down."}
    )
    workflow.perform(batch(), "end", by=year.cast.desk)


def batch() -> IncubationBatch:
    return IncubationBatch.objects.get(title_en=TITLE[1])


def _cases() -> list[StartupCase]:
    return list(batch().cases.order_by("pk"))


def _inside() -> list[StartupCase]:
    """Those that were selected, in the order in which they applied."""
    return [one for one in _cases() if one.state not in ("applied", "rejected")]


def _jury(year: Year) -> list[people.Person]:
    return list(year.cast.leads.values())[:3]


def _mentor(year: Year) -> people.Person:
    return year.cast.gurus[DECLINE]
