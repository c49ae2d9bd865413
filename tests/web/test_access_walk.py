"""The access walk: every page and REST route, as every role, over an alliance with things that only some may know of."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from dure.foundation import clock
from tests.factories.people import client_of
from tests.web import world as worlds
from tests.web.addresses import Route, routes
from tests.web.world import MAY_READ, OUTSIDERS, ROLES, World

pytestmark = pytest.mark.django_db
ROUTES = routes()
QUERY = "?q=lighthouse"
# Pages that show a fresh secret each time; nothing of the alliance stands on them.
FRESH = ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/farm/jobs/new")
_CHANGES = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|"csrfToken": "[^"]*"|hx-headers=\'[^\']*\'|name="code" value="[^"]*"'
    rb"|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)"
)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request changes is taken back, so that the order of the walk means nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world() -> World:
    return worlds.hide(worlds.built())


class Walker:
    """One role's browser; a request never leaves a trace."""

    def __init__(self, world: World, role: str) -> None:
        self.role = role
        cookies = {} if role == "stranger" else client_of(world.people[role]).cookies
        self._cookies = {name: morsel.value for name, morsel in cookies.items()}
        # A client of its own for each request would put the middleware together each time, which costs more than the request
        self._client = Client(raise_request_exception=False)
        self._values = {side: worlds.values_of(world, side) for side in ("shown", "hidden", "nowhere")}

    def ask(self, method: str, path: str) -> HttpResponseBase:
        self._client.cookies = SimpleCookie(self._cookies | {"dure_language": "en"})
        body: Any = "{}" if path.startswith("/api/") and method != "get" else {}
        more = {"content_type": "application/json"} if isinstance(body, str) else {}
        with undone():
            answer: HttpResponseBase = getattr(self._client, method)(path, body, **more)
            content_of(answer)
        return answer

    def address(self, route: Route, side: str) -> str | None:
        """The route on one side; places that a side has no value for are filled from the shown one."""
        values = self._values["shown"] | self._values[side]
        return route.filled(values)

    def touches(self, route: Route) -> bool:
        """Whether an address of this route can name a hidden thing."""
        return any(key in self._values["hidden"] for key in route.keys)


def content_of(answer: Any) -> bytes:
    if getattr(answer, "streaming", False):
        if not hasattr(answer, "kept"):
            answer.kept = b"".join(answer.streaming_content)
        return bytes(answer.kept)
    return bytes(answer.content)


def unpacked(content: bytes) -> bytes:
    """A zip as the names and contents of its files; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())


def everything(answer: Any) -> bytes:
    """Body and headers together."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers.encode() + b"\n" + unpacked(content_of(answer))


def leaked(role: str, answer: HttpResponseBase) -> list[str]:
    said = everything(answer)
    return [name for name, may in MAY_READ.items() if role not in may and worlds.word(name).encode() in said]


def same(answer: Any, *, path: str) -> tuple[int, bytes]:
    """An answer without what differs from request to request and without the address that was asked."""
    said = _CHANGES.sub(b"", unpacked(content_of(answer)))
    location = answer.headers.get("Location", "").encode()
    for part in sorted(
        set(
            re.findall(
                r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|challenge-\d+|hidden-course|no-such-thing", path
            )
        ),
        key=len,
    ):
        said, location = said.replace(part.encode(), b"X"), location.replace(part.encode(), b"X")
    return answer.status_code, location + b"\n" + said


def test_the_walk_knows_a_value_for_every_place_in_every_address(world: World) -> None:
    """A new kind of thing in an address fails here until the world in `tests/web/world.py` holds one."""
    known = world.shown.keys() | world.hidden.keys()
    missing = sorted({key for route in ROUTES for key in route.keys} - known)
    assert not missing, missing


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reads_a_word_it_may_not_and_nothing_breaks(world: World, role: str) -> None:
    walker, wrong = Walker(world, role), []
    for route in ROUTES:
        sides = ("shown", "hidden") if walker.touches(route) else ("shown",)
        for side, path in ((side, walker.address(route, side)) for side in sides):
            for method in route.methods if path else ():
                answer = walker.ask(method, f"{path}{QUERY}")
                found = leaked(role, answer)
                if answer.status_code >= 500 or found:
                    wrong.append(f"{method} {route.template} ({side}): {answer.status_code} {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_for_an_outsider_a_hidden_thing_is_the_same_as_one_that_never_was(world: World, role: str) -> None:
    walker, wrong = Walker(world, role), []
    for route in ROUTES:
        if not walker.touches(route):
            continue
        for method in route.methods:
            answers = []
            for side in ("hidden", "nowhere"):
                path = walker.address(route, side)
                assert path is not None
                answers.append(same(walker.ask(method, path), path=path))
            if answers[0] != answers[1]:
                wrong.append(f"{method} {route.template}: {answers[0][0]} and {answers[1][0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_hidden_things_move_no_list_count_or_export_of_an_outsider(role: str) -> None:
    with clock.at(clock.now()):  # a machine of the farm that falls silent meanwhile would be a change
        world = worlds.built()
        before = shown_to(Walker(world, role))
        worlds.hide(world)
        after = shown_to(Walker(world, role))
    changed = [path for path in before if before[path] != after[path]]
    assert not changed, "\n".join(changed)


def shown_to(walker: Walker) -> dict[str, tuple[int, bytes]]:
    """Every address of the shown half, with and without a search for what the hidden half holds."""
    found = {}
    for route in (route for route in ROUTES if route.template not in FRESH):
        path = walker.address(route, "shown") if "get" in route.methods else None
        for asked in [path, path + QUERY] if path else []:
            found[asked] = same(walker.ask("get", asked), path=asked)
    return found


def test_the_words_are_found_by_those_who_may_read_them(world: World) -> None:
    """The walk would prove nothing if its words were shown to nobody."""
    unseen = set(MAY_READ)
    for role in sorted(
        ROLES[1:], key=lambda role: sum(role in may for may in MAY_READ.values()), reverse=True
    ):
        if any(role in MAY_READ[name] for name in unseen):
            unseen -= words_found(Walker(world, role), unseen)
    assert unseen == set()


def words_found(walker: Walker, words: set[str]) -> set[str]:
    """Which of these words the role reads on the hidden half's own pages."""
    paths = [walker.address(route, "hidden") for route in ROUTES if "get" in route.methods]
    said = [everything(walker.ask("get", path)) for path in paths if path]
    return {name for name in words if any(worlds.word(name).encode() in answer for answer in said)}
