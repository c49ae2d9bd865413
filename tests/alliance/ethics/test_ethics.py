"""An assessment from the first question to the gate, the board, what changes afterwards, and incidents."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from dure.alliance.ethics import answering, board, by_date, incidents, queries, subjects
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember
from dure.foundation import clock, gates, waiting, workflow
from dure.foundation.access import SYSTEM, Denied, Hidden
from dure.foundation.faults import Faulty
from dure.people.exports import export_of
from dure.people.models import Organisation
from dure.problems import api as problems_api
from dure.problems.models import Problem
from tests.factories import ethics, people, problems
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def firm() -> Organisation:
    return people.organisation()


@pytest.fixture
def need(firm: Organisation) -> Problem:
    """About people's data, with an organisation."""
    return problems.accepted_need(sensitivity="personal", audience="members", organisation=firm)


def gate(need: Problem) -> Any:
    return gates.check("problem.open", Problem.objects.get(pk=need.pk), SYSTEM)


def state(one: Any) -> str:
    return str(type(one).objects.get(pk=one.pk).state)


def test_what_uses_data_about_people_opens_only_with_an_approval_that_still_fits(need: Problem) -> None:
    assert gate(need).reason == "ethics_missing"
    made = ethics.submitted(need)
    assert gate(need).reason == "ethics_waiting"
    chair, member, outside = ethics.board()
    for one in (member, outside):
        answering.give_opinion(made, by=one, vote="approve", reason="Well thought out.")
    workflow.perform(made, "approve", by=chair)
    assert gate(need)
    Problem.objects.filter(pk=need.pk).update(data_en="And the recordings of their voices.")
    assert gate(need).reason == "ethics_changed"
    assert by_date.revisit_all(clock.now()) == 1
    assert by_date.revisit_all(clock.now()) == 0
    assert state(made) == "revisit"
    again = workflow.perform(EthicsAssessment.objects.get(pk=made.pk), "submit", by=need.owner)
    assert again.turn == 2
    with pytest.raises(Denied) as denied:
        workflow.perform(again, "approve", by=chair)
    assert denied.value.refused.reason == "ethics_too_few_opinions"


def test_what_needs_none_opens_without_one_unless_the_secretariat_asks() -> None:
    need = problems.accepted_need(sensitivity="public", audience="members")
    assert gate(need)
    made = ethics.begun(need, by=people.person(roles=["secretariat"]))
    assert gate(need).reason == "ethics_waiting"
    with pytest.raises(Denied) as denied:
        workflow.perform(made, "withdraw", by=need.owner)
    assert denied.value.refused.reason == "ethics_still_needed"


def test_one_that_nobody_asked_for_can_be_withdrawn() -> None:
    need = problems.accepted_need(sensitivity="public", audience="members")
    made = ethics.begun(need)
    workflow.perform(made, "withdraw", by=need.owner)
    assert gate(need)
    assert ethics.begun(need).pk != made.pk


def test_all_answers_are_needed_and_of_human_data_also_the_review(need: Problem) -> None:
    made = ethics.begun(need)
    for answers in ({**ethics.ANSWERS, "oversight": " "}, {**ethics.ANSWERS, "is_human": True}):
        answering.write(made, by=need.owner, given=answers)
        with pytest.raises(Denied) as denied:
            workflow.perform(made, "submit", by=need.owner)
        assert denied.value.refused.reason == "ethics_unfinished"
    with pytest.raises(Faulty) as faulty:
        answering.write(
            made,
            by=need.owner,
            given={**ethics.ANSWERS, "is_human": True, "basis": "none", "risk": "minimal"},
        )
    assert {fault.code for fault in faulty.value.faults} == {
        "ethics_basis_of_humans",
        "ethics_risk_of_humans",
    }


def test_a_decision_needs_two_opinions_one_from_outside_and_names_what_a_member_asked_for(
    need: Problem,
) -> None:
    chair, member, outside = ethics.board()
    made = ethics.submitted(need)
    answering.give_opinion(made, by=chair, vote="approve", reason="Good.")
    answering.give_opinion(made, by=member, vote="approve", reason="Good.")
    assert _refusal(made, chair) == "ethics_too_few_opinions"
    answering.give_opinion(made, by=outside, vote="conditions", reason="Delete it after a year.")
    assert _refusal(made, chair) == "ethics_no_conditions"
    answering.give_opinion(made, by=member, vote="refuse", reason="No.")
    assert _refusal(made, chair, conditions="Deleted after a year.") == "ethics_opposed"
    assert _refusal(made, member, conditions="c", reason="r") == "not_ethics_chair"
    data = {"conditions": "Deleted after a year.", "reason": "The risk is small."}
    done = workflow.perform(made, "approve", by=chair, data=data)
    assert (done.conditions, done.revisit_on) == (data["conditions"], clock.today() + timedelta(days=365))


def _refusal(made: Any, by: Any, **data: str) -> str:
    with pytest.raises(Denied) as denied:
        workflow.perform(made, "approve", by=by, data=data)
    return denied.value.refused.reason


def test_who_belongs_to_the_organisation_neither_reads_nor_judges_as_a_member_of_the_board(
    need: Problem, firm: Organisation
) -> None:
    made = ethics.submitted(need)
    inside = people.person()
    people.member(inside, firm)
    ethics.seat(inside)
    assert EthicsAssessment.objects.visible_to(inside).count() == 0
    assert list(waiting.todos(inside)) == []
    with pytest.raises(Denied):
        answering.give_opinion(made, by=inside, vote="approve", reason="Ours.")
    free = ethics.seat(people.person())
    assert [todo.url for todo in waiting.todos(free)] == [f"/ethics/assessments/{made.uid}"]
    assert EthicsAssessment.objects.visible_to(free).get() == made
    EthicsMember.objects.filter(person=free).update(until=clock.today())
    assert EthicsAssessment.objects.visible_to(free).count() == 0


def test_names_of_the_board_are_read_by_the_board_alone(need: Problem) -> None:
    members = ethics.board()
    made = ethics.submitted(need)
    assert queries.opinions(need.owner, made) == []
    answering.give_opinion(made, by=members[2], vote="approve", reason="Fine by me.")
    address = f"/ethics/assessments/{made.uid}"
    assert "Fine by me." not in client_of(need.owner).get(address).content.decode()
    assert members[2].name_en in client_of(members[1]).get(address).content.decode()
    answering.give_opinion(made, by=members[1], vote="approve", reason="By me too.")
    workflow.perform(made, "approve", by=members[0])
    page = client_of(need.owner).get(address).content.decode()
    assert "Fine by me." in page
    assert members[2].name_en not in page
    api = client_of(need.owner).get(f"/api/v1{address}").json()
    assert [one["by"] for one in api["opinions"]] == [None, None]


def test_the_owner_does_it_over_pages(need: Problem) -> None:
    ethics.board()
    need.owner.language = "en"
    need.owner.save()
    client = client_of(need.owner)
    assert f"/ethics/of/problem/{need.uid}" in client.get(problems_api.problem_url(need)).content.decode()
    page = client.get(f"/ethics/of/problem/{need.uid}").content.decode()
    assert "only after the ethics board has approved" in page
    address = client.post(f"/ethics/of/problem/{need.uid}/begin").headers["Location"]
    early = client.post(f"{address}/act", {"action": "submit"})
    assert early.status_code == 403
    wrong = {**ethics.ANSWERS, "is_human": "on", "basis": "none"}
    assert client.post(f"{address}/edit", wrong).status_code == 422
    given = {name: value for name, value in ethics.ANSWERS.items() if value is not False}
    assert client.post(f"{address}/edit", given).status_code == 302
    client.post(f"{address}/act", {"action": "submit"})
    assert EthicsAssessment.objects.get().state == "submitted"


def test_a_stranger_finds_nothing(need: Problem) -> None:
    made = ethics.submitted(need)
    other = client_of(people.representative(people.organisation()))
    assert other.get(f"/ethics/assessments/{made.uid}").status_code == 404
    assert other.get("/api/v1/ethics/assessments").json()["items"] == []
    hidden = problems.accepted_need(audience="private")
    assert other.get(f"/ethics/of/problem/{hidden.uid}").status_code == 404
    assert other.get(f"/ethics/of/nothing/{need.uid}").status_code == 404


def test_the_secretariat_gives_seats_with_all_that_is_wrong_said_at_once() -> None:
    desk = people.person(roles=["secretariat"])
    inside = people.representative(people.organisation())
    address = str(inside.email)
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Faulty) as faulty:
        board.appoint(by=desk, person=address, is_chair=False, is_outside=True, until=yesterday)
    assert [fault.code for fault in faulty.value.faults] == ["ethics_not_outside", "ethics_seat_over"]
    client = client_of(desk)
    assert client.post("/ethics/board", {"person": "nobody@example.org"}).status_code == 422
    client.post("/ethics/board", {"person": inside.email, "is_chair": "on"})
    seat = EthicsMember.objects.get()
    assert seat.is_chair
    client.post(f"/ethics/board/{seat.uid}/end")
    assert list(queries.seats()) == []
    assert client_of(inside).post("/ethics/board", {"person": inside.email}).status_code == 403


def test_an_incident_is_reported_by_who_sees_the_subject_and_followed_to_its_end(
    need: Problem, firm: Organisation
) -> None:
    chair, *_others = ethics.board()
    reporter = people.representative(people.organisation())
    subject = subjects.find(reporter, "problem", need.uid)
    later = clock.today() + timedelta(days=1)
    with pytest.raises(Faulty) as faulty:
        incidents.report(subject, by=reporter, severity="harm", what=" ", happened_on=later)
    assert len(faulty.value.faults) == 2
    body = {
        "kind": "problem", "subject": str(need.uid), "severity": "serious", "what": "Names got out.",
        "happened_on": str(clock.today()),
    }  # fmt: skip
    said = client_of(reporter).post("/api/v1/ethics/incidents", body, content_type=JSON)
    assert said.status_code == 201, said.content
    made = EthicsIncident.objects.get()
    speaker = people.representative(firm)
    assert client_of(speaker).get(f"/ethics/incidents/{made.uid}").status_code == 404
    workflow.perform(made, "examine", by=chair)
    page = client_of(speaker).get(f"/ethics/incidents/{made.uid}").content.decode()
    assert "Names got out." in page
    assert reporter.name_en not in page
    done = client_of(chair).post(
        f"/ethics/incidents/{made.uid}/act", {"action": "close", "outcome": "Taken down."}
    )
    assert done.status_code == 302
    assert state(made) == "closed"
    assert b"Names got out." in _unzipped(export_of(reporter))
    with pytest.raises(Hidden):
        subjects.find(people.person(), "problem", problems.accepted_need(audience="private").uid)


def _unzipped(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("ethics.json")


def test_pages_ask_a_fixed_number_of_queries(need: Problem, django_assert_max_num_queries: Any) -> None:
    members = ethics.board()
    made = ethics.submitted(need)
    for one in members:
        answering.give_opinion(made, by=one, vote="approve", reason="Good.")
    clients = [client_of(members[0]), client_of(need.owner)]
    addresses = ["/ethics", "/ethics/board", "/ethics/incidents", f"/ethics/assessments/{made.uid}"]
    for client in clients:
        for address in (*addresses, f"/ethics/of/problem/{need.uid}"):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


def test_the_clock_looks_at_all_approvals_in_two_queries(
    need: Problem, firm: Organisation, django_assert_max_num_queries: Any
) -> None:
    members = ethics.board()
    others = [problems.accepted_need(sensitivity="personal", organisation=firm) for _ in range(3)]
    for one in (need, *others):
        ethics.approved(one, members)
    with django_assert_max_num_queries(2):
        assert by_date.revisit_all(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=366)):
        assert by_date.revisit_all(clock.now()) == 4
