"""A project from setting up to its end: milestones, changes, risks, who knows of it, and the board of two thousand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.alliance.models import ProjectPartner, ProjectRenewal, ResearchProject
from dure.alliance.projects import by_date, editing, leaving, queries
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.people import api as people_api
from tests.factories import agreements, people, projects
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
API = "/api/v1/projects"


def test_the_secretariat_sets_it_up_over_rest_and_it_says_all_that_is_missing() -> None:
    office = client_of(agreements.secretary())
    given = {"track": "health", "title_en": "Dementia by voice", "starts_on": str(clock.today())}
    uid = office.post(API, given, content_type=JSON).json()["uid"]
    page = office.get(f"/projects/{uid}").content.decode()
    for words in ("Name its lead.", "Plan at least one milestone.", "It needs at least two partners."):
        assert words in page
    refused = office.post(f"{API}/{uid}/actions", {"action": "start"}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "project_not_ready")
    firm, institute = people.organisation(), people.organisation()
    for one in (firm, institute):
        body = {"organisation": one.slug, "role": "research", "budget": "50000000"}
        assert office.post(f"{API}/{uid}/partners", body, content_type=JSON).status_code == 201
    due = {"title_en": "A first trial", "due_on": str(clock.today() + timedelta(days=90))}
    office.post(f"{API}/{uid}/milestones", due, content_type=JSON)
    worker = people.person()
    people.member(worker, institute)
    body = {"address": str(worker.email), "role": "researcher"}
    assert office.post(f"{API}/{uid}/people", body, content_type=JSON).status_code == 201
    unknown = office.post(
        f"{API}/{uid}/people", body | {"address": str(people.person().email)}, content_type=JSON
    )
    assert unknown.status_code == 422
    lead, today = people.person(), str(clock.today())
    told = given | {"lead": str(lead.uid), "terms": "All publish.", "kickoff_on": today}
    assert office.put(f"{API}/{uid}", told, content_type=JSON).status_code == 200
    started = office.post(f"{API}/{uid}/actions", {"action": "start"}, content_type=JSON)
    assert (started.status_code, started.json()["state"]) == (200, "active")


def test_all_that_is_wrong_is_said_at_once() -> None:
    given = projects.said(title_ko="", title_en="", origin="agreement", audience="circle")
    desk = agreements.secretary()
    with pytest.raises(Faulty) as faulty:
        editing.create(by=desk, given=given)
    codes = [fault.code for fault in faulty.value.faults]
    assert codes == ["project_no_title", "project_no_agreement", "project_no_circle"]


def test_a_milestone_is_handed_in_with_evidence_and_accepted_by_an_industry_partner_never_by_its_lead() -> (
    None
):
    firm = people.organisation()
    speaker = people.representative(firm)
    project = projects.started(firm, people.organisation(kind="university"))
    one = project.milestones.get()
    lead = client_of(projects.lead_of(project))
    there = f"/projects/{project.uid}/milestones/{one.uid}"
    lead.post(there, {"action": "start"})
    assert lead.post(there, {"action": "submit"}).status_code == 403
    assert lead.post(there, {"title": "Run", "link": "http://plain.example"}).status_code == 422
    lead.post(there, {"title": "Trial", "link": "/problems/some"})
    lead.post(there, {"action": "submit"})
    assert lead.post(there, {"action": "accept"}).status_code == 403
    client_of(speaker).post(there, {"action": "accept"})
    assert project.milestones.get().state == "accepted"


def test_a_late_milestone_needs_a_reason_or_another_day() -> None:
    project, desk = projects.started(), agreements.secretary()
    one = project.milestones.get()
    with projects.on(one.due_on + timedelta(days=1)):
        assert (by_date.late(clock.now()), by_date.late(clock.now())) == (1, 0)
        assert [todo.url for todo in waiting.todos(projects.lead_of(project))] == [
            f"/projects/{project.uid}/milestones"
        ]
        editing.link(
            one, by=projects.lead_of(project), given={"title": "Report", "link": "https://a.example/r"}
        )
        with pytest.raises(Denied) as denied:
            workflow.perform(project.milestones.get(), "submit", by=projects.lead_of(project))
        assert denied.value.refused.reason == "milestone_late_no_reason"
        later = clock.today() + timedelta(days=30)
        data = {"until": later, "reason": "The data came late."}
        workflow.perform(project.milestones.get(), "reschedule", by=desk, data=data)
    assert (project.milestones.get().state, project.milestones.get().due_on) == ("in_progress", later)


def test_a_lead_asks_for_a_change_and_the_secretariat_answers_it() -> None:
    project, desk = projects.started(), agreements.secretary()
    lead, there = client_of(projects.lead_of(project)), f"/projects/{project.uid}"
    said = {"action": "request_change", "kind": "budget", "what": "20 million more", "reason": "Prices rose."}
    lead.post(f"{there}/act", said)
    one = project.changes.get()
    assert [todo.url for todo in waiting.todos(desk)] == [f"{there}/changes"]
    assert lead.post(f"{there}/changes/{one.uid}", {"action": "approve"}).status_code == 403
    assert "20 million more" in client_of(desk).get(f"{there}/changes").content.decode()
    client_of(desk).post(f"{there}/changes/{one.uid}", {"action": "refuse", "reason": "No money is left."})
    assert (project.changes.get().state, project.changes.get().answer) == ("refused", "No money is left.")
    client_of(projects.lead_of(project)).post(
        f"{there}/changes", {"level": "high", "what": "A partner is slow."}
    )
    risk = project.risks.get()
    client_of(projects.lead_of(project)).post(f"{there}/risks/clear", {"part": str(risk.uid)})
    assert project.risks.get().cleared_at is not None


def test_it_closes_when_all_is_done_and_completes_with_a_final_report() -> None:
    project, desk = projects.started(), agreements.secretary()
    with pytest.raises(Denied) as denied:
        workflow.perform(project, "close", by=projects.lead_of(project))
    assert denied.value.refused.reason == "milestones_open"
    workflow.perform(project.milestones.get(), "waive", by=desk, data={"reason": "Done elsewhere."})
    closing = workflow.perform(project, "close", by=projects.lead_of(project))
    done = workflow.perform(closing, "complete", by=desk, data={"report": "All was reached."})
    assert (done.state, done.ended_on) == ("completed", clock.today())


def test_stopping_it_waives_its_milestones_and_refuses_what_was_asked_in_the_same_transaction() -> None:
    project = projects.started()
    said = {"kind": "scope", "what": "More", "reason": "Because"}
    workflow.perform(project, "request_change", by=projects.lead_of(project), data=said)
    workflow.perform(project, "stop", by=agreements.secretary(), data={"reason": "A partner left."})
    assert (project.milestones.get().state, project.changes.get().state) == ("waived", "refused")


def test_rivals_know_of_it_as_far_as_its_audience_and_never_read_its_inside() -> None:
    firm, rival = people.organisation(), people.representative(people.organisation())
    made = agreements.active(firm, people.organisation())
    given = {"agreement": made, "audience": "circle", "origin": "agreement"}
    project = projects.started(firm, people.organisation(), **given)
    colleague = people.person(language="en")
    people.member(colleague, firm)
    there = f"/projects/{project.uid}"
    assert client_of(colleague).get(there).status_code == 200
    assert "Data stay with" not in client_of(colleague).get(there).content.decode()
    for part in ("renewals", "milestones", "people", "changes"):
        assert client_of(colleague).get(f"{there}/{part}").status_code == 404
    assert client_of(rival).get(there).status_code == 404
    assert client_of(rival).get(f"{API}/{project.uid}").status_code == 404
    assert not queries.listed(rival, queries.Asked()).exists()
    assert queries.matrix(queries.listed(rival, queries.Asked())) == []
    ResearchProject.objects.update(audience="public")
    assert client_of(rival).get(there).status_code == 200
    assert Client().get(f"{there}/outputs").status_code == 200
    assert client_of(rival).get(f"{API}/{project.uid}").json()["terms"] == ""
    assert "Joint speech research" in client_of(rival).get(f"/organisations/{firm.slug}").content.decode()


def test_what_one_leads_and_wrote_is_exported_and_forgotten() -> None:
    project = projects.started()
    lead = projects.lead_of(project)
    editing.flag(project, by=lead, given={"level": "low", "what": "Somebody may leave."})
    found = leaving.exported(lead)
    assert (len(found["leads"]), found["risks"][0]["what"]) == (1, "Somebody may leave.")
    leaving.forget(people_api.AccountDeleted(person=lead.pk))
    assert leaving.exported(lead)["leads"] == []


def many(count: int, lead: Any) -> None:
    """So many projects of twenty years, each renewed every year."""
    firms = [people.organisation(), people.organisation()]
    tracks = ("speech", "vision", "media", "robot")
    made = ResearchProject.objects.bulk_create(
        ResearchProject(
            track=tracks[at % 4],
            title_en=f"P {at}",
            state="active",
            lead=lead,
            starts_on=date(2006 + at % 20, 1 + at % 12, 1),
            year=20,
            audience="members",
            renewal_on=date(2026, 12, 1),
        )
        for at in range(count)
    )
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=one, organisation=firms[one.pk % 2], role="leads", budget=Decimal(1))
        for one in made
    )
    ProjectRenewal.objects.bulk_create(
        ProjectRenewal(project=one, year=year, due_on=date(2006 + year, 1, 1), decision="renewed")
        for one in made
        for year in range(1, 6)
    )


def asked(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_no_page_of_a_project_asks_more_than_twelve_queries() -> None:
    desk = agreements.secretary()
    going, being_set_up = projects.started(audience="members"), projects.set_up(audience="members")
    for at in range(15):
        said = {"kind": "scope", "what": f"{at}", "reason": "Because"}
        workflow.perform(going, "request_change", by=projects.lead_of(going), data=said)
    with projects.on(going.starts_on + timedelta(days=340)):
        by_date.ask(clock.now())
        found = {}
        for project, reader in ((going, desk), (going, projects.lead_of(going)), (being_set_up, desk)):
            client, there = client_of(reader), f"/projects/{project.uid}"
            milestone = f"milestones/{project.milestones.get().uid}"
            for part in ("", "renewals", "people", "milestones", milestone, "outputs", "changes", "edit"):
                found[part, reader.pk] = asked(client, f"{there}/{part}".rstrip("/"))
    assert max(found.values()) <= 12, found


def test_two_thousand_projects_and_twenty_years_are_one_page_in_constant_queries() -> None:
    office, lead = client_of(agreements.secretary()), people.person()
    pages = ("/projects", "/projects?track=basic&group=running&page=3", "/projects/renewals?month=2007-01")
    many(40, lead)
    assert asked(office, "/projects")  # the first page of a process writes the SQL that others share
    few = [asked(office, path) for path in pages]
    many(1960, lead)
    assert [asked(office, path) for path in pages] == few
    assert max(few) <= 12, few
    board = queries.matrix(queries.listed(agreements.secretary(), queries.Asked()))
    assert sum(row.total for row in board) == 2000
