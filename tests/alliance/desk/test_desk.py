"""The desk: for whom things wait and since when, what is due, who is late, and the same days in one's calendar."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from dure.alliance.desk import queries, table
from dure.alliance.models import LedgerPeriod
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.learn.cohorts import calendars
from dure.people.models import Person
from tests.factories import agreements, members, people, projects, roundtables
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Person:
    return agreements.secretary()


def test_what_waits_stands_with_whom_and_how_long_the_oldest_first(desk: Person) -> None:
    with clock.at(clock.now() - timedelta(days=9)):
        agreements.circulated(title_en="Old words")
    with clock.at(clock.now() - timedelta(days=4)):
        members.joining()
        roundtables.topic(title_en="New topic")
    projects.started(title_en="Runs well")
    found = [queries.wait_of(row) for row in queries.waits(desk)]
    assert [(one.kind, one.whom, one.days) for one in found] == [
        ("agreement", "organisation", 9),
        ("joining", "secretariat", 4),
        ("topic", "secretariat", 4),
    ]
    assert [queries.wait_of(row).kind for row in queries.waits(desk, whom="organisation")] == ["agreement"]
    assert {(one.kind, one.count, one.days) for one in queries.summary(desk)} == {
        ("agreement", 1, 9),
        ("joining", 1, 4),
        ("topic", 1, 4),
    }
    office = client_of(desk)
    with CaptureQueriesContext(connection) as asked:
        page = office.get("/desk").content.decode()
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]
    assert "Old words" in page
    assert client_of(people.person()).get("/desk").status_code == 403
    assert "Old words" not in client_of(people.person(roles=["auditor"])).get("/desk").content.decode()
    assert "Old words" in office.get("/desk?as=csv").content.decode("utf-8-sig")
    assert office.get("/api/v1/desk/waiting?kind=topic").json()["count"] == 1
    assert len(office.get("/api/v1/desk/summary").json()) == 3


def test_what_is_due_and_late_stands_with_whose_it_is(desk: Person) -> None:
    project = projects.started(title_en="Speech")
    lead = projects.lead_of(project)
    milestone = project.milestones.get()
    with projects.on(milestone.due_on + timedelta(days=3)):
        late = [queries.due_of(row) for row in queries.due(desk, days=0, late=True, kind="project_milestone")]
        assert [(one.who, one.days_late, one.title) for one in late] == [(lead.name_en, 3, "Speech")]
        office = client_of(desk)
        with CaptureQueriesContext(connection) as asked:
            page = office.get("/desk/due?days=90").content.decode()
        assert len(asked) <= 12
        assert lead.name_en in page
        assert office.get("/api/v1/desk/due?late=true").json()["count"] >= 1
    with projects.on(milestone.due_on - timedelta(days=40)):
        assert [*queries.due(desk, days=30, kind="project_milestone")] == []
        assert len([*queries.due(desk, days=90, kind="project_milestone")]) == 1
        assert [*queries.due(people.person(), days=90)] == []


def test_a_quarter_is_due_when_it_is_over(desk: Person) -> None:
    LedgerPeriod.objects.create(starts_on=date(2026, 7, 1))
    with projects.on(date(2026, 9, 20)):
        (one,) = (queries.due_of(row) for row in queries.due(desk, days=30, kind="ledger_period"))
    assert one.day == date(2026, 10, 1)


def entries_of(person: Person) -> list[Any]:
    there = urlsplit(calendars.address_of(calendars.renew(person), "")).path
    return list(Calendar.from_ical(Client().get(there).content).walk("VEVENT"))


def test_the_days_stand_in_the_calendar_of_whom_they_concern_under_lasting_names() -> None:
    project = projects.started(title_en="Speech", title_ko="음성")
    lead, milestone = projects.lead_of(project), project.milestones.get()
    (before,) = entries_of(lead)
    assert before["dtstart"].dt == milestone.due_on
    assert "Speech" in str(before["summary"])
    assert str(before["url"]).endswith(f"/projects/{project.uid}/milestones")
    assert entries_of(people.person()) == []
    with projects.on(milestone.due_on + timedelta(days=1)):
        workflow.perform(milestone, "overdue", by=SYSTEM)
        (after,) = entries_of(lead)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt


def test_every_kind_says_for_whom_its_states_wait_in_words() -> None:
    for one in table.watched().values():
        assert one.whom, one.kind
        assert set(one.whom.values()) <= queries.WHOM.keys(), one.kind
