"""Labs that are started before their people come: whom the hub is asked for, and how often. The hub here is a small one of ours."""

import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dure.farm import api as farm
from dure.farm.labs import actions, prestart
from dure.farm.labs.hub.service import token_of
from dure.people.models import Organisation, Person
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db
KEY = "the-hubs-own-key"


@dataclass
class Hub:
    """What was asked of it, and what it answers to a start."""

    started: list[str] = field(default_factory=list)
    answer: int = 202


class Answering(BaseHTTPRequestHandler):
    hub: ClassVar[Hub]

    def do_POST(self) -> None:
        *_rest, name, last = self.path.split("/")
        if self.headers["Authorization"] != f"token {token_of(KEY)}":
            self.send_response(403)
        elif last == "server":
            self.hub.started.append(name)
            self.send_response(self.hub.answer)
        else:
            self.send_response(409)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that Python gives it
        """Say nothing."""


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def get_request(self) -> tuple[Any, Any]:
        request, _address = super().get_request()
        return request, ("hub", 0)


@pytest.fixture
def hub(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    settings.LABS_URL = "http://labs.example"
    settings.DATA = tmp_path
    monkeypatch.setenv("DURE_DATA", str(tmp_path))
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs" / "keys.json").write_text(json.dumps({"door": KEY, "client": "x"}))
    made = Answering.hub = Hub()
    monkeypatch.chdir(tmp_path / "labs")  # a socket's own path must be short
    with Server("hub.sock", Answering) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield made
        server.shutdown()


def crowd(home: Organisation, count: int) -> list[Person]:
    found = [person() for _ in range(count)]
    for one in found:
        member(one, home)
    return found


def test_labs_that_are_off_are_started_a_few_at_a_time(hub: Hub) -> None:
    people = crowd(organisation(), prestart.BATCH + 2)
    assert farm.prestart_labs(people) == 2
    assert sorted(hub.started) == sorted(one.uid.hex for one in people[: prestart.BATCH])
    for one in people[: prestart.BATCH]:
        actions.start(one.uid)  # what the hub asks of us then
    assert farm.prestart_labs(people) == 0
    assert len(hub.started) == len(set(hub.started)) == len(people)


def test_a_lab_that_is_on_is_left_alone(hub: Hub) -> None:
    (ann,) = crowd(organisation(), 1)
    job = actions.start(ann.uid)
    assert farm.prestart_labs([ann]) == 0
    assert hub.started == []
    job.refresh_from_db()
    assert job.is_open


def test_who_may_not_work_in_a_lab_gets_none(hub: Hub) -> None:
    (gone,) = crowd(organisation(), 1)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    assert farm.prestart_labs([person(), gone]) == 0
    assert hub.started == []


@pytest.mark.parametrize(("answer", "left"), [(201, 0), (202, 0), (400, 0), (429, 1), (500, 1), (403, 1)])
def test_what_the_hub_does_not_take_is_asked_again(hub: Hub, answer: int, left: int) -> None:
    hub.answer = answer
    assert farm.prestart_labs(crowd(organisation(), 1)) == left


def test_without_labs_nothing_is_started(settings: Any, tmp_path: Path) -> None:
    people = crowd(organisation(), 1)
    assert farm.prestart_labs(people) is None
    settings.LABS_URL, settings.DATA = "http://labs.example", tmp_path
    assert farm.prestart_labs(people) is None
