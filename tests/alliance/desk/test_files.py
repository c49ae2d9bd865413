"""Lists as files: filtered as on the page, by the same access, and no cell begins a formula."""

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories import agreements, commitments, people, projects, roundtables
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


def lines(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/csv"), address
    return answer.content.decode("utf-8-sig").splitlines()


def cells(client: Client, address: str) -> list[Any]:
    book = load_workbook(io.BytesIO(client.get(address).content))
    return [cell.value for sheet in book for row in sheet.rows for cell in row]


def test_topics_and_projects_are_files_as_the_page_filters_them_for_who_may_read_them() -> None:
    desk, stranger = client_of(agreements.secretary()), client_of(people.person())
    topic = roundtables.topic(title_en="=Quiet pumps()", reach="confidential")
    project = projects.started(title_en="Secret speech")
    heading, row = lines(desk, "/topics?as=csv&group=open")
    assert heading.startswith("uid,title_ko,title_en,state")
    assert "'=Quiet pumps()" in row
    assert lines(desk, "/topics?as=csv&group=done") == [heading]
    assert str(topic.uid) not in "".join(lines(stranger, "/topics?as=csv"))
    assert "Secret speech" in cells(desk, "/projects?as=xlsx&group=running")
    assert "Secret speech" not in cells(stranger, "/projects?as=xlsx")
    assert str(project.uid) in lines(desk, f"/projects?as=csv&track={project.track}")[1]
    assert "?as=csv" in desk.get("/topics").content.decode()


def test_of_an_agreement_that_is_not_read_whole_the_file_has_the_title_alone() -> None:
    made = commitments.pledged()
    agreement = made.agreement
    desk = client_of(agreements.secretary())
    listed = lines(desk, "/agreements?as=csv")
    assert agreement.effective_from.isoformat() in listed[1]
    type(agreement).objects.filter(pk=agreement.pk).update(is_public=True, state="active")
    said = lines(Client(), "/agreements?as=csv")
    assert str(agreement.uid) in said[1]
    assert said[1].endswith(",,")
    promised = lines(desk, f"/agreements/{agreement.uid}/commitments?as=csv")
    assert str(made.uid) in promised[1]
    assert (
        client_of(people.person()).get(f"/agreements/{agreement.uid}/commitments?as=csv").status_code == 404
    )
