"""Labs that want more than a core: accelerators from the farm, and a notebook beside the page."""

import json
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.farm import api as farm
from dure.learn.models import Course, Grading, LabDraft
from tests.factories import people
from tests.factories.course_files import LAB, SOLVED
from tests.factories.courses import open_course
from tests.factories.farm import machine
from tests.factories.sharing import granted

pytestmark = pytest.mark.django_db
UNIT = "/courses/tiny/units/01-first"
GPU = LAB + 'tier: gpu\naccelerators: {"gpu:h100": 1}\n'


def learning(tmp_path: Path, **changed: str) -> Client:
    open_course(tmp_path, **changed)
    client = people.client_of(people.person(language="en"))
    client.post("/courses/tiny/start")
    return client


@pytest.fixture
def gpu_learner(tmp_path: Path) -> Client:
    return learning(tmp_path, **{"units/01-first/lab/lab.yaml": GPU})


def do(client: Client, action: str) -> Any:
    return client.post(f"{UNIT}/lab", {"do": action, "cell": [SOLVED]}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("action", ["run:0", "check", "hand_in"])
def test_a_lab_asks_the_farm_for_its_accelerators(gpu_learner: Client, action: str) -> None:
    machine(accelerators={"gpu:h100": 2})
    granted(Course.objects.get().organisation, accelerator="gpu:h100", project="tiny")
    assert do(gpu_learner, action).status_code == 200
    assert farm.Job.objects.get().wants.accelerators == {"gpu:h100": 1}
    assert "1 × gpu:h100" in gpu_learner.get(UNIT).content.decode()


@pytest.mark.parametrize("action", ["run:0", "hand_in"])
def test_where_no_machine_has_them_that_is_said_and_the_work_is_kept(
    gpu_learner: Client, action: str
) -> None:
    machine()
    assert "No machine of the farm has the accelerators" in do(gpu_learner, action).content.decode()
    assert not Grading.objects.exists()
    assert LabDraft.objects.get().cells == [SOLVED]


@pytest.fixture
def hub(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Labs are on, and something listens where their hub does."""
    with tempfile.TemporaryDirectory() as above, socket.socket(socket.AF_UNIX) as listening:
        folder = Path(above)
        settings.LABS_URL, settings.DATA = "http://labs.example", folder
        monkeypatch.setenv("DURE_DATA", str(folder))
        (folder / "labs").mkdir()
        (folder / "labs" / "keys.json").write_text(json.dumps({"door": "k", "client": "x"}))
        listening.bind(str(folder / "labs" / "hub.sock"))
        listening.listen()
        yield


def test_every_lab_opens_as_a_notebook_where_there_are_labs(tmp_path: Path, hub: None) -> None:
    learner = learning(tmp_path)
    shown = learner.get(UNIT).content.decode()
    link = "/labs/open?source=course&amp;ref=tiny%2F01-first"
    assert link in shown
    assert learner.get(link.replace("&amp;", "&")).status_code in {200, 403}


def test_who_gives_the_course_needs_hours_for_them(gpu_learner: Client) -> None:
    machine(accelerators={"gpu:h100": 2})
    assert "has no hours of gpu:h100" in do(gpu_learner, "check").content.decode()
    assert not Grading.objects.exists()


def test_without_labs_there_is_no_link_to_one(tmp_path: Path) -> None:
    assert "Open as a notebook" not in learning(tmp_path).get(UNIT).content.decode()
