"""What every answer carries: the policy, the language of its reader, and refusals as pages or JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from dure.foundation.access import SIGN_IN, Denied, Hidden, Refused
from dure.web.urls import urlpatterns as real
from tests.factories.people import client_of, person

CLOSED = Refused("closed", "The call is closed since Monday.")
FORM = b"a=1"


def refuse(_request: HttpRequest) -> HttpResponse:
    raise Denied(CLOSED)


def conflict(_request: HttpRequest) -> HttpResponse:
    raise Denied(CLOSED, conflict=True)


def hide(_request: HttpRequest) -> HttpResponse:
    raise Hidden


def ask(_request: HttpRequest) -> HttpResponse:
    raise Denied(SIGN_IN)


def strict(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "sandbox"})


def broken(_request: HttpRequest) -> HttpResponse:
    raise ValueError("ours")


VIEWS = {"refuse": refuse, "conflict": conflict, "hide": hide, "ask": ask, "strict": strict, "broken": broken}
urlpatterns = [
    *(path(f"t/{name}", view) for name, view in VIEWS.items()),
    *(path(f"api/t/{name}", view) for name, view in VIEWS.items()),
    *real,
]
handler404 = "dure.foundation.pages.not_found"
handler500 = "dure.foundation.pages.server_error"


@pytest.fixture(autouse=True)
def _urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("refuse", 403, "closed"),
        ("conflict", 409, "closed"),
        ("ask", 403, "sign_in"),
        ("hide", 404, "not_found"),
    ],
)
def test_refusals_say_the_same_on_pages_parts_and_in_json(
    client: Client, name: str, status: int, code: str
) -> None:
    page, said = client.get(f"/t/{name}"), client.get(f"/api/t/{name}")
    part = client.get(f"/t/{name}", headers={"hx-request": "true"})
    assert page.status_code == part.status_code == said.status_code == status
    body = json.loads(said.content)
    assert (body["code"], body["faults"]) == (code, [])
    if code == "closed":
        assert all(
            str(CLOSED.message) in text
            for text in (page.content.decode(), part.content.decode(), body["message"])
        )


def test_a_hidden_thing_answers_as_one_that_never_was(client: Client) -> None:
    hidden, never = client.get("/t/hide"), client.get("/t/never")
    assert hidden.status_code == never.status_code == 404
    assert without_tokens(hidden, "hide") == without_tokens(never, "never")


def without_tokens(answer: Any, name: str) -> str:
    """A page without what differs by design: its own address, and the proof in its forms."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(f"/t/{name}", ""))


@pytest.mark.parametrize(
    "url", ["/", "/t/refuse", "/t/hide", "/never", "/health", "/account/login/", "/api/v1/openapi.json"]
)
def test_every_answer_has_the_policy_and_says_that_parts_differ(client: Client, url: str) -> None:
    answer = client.get(url)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "HX-Request" in answer["Vary"]


def test_answers_that_reach_no_view_have_it_too(client: Client) -> None:
    client.raise_request_exception = False
    for answer in (client.get("/", headers={"host": "evil.example"}), client.get("/t/broken")):
        assert answer.status_code in {400, 500}
        assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_view_may_be_stricter(client: Client) -> None:
    assert client.get("/t/strict")["Content-Security-Policy"] == "sandbox"


def test_a_form_without_its_proof_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/language/setlang/",
        FORM,
        content_type="application/x-www-form-urlencoded",
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def language_of(client: Client, **headers: str) -> str:
    answer = client.get("/", headers={"accept-language": "ko", **headers})
    return str(answer["Content-Language"])


def test_the_profiles_language_beats_the_browsers_and_a_choice_beats_both() -> None:
    client = client_of(person(language="en"))
    assert language_of(client) == "en"
    client.post("/language/setlang/", {"language": "ko", "next": "/"})
    assert language_of(client) == "ko"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert language_of(client) == "en"


def test_a_stranger_is_answered_as_the_browser_asks(client: Client) -> None:
    assert (language_of(client), language_of(client, **{"accept-language": "en"})) == ("ko", "en")


def test_a_new_language_in_the_profile_ends_an_older_choice() -> None:
    someone = person(language="en", name_en="Kim")
    client = client_of(someone)
    client.post("/language/setlang/", {"language": "ko", "next": "/"})
    fields = {
        "name_ko": "김",
        "name_en": "Kim",
        "language": "ko",
        "time_zone": "Asia/Seoul",
        "audience": "members",
    }
    client.post("/me", fields)
    client.post("/language/setlang/", {"language": "en", "next": "/"})
    assert language_of(client) == "en"
    client.post("/me", {**fields, "language": "en"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
