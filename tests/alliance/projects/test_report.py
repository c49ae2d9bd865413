"""The annual report: counts of a year, in both languages, as page, PDF and HWPX, of what the reader may read."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.alliance.models import ProjectRenewal, ResearchProject
from dure.alliance.projects import editing, figures
from dure.foundation import clock
from tests.factories import agreements, people, projects
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


def test_it_counts_the_projects_of_a_year_and_says_it_in_both_languages_and_forms() -> None:
    year = clock.today().year
    project, other = projects.started(), projects.started(track="media", title_en="Other")
    old = projects.started(title_en="Long over")
    ResearchProject.objects.filter(pk=old.pk).update(
        starts_on=date(year - 5, 1, 1), ended_on=date(year - 2, 3, 1), state="completed"
    )
    ProjectRenewal.objects.create(project=other, year=1, due_on=date(year, 6, 1), decision="renewed")
    given = {"kind": "paper", "title": "On dementia & voice", "link": ""}
    editing.add_output(project, by=projects.lead_of(project), given=given)
    desk = agreements.secretary()
    found = figures.of_year(desk, year)
    assert [(line.track, line.running, line.begun, line.ended) for line in found.tracks] == [
        ("speech", 1, 1, 0),
        ("media", 1, 1, 0),
    ]
    assert (found.renewals, found.outputs, found.money["KRW"]) == ({"renewed": 1}, {"paper": 1}, Decimal(400))
    office = client_of(desk)
    page = office.get("/projects/report?language=en").content.decode()
    assert "On dementia &amp; voice" in page
    assert "Long over" not in page
    assert "공동연구" in office.get("/projects/report?language=ko").content.decode()
    paper = office.get("/projects/report?language=ko&form=pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper.content == office.get("/projects/report?language=ko&form=pdf").content
    with zipfile.ZipFile(io.BytesIO(office.get("/api/v1/projects/report?form=hwpx").content)) as found_file:
        assert "On dementia" in found_file.read("Contents/section0.xml").decode()


def test_who_leads_one_project_gets_the_report_of_that_one_in_few_queries() -> None:
    project, _other = projects.started(), projects.started(track="media", title_en="Other")
    lead = client_of(projects.lead_of(project))
    lead.get("/projects/report")
    with CaptureQueriesContext(connection) as asked:
        page = lead.get("/projects/report?language=en").content.decode()
    assert len(asked) <= 12
    assert ("Joint speech research" in page, "Other" in page) == (True, False)
    with projects.on(clock.today() + timedelta(days=400)):
        assert "Joint speech research" in lead.get("/projects/report?language=en").content.decode()
    nobody = client_of(people.person()).get("/projects/report?language=en").content.decode()
    assert "Joint speech research" not in nobody
