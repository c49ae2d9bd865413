"""The team route from the first milestone to the payoff, through its pages; and who never learns of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dure.foundation import clock, notices, workflow
from dure.foundation.access import Denied, Role
from dure.foundation.models import Notice
from dure.people.models import Membership, Person
from dure.problems import clock_workrooms
from dure.problems.actions import terms_choice, workrooms
from dure.problems.actions.terms import accept_terms
from dure.problems.models import Defect, Deliverable, Milestone, Problem, Workroom, WorkroomFile
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import draft_need, entered, open_challenge, submitted

pytestmark = pytest.mark.django_db
SOON = timedelta(days=20)


@dataclass
class Cast:
    """A need on the team route, with a room."""

    problem: Problem
    room: Workroom
    owner: Person
    curator: Person
    solver: Person

    def url(self, name: str = "workroom") -> str:
        return reverse(f"problems:{name}", kwargs={"uid": self.room.uid})

    def state(self) -> str:
        return str(Workroom.objects.get(pk=self.room.pk).state)


def team_need(owner: Person | None = None, route: str = "team") -> Problem:
    problem = draft_need(owner=owner or person(), audience="public", title_ko="압출기 고장을 미리 알고 싶다")
    problem = workflow.perform(problem, "post", by=problem.owner)
    secretary = person(roles=[Role.SECRETARIAT])
    return workflow.perform(problem, "accept", by=secretary, data={"route": route, "curator": person()})


@pytest.fixture
def cast() -> Cast:
    problem, solver = team_need(), person()
    assert problem.curator is not None
    room = workrooms.open_room(by=problem.curator, problem=problem, solvers=[solver])
    return Cast(problem, room, problem.owner, problem.curator, solver)


def outsiders(problem: Problem) -> dict[str, Client]:
    rival = person()
    member(rival, organisation(), Membership.Role.REPRESENTATIVE)
    colleague = person()
    assert problem.organisation is not None
    member(colleague, problem.organisation)
    return {
        "stranger": Client(),
        "unrelated": client_of(person()),
        "rival": client_of(rival),
        "colleague": client_of(colleague),
        "operator": client_of(person(roles=[Role.OPERATOR])),
    }


def act(browser: Client, name: str, uid: Any, action: str, **data: Any) -> int:
    url = reverse(f"problems:{name}_act", kwargs={"uid": uid})
    return int(browser.post(url, {"action": action, **data}).status_code)


def agree_on_a_plan(cast: Cast) -> Milestone:
    due = clock.today() + SOON
    milestone = workrooms.add_milestone(by=cast.solver, room=cast.room, title="첫 실행", due_on=due)
    workflow.perform(cast.room, "propose_plan", by=cast.solver)
    workflow.perform(cast.room, "agree_plan", by=cast.owner)
    return milestone


def handed_over(cast: Cast, content: bytes = b"print('ok')") -> Deliverable:
    version = workrooms.start_version(by=cast.solver, room=cast.room)
    words = {
        "title": "고장 예측",
        "what": "예측기",
        "run": "python run.py",
        "environment": "Python 3.12",
        "licence": "MIT",
    }
    workrooms.write_version(by=cast.solver, version=version, **words)
    upload = SimpleUploadedFile("run.py", content)
    workrooms.add_file(by=cast.solver, room=cast.room, stream=upload, filename="run.py", version=version)
    return workflow.perform(version, "hand_over", by=cast.solver)


def accepted(cast: Cast) -> Deliverable:
    version = handed_over(cast)
    version = workflow.perform(version, "try", by=cast.owner, data={"ran": True, "words": "잘 돕니다"})
    return workflow.perform(version, "accept", by=cast.owner)


def test_the_whole_way_from_plan_to_payoff_through_the_pages(cast: Cast) -> None:
    solver, owner = client_of(cast.solver), client_of(cast.owner)
    due = (clock.today() + SOON).isoformat()
    assert act(solver, "workroom", cast.room.uid, "propose_plan") == 403
    assert solver.post(cast.url("milestone_add"), {"title": "첫 실행", "due_on": due}).status_code == 302
    assert act(solver, "workroom", cast.room.uid, "propose_plan") == 302
    assert act(solver, "workroom", cast.room.uid, "agree_plan") == 403
    assert act(owner, "workroom", cast.room.uid, "agree_plan") == 302
    milestone = Milestone.objects.get()
    assert act(owner, "milestone", milestone.uid, "finish") == 403
    assert act(solver, "milestone", milestone.uid, "finish") == 302
    assert act(owner, "milestone", milestone.uid, "confirm") == 302

    solver.post(cast.url("version_start"))
    version = Deliverable.objects.get()
    page = reverse("problems:version", kwargs={"uid": version.uid})
    assert act(solver, "version", version.uid, "hand_over") == 403
    solver.post(
        f"{page}/words", {"title": "고장 예측", "what": "w", "run": "r", "environment": "e", "licence": "MIT"}
    )
    solver.post(f"{page}/files", {"file": SimpleUploadedFile("run.py", b"print(1)")})
    assert act(owner, "version", version.uid, "hand_over") == 403
    assert act(solver, "version", version.uid, "hand_over") == 302
    assert Problem.objects.get().state == "delivered"

    assert act(owner, "version", version.uid, "accept") == 409
    assert act(owner, "version", version.uid, "try", ran="yes", words="반만 됩니다") == 302
    assert owner.post(f"{page}/defects", {"title": "느림", "severity": "blocking"}).status_code == 302
    assert act(owner, "version", version.uid, "accept") == 403
    assert act(owner, "version", version.uid, "return") == 302
    assert Problem.objects.get().state == "open"
    defect = Defect.objects.get()
    assert act(solver, "defect", defect.uid, "mend", words="빨라졌습니다") == 302
    assert act(solver, "defect", defect.uid, "settle") == 403
    assert act(owner, "defect", defect.uid, "settle") == 302

    solver.post(cast.url("version_start"))
    second = Deliverable.objects.get(number=2)
    upload = SimpleUploadedFile("run.py", b"print(2)")
    solver.post(reverse("problems:version_attach", kwargs={"uid": second.uid}), {"file": upload})
    assert act(solver, "version", second.uid, "hand_over") == 302
    version.refresh_from_db()
    assert version.state == "replaced"
    assert act(owner, "version", second.uid, "try", ran="yes", words="됩니다") == 302
    assert act(owner, "version", second.uid, "accept") == 302
    assert cast.state() == "accepted"


def test_months_after_the_pilot_the_clock_asks_whether_it_paid(cast: Cast) -> None:
    agree_on_a_plan(cast)
    accepted(cast)
    owner = client_of(cast.owner)
    days = {"pilot_from": clock.today().isoformat(), "pilot_until": (clock.today() + SOON).isoformat()}
    backwards = {"pilot_from": days["pilot_until"], "pilot_until": days["pilot_from"]}
    assert act(owner, "workroom", cast.room.uid, "start_pilot", **backwards) == 403
    assert act(owner, "workroom", cast.room.uid, "start_pilot", **days) == 302
    assert act(owner, "workroom", cast.room.uid, "end_pilot", words="고장 셋을 미리 알았습니다") == 302
    later = datetime.combine(clock.today(), datetime.min.time(), tzinfo=clock.now().tzinfo) + timedelta(
        days=200
    )
    assert clock.strike(clock.now())["problems.did_it_pay"] == 0
    assert clock.strike(later)["problems.did_it_pay"] == 1
    assert cast.state() == "asked"
    assert act(owner, "workroom", cast.room.uid, "answer_paid", paid="yes", payoff_words="정비비") == 403
    figure = {"payoff_amount": "12000000", "payoff_unit": "KRW a year", "payoff_words": "정비비가 줄었습니다"}
    assert act(owner, "workroom", cast.room.uid, "answer_paid", paid="yes", **figure) == 302
    assert "12,000,000" in owner.get(cast.url()).text
    assert cast.state() == "closed"
    assert act(owner, "need", cast.problem.uid, "solve") == 302
    assert Problem.objects.get().state == "solved"


def test_only_the_parties_and_the_overseers_know_of_the_room(cast: Cast) -> None:
    agree_on_a_plan(cast)
    version = handed_over(cast)
    file = WorkroomFile.objects.get()
    urls = [
        cast.url(),
        reverse("problems:version", kwargs={"uid": version.uid}),
        reverse("problems:version_manifest", kwargs={"uid": version.uid}),
        reverse("problems:workroom_file", kwargs={"uid": file.uid}),
    ]
    for name, browser in outsiders(cast.problem).items():
        assert [browser.get(url).status_code for url in urls] == [404] * 4, name
        assert act(browser, "workroom", cast.room.uid, "abandon", reason="x") == 404, name
        assert act(browser, "milestone", Milestone.objects.get().uid, "drop", reason="x") == 404, name
        assert browser.post(cast.url("workroom_say"), {"message": "x"}).status_code == 404, name
        assert str(cast.room.uid) not in browser.get(f"/problems/{cast.problem.uid}").text, name
        listed = browser.get(reverse("problems:workrooms"))
        assert str(cast.room.uid) not in listed.text, name
    representative = person()
    assert cast.problem.organisation is not None
    member(representative, cast.problem.organisation, Membership.Role.REPRESENTATIVE)
    insiders = [cast.owner, cast.solver, cast.curator, representative]
    insiders += [person(roles=[Role.SECRETARIAT]), person(roles=[Role.AUDITOR])]
    for one in insiders:
        for url in urls:
            answer: Any = client_of(one).get(url)
            assert answer.status_code == 200
            assert b"".join(answer)
    auditor = client_of(person(roles=[Role.AUDITOR]))
    assert act(auditor, "workroom", cast.room.uid, "abandon", reason="x") == 403
    assert auditor.post(cast.url("workroom_say"), {"message": "x"}).status_code == 403


def test_each_part_offers_what_its_reader_may_do_now(cast: Cast) -> None:
    workrooms.add_milestone(by=cast.solver, room=cast.room, title="m", due_on=clock.today() + SOON)
    workrooms.propose_decision(by=cast.solver, room=cast.room, title="d")
    pages = {
        name: client_of(one).get(cast.url()).text
        for name, one in (("owner", cast.owner), ("solver", cast.solver))
    }
    offered = {
        name: {word for word in ("drop", "agree", "finish") if f'value="{word}"' in text}
        for name, text in pages.items()
    }
    assert offered == {"owner": {"drop", "agree"}, "solver": {"drop"}}
    filled = client_of(cast.owner).post(
        reverse("problems:milestone_act", kwargs={"uid": Milestone.objects.get().uid}), {"action": "drop"}
    )
    assert filled.status_code == 422
    assert "<details open>" in filled.text


def test_who_leaves_or_is_taken_out_is_out(cast: Cast) -> None:
    second = person()
    curator = client_of(cast.curator)
    assert client_of(cast.owner).post(cast.url("solver_add"), {"email": second.email}).status_code == 403
    assert curator.post(cast.url("solver_add"), {"email": second.email}).status_code == 302
    assert curator.post(cast.url("solver_add"), {"email": "nobody@example.org"}).status_code == 422
    assert client_of(second).get(cast.url()).status_code == 200
    solver = cast.room.solvers.get(person=second)
    assert client_of(second).post(cast.url("solver_remove"), {"solver": solver.pk}).status_code == 302
    assert client_of(second).get(cast.url()).status_code == 404
    last = cast.room.solvers.get(person=cast.solver, left_at=None)
    assert curator.post(cast.url("solver_remove"), {"solver": last.pk}).status_code == 403
    with pytest.raises(Denied) as refused:
        workrooms.add_solver(by=cast.curator, room=cast.room, person=cast.owner)
    assert refused.value.refused.reason == "owner_solves"


def test_terms_come_before_files_for_solvers(cast: Cast) -> None:
    owner = client_of(cast.owner)
    owner.post(cast.url("workroom_attach"), {"file": SimpleUploadedFile("data.csv", b"a,b")})
    file = WorkroomFile.objects.get()
    url = reverse("problems:workroom_file", kwargs={"uid": file.uid})
    terms_choice.choose_terms(by=cast.owner, problem=cast.problem, template="data_use", values={})
    solver = client_of(cast.solver)
    assert solver.get(url).status_code == 403
    assert "data.csv" not in solver.get(cast.url()).text
    assert solver.post(cast.url("workroom_say"), {"message": "hi"}).status_code == 403
    accept_terms(by=cast.solver, problem=cast.problem)
    answer: Any = solver.get(url)
    assert b"".join(answer.streaming_content) == b"a,b"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "data.csv" in solver.get(cast.url()).text


def test_what_was_handed_over_is_frozen_under_its_hash(cast: Cast) -> None:
    agree_on_a_plan(cast)
    version = handed_over(cast)
    answer = client_of(cast.owner).get(reverse("problems:version_manifest", kwargs={"uid": version.uid}))
    manifest = json.loads(answer.content)
    canonical = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == version.manifest_sha256
    assert manifest["files"] == [
        {"name": "run.py", "sha256": hashlib.sha256(b"print('ok')").hexdigest(), "bytes": 11}
    ]
    with pytest.raises(Denied):
        workrooms.write_version(by=cast.solver, version=version, run="rm -rf /")
    with pytest.raises(Denied):
        workrooms.add_file(
            by=cast.solver,
            room=cast.room,
            stream=SimpleUploadedFile("x", b"x"),
            filename="x",
            version=version,
        )
    with pytest.raises(Denied):
        workrooms.remove_file(by=cast.solver, room=cast.room, uid=WorkroomFile.objects.get().uid)
    assert WorkroomFile.objects.get().removed_at is None


def test_what_did_not_run_cannot_be_accepted(cast: Cast) -> None:
    agree_on_a_plan(cast)
    version = handed_over(cast)
    version = workflow.perform(version, "try", by=cast.owner, data={"ran": False, "words": "안 돕니다"})
    with pytest.raises(Denied) as refused:
        workflow.perform(version, "accept", by=cast.owner)
    assert refused.value.refused.reason == "did_not_run"


def test_a_decision_holds_only_when_the_other_side_agrees(cast: Cast) -> None:
    solver, owner = client_of(cast.solver), client_of(cast.owner)
    for _time in range(2):
        solver.post(cast.url("decision_add"), {"title": "주 1회 만난다"})
    decision = cast.room.decisions.get()
    assert act(solver, "decision", decision.uid, "agree") == 403
    assert act(client_of(cast.curator), "decision", decision.uid, "agree") == 403
    assert act(owner, "decision", decision.uid, "turn_down") == 422
    assert act(owner, "decision", decision.uid, "agree") == 302
    decision.refresh_from_db()
    assert (decision.state, decision.settled_by) == ("agreed", cast.owner)


def test_a_winner_moves_into_a_room_after_the_close_only() -> None:
    challenge = open_challenge()
    lead = person()
    team = entered(challenge, by=lead)
    submitted(team)
    problem = Problem.objects.get(pk=challenge.problem_id)
    assert problem.curator is not None
    browser = client_of(problem.curator)
    url = reverse("problems:workroom_open", kwargs={"uid": problem.uid})
    assert browser.post(url, {"team": team.pk, "pays_after": 6}).status_code == 403
    workflow.perform(challenge, "close", by=problem.curator)
    assert client_of(lead).post(url, {"team": team.pk, "pays_after": 6}).status_code == 403
    for _time in range(2):
        assert browser.post(url, {"team": team.pk, "pays_after": 6}).status_code == 302
    room = Workroom.objects.get()
    assert client_of(lead).get(reverse("problems:workroom", kwargs={"uid": room.uid})).status_code == 200


def test_opening_twice_gives_one_room_and_needs_the_curator(cast: Cast) -> None:
    again = workrooms.open_room(by=cast.curator, problem=cast.problem, solvers=[cast.solver])
    assert again == cast.room
    assert Problem.objects.get().state == "open"
    url = reverse("problems:workroom_open", kwargs={"uid": cast.problem.uid})
    given = {"solvers": person().email, "pays_after": 6}
    assert client_of(cast.owner).post(url, given).status_code == 403
    assert (
        client_of(cast.curator).post(url, {"solvers": "nobody@example.org", "pays_after": 6}).status_code
        == 422
    )
    assert client_of(cast.curator).post(url, {"solvers": "", "pays_after": 6}).status_code == 403
    assert Workroom.objects.count() == 1


def test_sending_twice_is_harmless(cast: Cast) -> None:
    solver, due = client_of(cast.solver), (clock.today() + SOON).isoformat()
    for _time in range(2):
        solver.post(cast.url("milestone_add"), {"title": "같은 것", "due_on": due})
        solver.post(cast.url("workroom_say"), {"message": "같은 말"})
        solver.post(cast.url("workroom_attach"), {"file": SimpleUploadedFile("a.txt", b"same")})
    assert (cast.room.milestones.count(), cast.room.messages.count(), cast.room.files.count()) == (1, 1, 1)
    past = (clock.today() - timedelta(days=1)).isoformat()
    assert solver.post(cast.url("milestone_add"), {"title": "어제", "due_on": past}).status_code == 403
    assert solver.post(cast.url("milestone_add"), {"title": "", "due_on": "x"}).status_code == 422


def test_each_side_has_its_todos_and_one_reminder_when_a_day_has_passed(cast: Cast) -> None:
    def urls(one: Person) -> list[str]:
        return [todo.url for todo in notices.todos(one) if todo.url.startswith("/workrooms/")]

    assert urls(cast.solver) == [cast.url()]
    assert urls(cast.owner) == []
    milestone = agree_on_a_plan(cast)
    assert len(urls(cast.solver)) == 2
    workflow.perform(milestone, "finish", by=cast.solver)
    assert urls(cast.owner) == [cast.url()]
    later = clock.now() + SOON + timedelta(days=2)
    with clock.at(later):
        assert clock_workrooms.remind_of_overdue(later) == 2
        assert clock_workrooms.remind_of_overdue(later) == 0
    told = Notice.objects.filter(kind="problems.room_waits")
    assert {notice.person for notice in told} == {cast.owner, cast.solver}


def test_hostile_words_and_files_are_inert(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "<script>alert(1)</script>"
    workrooms.say(by=cast.solver, room=cast.room, body=script + "\x00")
    due = clock.today() + SOON
    workrooms.add_milestone(by=cast.solver, room=cast.room, title=script, due_on=due, words=script)
    workrooms.propose_decision(by=cast.solver, room=cast.room, title=script, words=script)
    assert "<script>alert" not in client_of(cast.owner).get(cast.url()).text
    monkeypatch.setattr(workrooms, "LARGEST_FILE", 10)
    huge = client_of(cast.solver).post(
        cast.url("workroom_attach"), {"file": SimpleUploadedFile("big.bin", b"x" * 11)}
    )
    assert huge.status_code == 422
    assert "big.bin" in huge.text
    assert not cast.room.files.exists()


def test_months_are_counted_as_people_do() -> None:
    from dure.problems.effects_workrooms import months_after  # noqa: PLC0415 - next to the only test of it

    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)


def test_the_room_page_costs_the_same_however_full(cast: Cast, django_assert_max_num_queries: Any) -> None:
    due = clock.today() + SOON
    for number in range(8):
        workrooms.add_milestone(by=cast.solver, room=cast.room, title=f"m{number}", due_on=due)
        workrooms.propose_decision(by=cast.solver, room=cast.room, title=f"d{number}")
        workrooms.say(by=cast.solver, room=cast.room, body=f"말 {number}")
    for one in (cast.owner, cast.solver):
        browser = client_of(one)
        browser.get(reverse("problems:workrooms"))
        with django_assert_max_num_queries(12):
            browser.get(cast.url())
