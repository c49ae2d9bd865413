"""A course's lab in JupyterLab: offered where labs are on, with one's own code, and its data beside the notebook."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.farm.labs import homes, presence
from dure.people.models import Person
from tests.factories import people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db(transaction=True)
LESSON = "/courses/tiny/units/01-first"
DATA = {"units/01-first/lab/data/deep/table.csv": "a\n1\n"}


@pytest.fixture
def learner(tmp_path: Path, settings: Any) -> Person:
    settings.DATA = tmp_path / "data"
    open_course(tmp_path, **DATA)
    made = people.person(language="en")
    people.member(made, people.organisation())
    people.client_of(made).post("/courses/tiny/start")
    return made


@pytest.fixture
def _labs_are_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LABS_URL = "http://labs.example"
    monkeypatch.setattr(presence, "hub_answers", lambda: True)


def link_in(client: Client) -> str:
    page = client.get(LESSON).content.decode()
    found = re.search(r'href="(/labs/open[^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_no_lab_is_offered_where_there_is_none(learner: Person) -> None:
    assert link_in(people.client_of(learner)) == ""


@pytest.mark.usefixtures("_labs_are_on")
def test_the_notebook_has_ones_own_code_and_its_data_beside_it(learner: Person) -> None:
    client = people.client_of(learner)
    client.post(f"{LESSON}/lab", {"do": "save", "cell": ["def area(a, b): return 7", "print(1)"]})
    link = link_in(client)
    assert "data" in client.get(link).content.decode()
    answer = client.post("/labs/open", {"source": "course", "ref": "tiny/01-first"})
    assert answer["Location"].endswith("/tiny-01-first/notebook.ipynb")
    folder = homes.home_of(learner.uid) / "tiny-01-first"
    assert (folder / "data" / "deep" / "table.csv").read_text() == "a\n1\n"
    cells = json.loads((folder / "notebook.ipynb").read_text())["cells"]
    assert "def area(a, b): return 7" in {cell["source"] for cell in cells}


@pytest.mark.usefixtures("_labs_are_on")
def test_who_does_not_take_the_course_opens_nothing(learner: Person) -> None:
    other = people.person(language="en")
    people.member(other, learner.memberships.get().organisation)
    client = people.client_of(other)
    assert link_in(client) == ""
    assert client.post("/labs/open", {"source": "course", "ref": "tiny/01-first"}).status_code == 404
    assert not list(homes.home_of(other.uid).iterdir())
