"""NUL is refused at the door, wherever it comes in."""

from typing import Any

import pytest

from dure.foundation.plain_text import _holds_nul
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/people?q=a%00b",
        "/api/v1/people?q=%00",
        "/api/v1/texts/%00/1",
        "/accounts?q=%00",
        "/organisations/%00",
    ],
)
def test_addresses(path: str) -> None:
    client = client_of(person(roles=["secretariat"]))
    assert client.get(path).status_code == 400
    assert client.get(path.replace("%00", "0")).status_code in {200, 404}


@pytest.mark.parametrize("body", [{"headline_ko": "a\0"}, {"x\0": "y"}, {"headline_ko": ["\0"]}])
def test_bodies(body: dict[str, Any]) -> None:
    client = client_of(person())
    answer = client.patch("/api/v1/me", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    right = client.patch(
        "/api/v1/me", {"headline_ko": "\\u0000 written out"}, content_type="application/json"
    )
    assert right.json()["headline_ko"] == "\\u0000 written out"


def test_only_text_counts() -> None:
    assert not _holds_nul({"a": [1, None, True, "b", {"c": 0.5}]})
    assert _holds_nul([{"a": ["b", "\0"]}])
