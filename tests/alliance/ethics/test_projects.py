"""Ethics of joint research: what concerns people starts and is renewed only with an approval that fits."""

from datetime import timedelta
from typing import Any

import pytest

from dure.alliance.ethics import answering, by_date, subjects
from dure.alliance.models import EthicsAssessment, ResearchProject
from dure.alliance.projects import editing, rules
from dure.foundation import clock, gates, waiting, workflow
from dure.foundation.access import SYSTEM, Denied, Hidden
from tests.factories import agreements, ethics, people, projects
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
ANSWERS = {**ethics.ANSWERS, "is_human": True, "review_number": "IRB-7", "handlers": "Two researchers."}


def _start(project: ResearchProject) -> str:
    with pytest.raises(Denied) as denied:
        workflow.perform(project, "start", by=agreements.secretary())
    return denied.value.refused.reason


def test_a_project_about_nobody_starts_without_one_unless_the_secretariat_asks() -> None:
    plain = projects.set_up()
    assert gates.check("project.start", plain, SYSTEM)
    desk = agreements.secretary()
    made = answering.begin(subjects.find(desk, "project", plain.uid), by=desk)
    assert (made.is_demanded, made.author) == (True, plain.lead)
    assert _start(plain) == "ethics_waiting"
    assert f"/ethics/assessments/{made.uid}" in [todo.url for todo in waiting.todos(projects.lead_of(plain))]


def test_it_is_walked_by_lead_board_outside_member_and_a_rival_who_sees_nothing() -> None:
    firm, hospital, rival = (people.organisation() for _ in range(3))
    project = projects.set_up(firm, hospital, concerns=["clinical", "biometric"])
    chair, member, outside = ethics.board()
    inside = ethics.seat(people.representative(hospital))
    lead, desk = client_of(projects.lead_of(project)), people.person(roles=["secretariat"], language="en")
    assert _start(project) == "ethics_missing"
    page = client_of(desk).get(f"/projects/{project.uid}").content.decode()
    assert "It needs an ethics assessment first." in page
    assert "Before it can start:" in page
    assert "To its ethics" in page
    assert f"/ethics/of/project/{project.uid}" in [t.url for t in waiting.todos(projects.lead_of(project))]
    uid = _handed_in_over_rest(lead, project)
    made = EthicsAssessment.objects.get(uid=uid)
    assert (made.kind, made.organisation) == ("project", firm)
    for one in (chair, member, outside):
        assert f"/ethics/assessments/{uid}" in [todo.url for todo in waiting.todos(one)]
    _sees_nothing(client_of(people.representative(rival)), project, uid)
    assert client_of(inside).get(f"/ethics/assessments/{uid}").status_code == 404
    assert [todo.url for todo in waiting.todos(inside)] == []
    for one in (member, outside):
        said = {"vote": "approve", "reason": "Well thought out."}
        assert client_of(one).post(f"/ethics/assessments/{uid}/opinion", said).status_code == 302
    assert _start(project) == "ethics_waiting"
    api = client_of(chair).post(
        f"/api/v1/ethics/assessments/{uid}/actions", {"action": "approve"}, content_type=JSON
    )
    assert api.json()["state"] == "approved", api.content
    assert workflow.perform(project, "start", by=desk).state == "active"


def _handed_in_over_rest(lead: Any, project: ResearchProject) -> str:
    body = {"kind": "project", "subject": str(project.uid)}
    begun = lead.post("/api/v1/ethics/assessments", body, content_type=JSON)
    assert begun.status_code == 201, begun.content
    there = f"/api/v1/ethics/assessments/{begun.json()['uid']}"
    lead.put(there, ANSWERS, content_type=JSON)
    done = lead.post(f"{there}/actions", {"action": "submit"}, content_type=JSON)
    assert done.json()["state"] == "submitted", done.content
    return str(begun.json()["uid"])


def _sees_nothing(rival: Any, project: ResearchProject, uid: str) -> None:
    for address in (
        f"/projects/{project.uid}",
        f"/ethics/of/project/{project.uid}",
        f"/ethics/assessments/{uid}",
    ):
        assert rival.get(address).status_code == 404
    assert rival.get("/api/v1/ethics/assessments").json()["items"] == []
    body = {"kind": "project", "subject": str(project.uid)}
    assert rival.post("/api/v1/ethics/assessments", body, content_type=JSON).status_code == 404


def _approved(project: ResearchProject) -> EthicsAssessment:
    chair, member, outside = ethics.board()
    lead = projects.lead_of(project)
    made = answering.begin(subjects.find(lead, "project", project.uid), by=lead)
    made = answering.write(made, by=lead, given=ANSWERS)
    workflow.perform(made, "submit", by=lead)
    for one in (member, outside):
        answering.give_opinion(made, by=one, vote="approve", reason="Good.")
    return workflow.perform(made, "approve", by=chair)


@pytest.mark.parametrize("changed", ["concerns", "terms", "partners"])
def test_an_approval_is_void_when_the_facts_change_and_the_renewal_waits_for_a_new_one(changed: str) -> None:
    project = projects.set_up(concerns=["personal"])
    made = _approved(project)
    assert gates.check("project.start", projects.fresh(project), SYSTEM)
    desk, lead = agreements.secretary(), projects.lead_of(project)
    if changed == "partners":
        given = {"organisation": people.organisation(), "role": "data", "budget": 0, "currency": "KRW"}
        editing.add_partner(project, by=desk, given=given)
    else:
        words = {"concerns": ["personal", "deployed"], "terms": "Recordings go to the firm."}
        editing.change(project, by=lead, given={changed: words[changed]})
    assert _start(projects.fresh(project)) == "ethics_changed"
    assert by_date.revisit_all(clock.now()) == 1
    made.refresh_from_db()
    assert made.state == "revisit"
    decision = gates.check("project.renew", projects.fresh(project), SYSTEM)
    assert getattr(decision, "reason", "") == "ethics_waiting"
    ResearchProject.objects.filter(pk=project.pk).update(state="renewal_review")
    assert rules.held(projects.fresh(project), desk) == [decision]


def test_pages_of_a_project_that_concerns_people_ask_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    project = projects.set_up(concerns=["personal"])
    made = _approved(project)
    desk = client_of(agreements.secretary())
    addresses = [f"/projects/{project.uid}", f"/ethics/of/project/{project.uid}"]
    for state in ("setup", "renewal_review"):
        ResearchProject.objects.filter(pk=project.pk).update(state=state)
        for address in (*addresses, f"/projects/{project.uid}/renewals", f"/ethics/assessments/{made.uid}"):
            desk.get(address)
            with django_assert_max_num_queries(12):
                assert desk.get(address).status_code == 200


def test_the_clock_looks_at_all_projects_in_three_queries(django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        _approved(projects.set_up(concerns=["personal"]))
    with django_assert_max_num_queries(3):
        assert by_date.revisit_all(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=366)):
        assert by_date.revisit_all(clock.now()) == 3


def test_what_is_hidden_has_no_ethics() -> None:
    project = projects.set_up(concerns=["human"])
    with pytest.raises(Hidden):
        subjects.find(people.representative(people.organisation()), "project", project.uid)
