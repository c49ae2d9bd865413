"""The hub's side of a relay, whatever a stranger puts there; and which cookies pass."""

import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dure.farm.labs.hub import cookies
from dure.farm.labs.hub.relay import Relay


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
    assert relay.server() is None
    with listening(folder / "server.sock") as server, socket.socket(socket.AF_UNIX) as client:
        path = relay.server()
        assert path is not None
        (folder / "server.sock").rename(folder / "moved")
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
    ("cookie", "may"),
    [
        ("jupyterhub-user-a=1; Path=/user/a/; HttpOnly", True),
        ("_xsrf=2|x; Path=/user/a/", True),
        ("sessionid=mine; Path=/", False),
        ("jupyterhub-user-a=1; Domain=example.org; Path=/", False),
        ("nonsense", False),
    ],
)
def test_a_lab_sets_no_cookie_of_dures(cookie: str, may: bool) -> None:
    assert cookies.may_set(cookie) is may
