"""The yearly renewal of a project: asked for, reminded of, submitted, decided on, overdue, lapsed; and who sees which month."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dure.alliance.models import ProjectRenewal, ResearchProject
from dure.alliance.projects import by_date, dates, queries
from dure.foundation import clock, notices, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from tests.factories import agreements, people, projects
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


def strike() -> list[int]:
    """All duties of projects once, as the clock does."""
    now = clock.now()
    return [
        duty(now) for duty in (by_date.ask, by_date.remind, by_date.escalate, by_date.lapse, by_date.late)
    ]


def at_review(project: ResearchProject, **changed: Any) -> ResearchProject:
    """Its renewal is asked for and submitted on that day."""
    with projects.on(dates.asked_on(project.starts_on, project.year)):
        by_date.ask(clock.now())
        data = projects.YEAR | changed
        return workflow.perform(
            projects.fresh(project), "submit_renewal", by=projects.lead_of(project), data=data
        )


def told(person: Any) -> list[str]:
    return [
        notices.text(one)
        for one in Notice.objects.filter(person=person, kind__startswith="alliance.project").order_by("pk")
    ]


def test_it_is_asked_for_after_eleven_months_and_its_lead_is_reminded_three_times() -> None:
    project = projects.started()
    due = projects.due_day(project)
    with projects.on(dates.asked_on(project.starts_on, 1) - timedelta(days=1)):
        assert strike()[0] == 0
    with projects.on(dates.asked_on(project.starts_on, 1)):
        assert (strike()[0], strike()[0]) == (1, 0)
        assert projects.fresh(project).state == "renewal_due"
        assert f"/projects/{project.uid}/renewals" in [
            todo.url for todo in waiting.todos(projects.lead_of(project))
        ]
    for left, reminded in ((15, 0), (14, 1), (13, 0), (7, 1), (1, 1), (0, 0)):
        with projects.on(due - timedelta(days=left)):
            assert (strike()[1], strike()[1]) == (reminded, 0), left
    said = told(projects.lead_of(project))
    assert sum(f"The renewal is due on {due}" in one for one in said) == 3


def test_a_renewal_that_does_not_come_is_told_to_its_organisations_and_lapses_after_thirty_days() -> None:
    firm = people.organisation()
    speaker = people.representative(firm)
    project = projects.started(firm, people.organisation())
    due = projects.due_day(project)
    with projects.on(due - timedelta(days=20)):
        strike()
    with projects.on(due + timedelta(days=1)):
        assert (strike()[2], strike()[2]) == (1, 0)
    assert any("has not come" in one for one in told(speaker))
    with projects.on(due + timedelta(days=30)):
        assert strike()[3] == 0
    with projects.on(due + timedelta(days=31)):
        assert (strike()[3], strike()[3]) == (1, 0)
    assert (projects.fresh(project).state, projects.renewal(project).decision) == ("closing", "lapsed")


def test_after_a_long_outage_nothing_lapses_before_the_organisations_were_told() -> None:
    project = projects.started()
    with projects.on(projects.due_day(project) + timedelta(days=90)):
        assert by_date.ask(clock.now()) == 1
        assert by_date.lapse(clock.now()) == 0
        assert by_date.escalate(clock.now()) == 1
        assert by_date.lapse(clock.now()) == 1


def test_the_lead_writes_it_and_the_secretariat_renews_it_on_pages() -> None:
    project = projects.started()
    desk = agreements.secretary()
    with projects.on(dates.asked_on(project.starts_on, 1)):
        by_date.ask(clock.now())
        lead, office = client_of(projects.lead_of(project)), client_of(desk)
        there = f"/projects/{project.uid}"
        empty = lead.post(f"{there}/act", {"action": "submit_renewal", "report": "r"})
        assert empty.status_code == 422
        unsaid = lead.post(f"{there}/act", {"action": "submit_renewal", "report": "r", "plan": "p"})
        assert unsaid.status_code == 403  # neither an output of this year nor why there is none
        lead.post(f"{there}/act", {"action": "submit_renewal", **projects.YEAR})
        assert projects.fresh(project).state == "renewal_review"
        assert "We did what we planned." in office.get(f"{there}/renewals").content.decode()
        assert [todo.url for todo in waiting.todos(desk)] == [f"{there}/renewals"]
        office.post(f"{there}/act", {"action": "begin_review"})
        office.post(f"{there}/act", {"action": "return", "reason": "Numbers are missing."})
        assert "Numbers are missing." in lead.get(f"{there}/renewals").content.decode()
        lead.post(f"{there}/act", {"action": "submit_renewal", **projects.YEAR})
        office.post(f"{there}/act", {"action": "renew", "reason": "Good work."})
    now = projects.fresh(project)
    assert (now.state, now.year, now.renewal_on) == ("active", 2, dates.asked_on(project.starts_on, 2))
    assert projects.renewal(project).decision == "renewed"


def test_conditions_become_milestones_of_the_next_year() -> None:
    project = at_review(projects.started())
    until = clock.today() + timedelta(days=500)
    data = {"conditions": "Publish the data set\n\nHire a student", "until": until, "reason": "Promising."}
    with pytest.raises(Denied):
        workflow.perform(
            project, "renew_with_conditions", by=agreements.secretary(), data=data | {"conditions": " "}
        )
    workflow.perform(project, "renew_with_conditions", by=agreements.secretary(), data=data)
    made = project.milestones.filter(is_condition=True).order_by("pk")
    assert [(one.title_en, one.year, one.due_on) for one in made] == [
        ("Publish the data set", 2, until),
        ("Hire a student", 2, until),
    ]


def test_nobody_decides_on_the_renewal_of_a_project_of_their_own() -> None:
    desk = agreements.secretary()
    project = at_review(projects.started(lead=desk))
    with pytest.raises(Denied) as denied:
        workflow.perform(project, "renew", by=desk, data={"reason": "I like it."})
    assert denied.value.refused.reason == "own_renewal"
    assert "renewal_decide" not in str(list(waiting.todos(desk)))
    done = workflow.perform(
        project, "not_renew", by=agreements.secretary(), data={"reason": "The field has moved."}
    )
    assert done.state == "closing"


def test_two_officers_deciding_at_once_one_wins_and_one_is_told() -> None:
    project = at_review(projects.started())
    first, second = agreements.secretary(), agreements.secretary()
    workflow.perform(project, "renew", by=first, data={"reason": "Yes."})
    with pytest.raises(Denied) as denied:
        workflow.perform(project, "not_renew", by=second, data={"reason": "No."})
    assert denied.value.conflict
    assert projects.renewal(project).decision == "renewed"


def test_the_month_shows_each_renewal_where_it_stands_and_nobody_elses() -> None:
    every = [projects.started(title_en=f"Number {at}") for at in range(5)]
    due = projects.due_day(every[0])
    at_review(every[0])
    taken = at_review(every[1])
    workflow.perform(taken, "begin_review", by=agreements.secretary())
    workflow.perform(at_review(every[2]), "renew", by=agreements.secretary(), data={"reason": "Yes."})
    with projects.on(due + timedelta(days=40)):
        for duty in (by_date.ask, by_date.escalate):
            duty(clock.now())
        ResearchProject.objects.filter(pk=every[4].pk).update(state="active")
        by_date.lapse(clock.now())
    desk, month = agreements.secretary(), due.replace(day=1)
    counted = queries.steps(queries.renewals_of_month(desk, month))
    assert counted == {"due": 1, "submitted": 1, "in_review": 1, "decided": 1, "lapsed": 1}
    page = client_of(desk).get(f"/projects/renewals?month={month:%Y-%m}&step=lapsed").content.decode()
    assert ("Number 3" in page, "Number 0" in page) == (True, False)
    assert "None" not in page
    assert queries.months_beside(desk, dates.months_after(month, -3)) == (None, month)
    assert queries.renewals_of_month(projects.lead_of(every[0]), month).count() == 1
    assert client_of(people.person()).get(f"/projects/renewals?month={month:%Y-%m}").status_code == 200
    assert not queries.renewals_of_month(people.person(), month).exists()
    assert Client().get("/projects/renewals").status_code == 403
    assert ProjectRenewal.objects.count() == 5
