"""The pages of labs in all the ways to look at them: none here, the hub away, off, waiting, on, and opening work."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.farm.labs import actions, homes
from dure.farm.models import Lab
from dure.foundation import clock
from dure.people.models import Person
from tests.browser.visit import VARIANTS, Variant, open_context, visit
from tests.factories.farm import begun, machine
from tests.factories.people import member, organisation, person
from tests.factories.problems import open_challenge

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDE_AND_NARROW = (Variant("en-1280", "en", 1280, "light"), Variant("en-390", "en", 390, "light"), *VARIANTS)


@pytest.fixture
def hub_there(settings: Any, tmp_path: Path) -> Iterator[socket.socket]:
    settings.LABS_URL, settings.DATA = "http://labs.example", tmp_path
    (tmp_path / "labs").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "labs" / "hub.sock"))
        listening.listen()
        yield listening


@pytest.fixture
def ann() -> Person:
    made = person()
    member(made, organisation())
    return made


def off(_: Person) -> str:
    return "/labs"


def waiting(ann: Person) -> str:
    actions.start(ann.uid)
    return "/labs"


def running(ann: Person) -> str:
    begun(actions.start(ann.uid), machine())
    Lab.objects.filter(person=ann).update(used_at=clock.now())
    homes.note(ann.uid, 123_456_789)
    return "/labs"


def empty(_: Person) -> str:
    return "/labs/open?source=empty"


def data(_: Person) -> str:
    return f"/challenges/{open_challenge().slug}/data"


def files(_: Person) -> str:
    return f"/labs/open?source=challenge&ref={open_challenge().slug}"


@pytest.mark.parametrize("state", [off, waiting, running, empty, data, files], ids=lambda one: one.__name__)
def test_pages_of_labs_keep_their_promises(
    state: Callable[[Person], str],
    ann: Person,
    hub_there: socket.socket,
    browser: Browser,
    live_server: LiveServer,
) -> None:
    look(state(ann), f"labs-{state.__name__}", ann, browser, live_server)


def test_pages_without_labs_keep_them_too(
    ann: Person, hub_there: socket.socket, browser: Browser, live_server: LiveServer, settings: Any
) -> None:
    hub_there.close()
    look("/labs", "labs-away", ann, browser, live_server)
    look("/labs/open?source=empty", "labs-away-empty", ann, browser, live_server)
    look("/labs", "labs-outsider", person(), browser, live_server)
    settings.LABS_URL = ""
    look("/labs", "labs-none", ann, browser, live_server)


def look(url: str, name: str, who: Person, browser: Browser, live_server: LiveServer) -> None:
    for variant in WIDE_AND_NARROW:
        with open_context(browser, variant, base=live_server.url, person=who) as context:
            page = visit(context, url, name=f"{name}-{variant.name}")
            assert page.locator("html").get_attribute("lang") == variant.language
