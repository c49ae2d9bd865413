"""What comes through the labs' proxy and a lab's door, and to whom: the real ones, run among the hub's packages."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dure.cli.up import free_port
from dure.engines.environment import hub

pytestmark = pytest.mark.labs
ROOT = Path(__file__).parents[3]


def said_by(probe: str, *words: str) -> Any:
    """What a program among the hub's packages prints."""
    if not hub().is_here:
        pytest.skip("the hub needs its packages: ./dure test --install")
    python, file = hub().folder / "bin" / "python", Path(__file__).with_name(probe)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [python, file, *words], env=env, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def came() -> dict[str, Any]:
    found: dict[str, Any] = said_by("proxy_probe.py", str(free_port()))
    return found


def headers(came: dict[str, Any], name: str) -> list[str]:
    return [value for key, value in came["headers"] if key.lower() == name]


def test_a_lab_says_nothing_that_would_hold_for_all_labs(came: dict[str, Any]) -> None:
    own, of_the_hub = came["own"], came["stranger"]
    assert (own["status"], own["text"], headers(own, "x-own")) == (200, "ann", ["kept"])
    for name in ("service-worker-allowed", "clear-site-data", "strict-transport-security"):
        assert headers(own, name) == []
        assert headers(of_the_hub, name) != []
    assert headers(own, "set-cookie") == ["_xsrf=1; Path=/user/ann/"]


def test_a_browser_reaches_the_lab_of_who_is_signed_in_alone(came: dict[str, Any]) -> None:
    assert not [one for one in headers(came["stranger"], "set-cookie") if one.startswith("dure-lab=")]
    assert (came["picture"]["status"], came["forged"]["status"]) == (403, 403)
    assert came["person"]["status"] == 302
    assert headers(came["person"], "location") == ["/hub/spawn/ann?next=%2Fuser%2Fann%2Flab%3Fx%3D1"]


def test_a_route_holds_its_socket_itself_and_lets_go_of_it(came: dict[str, Any]) -> None:
    """The descriptor it was given is closed, and its number leads to somebody else's socket."""
    assert came["own"]["text"] == "ann"
    assert came["held"] == [1, 0]


def test_a_question_that_comes_in_pieces_is_heard_to_its_end() -> None:
    whole, pieces, wrong, long = said_by("door_probe.py")
    assert "200 OK" in whole
    assert "code=abc" in whole
    assert pieces.splitlines()[-1] == whole.splitlines()[-1]
    assert "404 Not Found" in wrong
    assert "404 Not Found" in long
