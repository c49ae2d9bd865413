"""Needs and workrooms: writing, reading, triage, terms, the room."""

import io
from datetime import timedelta
from typing import Any

from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people.models import Person
from dure.problems.actions import needs, terms_choice, workrooms
from dure.problems.models import Problem
from tests.browser.cases import Case
from tests.factories.people import member, organisation, person
from tests.factories.problems import accepted_need, draft_need

WORDS: dict[str, Any] = {
    "title_ko": "압출기가 언제 고장 날지 미리 알고 싶습니다",
    "title_en": "Know early when an extruder will break down",
    "summary_ko": "압출기 열두 대가 돌아가며 멈춥니다. 소리와 진동을 적어 두었지만 아무도 보지 않습니다.",
    "hurts_ko": "한 달에 두세 번 압출기가 **갑자기 멈춥니다**. 한 번 멈추면 네 시간을 잃고, 납기를 못 맞춘 적도 있습니다.",
    "cost_ko": "한 번에 약 700만 원, 일 년에 2억 원쯤입니다.",
    "data_ko": "- 진동 센서 12개, 1초마다, 2년\n- 정비 일지 340건 (엑셀)",
    "worth_ko": "하루 전에만 알아도 밤에 고칠 수 있습니다.",
    "industry": "manufacturing",
    "sensitivity": "internal",
    "wish": "team",
    "contact": "생산기술팀 김두레, 042-000-0000",
}


def _owner() -> Person:
    owner = person(name_ko="김두레", name_en="Kim Dure")
    member(owner, organisation(name_ko="두레정밀", name_en="Dure Precision"))
    return owner


def _draft(owner: Person) -> Problem:
    return draft_need(owner=owner, organisation=owner.memberships.get().organisation, **WORDS)


def _posted() -> Problem:
    owner = _owner()
    return workflow.perform(_draft(owner), "post", by=owner)


def _secretary() -> Person:
    return person(roles=[Role.SECRETARIAT], name_ko="박사무", name_en="Park Samu")


def _new() -> tuple[str, Any]:
    return "/problems/new", _owner()


def _edit() -> tuple[str, Any]:
    owner = _owner()
    return f"/problems/{_draft(owner).uid}/edit", owner


def _edit_empty() -> tuple[str, Any]:
    owner = _owner()
    firm = owner.memberships.get().organisation
    problem = needs.start_need(by=owner, organisation=firm, title="불량이 너무 많습니다", original="ko")
    return f"/problems/{problem.uid}/edit", owner


def _mine() -> tuple[str, Any]:
    owner = _owner()
    return f"/problems/{_draft(owner).uid}", owner


def _asked() -> tuple[str, Any]:
    problem = _posted()
    workflow.perform(problem, "ask", by=_secretary(), data={"message": "진동 센서는 *어느 회사* 것인가요?"})
    return f"/problems/{problem.uid}", problem.owner


def _triaged() -> tuple[str, Any]:
    accepted_need(title_ko="압출기 소음으로 고장 찾기", title_en="Extruder noise")
    return f"/problems/{_posted().uid}", _secretary()


def _desk() -> tuple[str, Any]:
    for number in range(4):
        problem = draft_need(
            title_ko=f"{number + 1}호기 불량을 줄이고 싶습니다", sensitivity="personal", wish="data_stays"
        )
        with clock.at(clock.now() - timedelta(days=10 - number * 3)):
            workflow.perform(problem, "post", by=problem.owner)
    return "/problems/triage", _secretary()


def _list() -> tuple[str, Any]:
    accepted_need(practice=True)
    accepted_need(**WORDS, audience="public")
    return "/problems", None


def _in_force(problem: Problem) -> None:
    for template in ("data_use", "confidentiality", "results_owner"):
        terms_choice.choose_terms(by=problem.owner, problem=problem, template=template, values={})


def _terms() -> tuple[str, Any]:
    problem = accepted_need(**WORDS, audience="public")
    _in_force(problem)
    return f"/problems/{problem.uid}/terms", person()


def _choose() -> tuple[str, Any]:
    problem = accepted_need(**WORDS)
    _in_force(problem)
    return f"/problems/{problem.uid}/terms/choose", problem.owner


def _room() -> tuple[Any, Person, Person]:
    posted = _posted()
    solver = person(name_ko="이풀이", name_en="Lee Puri")
    data = {"route": "team", "curator": person(name_ko="최살핌", name_en="Choi Salpim")}
    problem = workflow.perform(posted, "accept", by=_secretary(), data=data)
    assert problem.curator is not None
    room = workrooms.open_room(by=problem.curator, problem=problem, solvers=[solver])
    for week, title in ((2, "자료 훑어보기"), (6, "첫 예측기"), (10, "현장에서 한 주")):
        day = clock.today() + timedelta(weeks=week)
        workrooms.add_milestone(
            by=solver, room=room, title=title, due_on=day, words="둘이 함께 보고 끝났다고 합니다."
        )
    return room, problem.owner, solver


def _planning() -> tuple[str, Any]:
    room, _owner_of_it, solver = _room()
    return f"/workrooms/{room.uid}", solver


def _version(room: Any, owner: Person, solver: Person) -> Any:
    workflow.perform(room, "propose_plan", by=solver)
    workflow.perform(room, "agree_plan", by=owner)
    version = workrooms.start_version(by=solver, room=room)
    run = "python -m venv .venv\n.venv/bin/pip install -r requirements.txt\n.venv/bin/python predict.py data.csv"
    words = {"title": "고장 예측기", "what": "하루 뒤 고장 확률을 냅니다.", "run": run}
    workrooms.write_version(
        by=solver, version=version, environment="Debian 12, Python 3.11", licence="Apache-2.0", **words
    )
    _put(room, solver, "predict.py", version)
    return workflow.perform(version, "hand_over", by=solver)


def _put(room: Any, by: Person, name: str, version: Any = None) -> None:
    workrooms.add_file(by=by, room=room, stream=io.BytesIO(name.encode()), filename=name, version=version)


def _working() -> tuple[str, Any]:
    room, owner, solver = _room()
    version = _version(room, owner, solver)
    tried = workflow.perform(version, "try", by=owner, data={"ran": True, "words": "돌지만 느립니다."})
    workrooms.report_defect(
        by=owner, version=tried, title="한 줄에 3초가 걸린다", words="`data.csv` 1,000줄로 재었습니다."
    )
    workrooms.propose_decision(
        by=solver, room=room, title="매주 화요일 10시에 만난다", words="서로 바쁘니 30분만."
    )
    workrooms.say(by=owner, room=room, body="센서 3호기는 지난달에 바꾸었습니다.")
    _put(room, owner, "정비 일지.xlsx")
    return f"/workrooms/{room.uid}", owner


def _handed() -> tuple[str, Any]:
    room, owner, solver = _room()
    return f"/deliverables/{_version(room, owner, solver).uid}", owner


def _opening() -> tuple[str, Any]:
    posted = _posted()
    curator = person()
    problem = workflow.perform(
        posted, "accept", by=_secretary(), data={"route": "data_stays", "curator": curator}
    )
    return f"/problems/{problem.uid}/workroom", curator


CASES = [
    Case("need-new", _new),
    Case("need-new-stranger", lambda: ("/problems/new", None)),
    Case("need-edit", _edit),
    Case("need-edit-empty", _edit_empty),
    Case("need-draft", _mine),
    Case("need-asked", _asked),
    Case("need-triage", _triaged),
    Case("triage-desk", _desk),
    Case("triage-desk-empty", lambda: ("/problems/triage", _secretary())),
    Case("needs", _list),
    Case("needs-empty", lambda: ("/problems", None)),
    Case("need-terms", _terms),
    Case("need-terms-choose", _choose),
    Case("workrooms-empty", lambda: ("/workrooms", person())),
    Case("workroom-open", _opening),
    Case("workroom-planning", _planning),
    Case("workroom-working", _working),
    Case("workroom-version", _handed),
]
