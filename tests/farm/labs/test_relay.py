"""The hub's side of a relay, whatever a stranger puts there; which cookies pass; and who is led on from a lab that is gone."""

import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dure.farm.labs.hub import cookies, gone
from dure.farm.labs.hub.relay import Relay
from dure.farm.labs.hub.tickets import Tickets


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="relay-") as made:
        yield Path(made)


@pytest.fixture
def relay(folder: Path) -> Iterator[Relay]:
    held = Relay(folder)
    yield held
    held.close()


def listening(path: Path) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()
    return server


def test_the_server_is_reached_through_the_socket_that_was_seen(folder: Path, relay: Relay) -> None:
    assert (relay.server(), relay.held) == (None, None)
    with listening(folder / "server.sock") as server, socket.socket(socket.AF_UNIX) as client:
        path = relay.server()
        assert path is not None
        (folder / "server.sock").rename(folder / "moved")
        assert (relay.server(), relay.held) == (None, path)
        client.connect(path)
        server.accept()[0].close()


@pytest.mark.parametrize("kind", ["link", "file", "folder", "pipe"])
def test_what_is_no_socket_of_the_labs_own_is_not_spoken_to(
    folder: Path, relay: Relay, tmp_path: Path, kind: str
) -> None:
    place = folder / "server.sock"
    with tempfile.TemporaryDirectory() as other, listening(Path(other) / "private.sock"):
        make: dict[str, Callable[[], object]] = {
            "link": lambda: place.symlink_to(Path(other) / "private.sock"),
            "file": lambda: place.write_text("x"),
            "folder": place.mkdir,
            "pipe": lambda: os.mkfifo(place),
        }
        make[kind]()
        assert relay.server() is None


def test_tokens_are_not_written_through_a_link(folder: Path, relay: Relay, tmp_path: Path) -> None:
    (tmp_path / "of-ours").write_text("kept")
    (folder / ".environment.json").symlink_to(tmp_path / "of-ours")
    with pytest.raises(FileExistsError):
        relay.hand_over({"TOKEN": "secret"})
    assert (tmp_path / "of-ours").read_text() == "kept"


def test_the_environment_comes_whole(folder: Path, relay: Relay) -> None:
    relay.hand_over({"A": "1"})
    assert json.loads((folder / "environment.json").read_text()) == {"A": "1"}
    assert sorted(path.name for path in folder.iterdir()) == ["environment.json"]


def test_a_new_hub_takes_the_door_over(folder: Path, relay: Relay) -> None:
    relay.door().close()
    with relay.door() as door, socket.socket(socket.AF_UNIX) as client:
        door.listen()
        client.connect(str(folder / "hub.sock"))


def test_cookies_of_dure_reach_no_lab() -> None:
    sent = "sessionid=secret; csrftoken=x; jupyterhub-user-a=1; _xsrf=2; dure_language=ko"
    assert cookies.ours(sent) == "jupyterhub-user-a=1; _xsrf=2"
    assert cookies.ours("sessionid=secret") == ""


@pytest.mark.parametrize(
    ("cookie", "passed"),
    [
        ("jupyterhub-user-a=1; Path=/user/a/; HttpOnly", "jupyterhub-user-a=1; Path=/user/a/; HttpOnly"),
        ("_xsrf=2|x; Path=/user/a/files/; secure", "_xsrf=2|x; Path=/user/a/files/; secure"),
        ("_xsrf=2", "_xsrf=2; Path=/user/a/"),
        ("_xsrf=2; Path=/", "_xsrf=2; Path=/user/a/"),
        ("_xsrf=2; Path=/user/a/; Path=/user/b/", "_xsrf=2; Path=/user/a/"),
        ("_xsrf=2; PATH =/hub/; made-up=3", "_xsrf=2; Path=/user/a/"),
        ("sessionid=mine; Path=/user/a/", None),
        ("jupyterhub-hub-login=mine; Path=/hub/", None),
        ("dure-lab=a.proof; Path=/", None),
        ("jupyterhub-user-a=1; Domain=example.org; Path=/user/a/", None),
        ("jupyterhub-user-a=1; DOMAIN = example.org", None),
        ("_xsrf=2\tx; Path=/user/a/", None),
        ("nonsense", None),
    ],
)
def test_a_lab_sets_cookies_for_itself_alone(cookie: str, passed: str | None) -> None:
    assert cookies.let_through(cookie, "/user/a/") == passed


def test_a_ticket_opens_ones_own_lab_and_no_other() -> None:
    tickets = Tickets(b"key", is_secure=False)
    held = tickets.cookie_for("ann").partition(";")[0]
    assert tickets.let_in({"Cookie": f"x=1; {held}"}, "ann")
    assert not tickets.let_in({"Cookie": held}, "bob")
    assert not tickets.let_in({"Cookie": held.replace("=ann.", "=bob.")}, "bob")
    assert not tickets.let_in({}, "ann")
    assert not Tickets(b"other", is_secure=False).let_in({"Cookie": held}, "ann")
    assert tickets.let_in({"Authorization": "token of-a-program"}, "ann")
    assert not tickets.let_in({"Authorization": "Basic eDp5"}, "ann")
    assert cookies.ours(held) == ""


def test_over_https_no_neighbour_can_plant_a_ticket() -> None:
    made = Tickets(b"key", is_secure=True).cookie_for("ann")
    assert made.startswith("__Host-dure-lab=ann.")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(made.split("; "))


BROWSER = {"Accept": "text/html,*/*", "Sec-Fetch-Mode": "navigate"}


def test_who_goes_to_a_lab_that_is_gone_is_led_back_into_it_and_to_no_place_of_others() -> None:
    page = gone.page("GET", '/user/a/lab/tree/x.ipynb?y="><script>', BROWSER, "/user/a/")
    assert page is not None
    assert "url=/hub/spawn/a?next=%2Fuser%2Fa%2Flab%2Ftree%2Fx.ipynb%3Fy%3D%22%3E%3Cscript%3E" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("method", "headers", "prefix"),
    [
        ("POST", BROWSER, "/user/a/"),
        ("GET", BROWSER | {"Sec-Fetch-Mode": "no-cors"}, "/user/a/"),
        ("GET", {"Accept": "application/json"}, "/user/a/"),
        ("GET", BROWSER, "/"),
    ],
)
def test_a_program_and_a_picture_start_no_lab(method: str, headers: dict[str, str], prefix: str) -> None:
    assert gone.page(method, "/user/a/lab", headers, prefix) is None
