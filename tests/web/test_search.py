"""The search page groups what one may see and shows why it was found."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from dure.foundation import search
from dure.foundation.ids import uuid7
from dure.foundation.models import SearchEntry

pytestmark = pytest.mark.django_db


def shown(_person: object) -> "QuerySet[SearchEntry, Any]":
    return SearchEntry.objects.filter(title_en__startswith="Open").values("uid")


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"thing": search.Kind("thing", "Things", shown)}
    monkeypatch.setattr(search, "KINDS", kinds)
    for title in ("Open one", "Secret one"):
        search.put(
            kind="thing",
            uid=uuid7(),
            title_ko="음성 인식",
            title_en=title,
            url="/thing",
            body="고객센터 음성인식 <b>모형</b>",
        )


def test_found_things_are_grouped_highlighted_and_escaped(client: Client) -> None:
    page = client.get("/search?q=인식", headers={"accept-language": "en"}).content.decode()
    assert "<h2>Things</h2>" in page
    assert "Open one" in page
    assert "<mark>인식</mark>" in page
    assert "&lt;b&gt;" in page
    assert "1 thing found" in page


def test_what_is_not_shared_is_neither_listed_nor_counted(client: Client) -> None:
    page = client.get("/search?q=음성", headers={"accept-language": "en"}).content.decode()
    assert "Secret" not in page
    assert "1 thing found" in page


def test_no_words_and_no_hits_teach(client: Client) -> None:
    assert (
        "What are you looking for?"
        in client.get("/search", headers={"accept-language": "en"}).content.decode()
    )
    assert "Nothing found" in client.get("/search?q=zzz", headers={"accept-language": "en"}).content.decode()
