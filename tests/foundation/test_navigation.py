"""The menu marks where one is, once."""

import re

import pytest
from django.test import Client

from dure.foundation.access import Role
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db


def marked(client: Client, path: str) -> int:
    return client.get(path).content.decode().split("<main")[0].count("aria-current=")


@pytest.mark.parametrize("path", ["/problems", "/problems/triage", "/organisations"])
def test_only_the_nearest_entry_is_current(path: str) -> None:
    client = client_of(person(roles=[Role.SECRETARIAT]))
    wide_and_phone = 2
    assert marked(client, path) == wide_and_phone


def test_the_front_page_marks_nothing() -> None:
    assert marked(Client(), "/") == 0


def test_the_persons_menu_stands_under_headings_and_nobody_reads_an_empty_one() -> None:
    ordinary, secretariat = (
        groups(client_of(person(language="en", roles=roles))) for roles in ([], [Role.SECRETARIAT])
    )
    assert ordinary == ["My work", "Learning and skills", "Work and places", "Settings"]
    assert secretariat == [*ordinary, "Running the alliance"]
    assert groups(Client()) == []


def groups(client: Client) -> list[str]:
    """The headings of the menu at the right, each a group of links with that name."""
    wide = client.get("/").content.decode().split('<details class="drop phone">')[0]
    return re.findall(r'role="group" aria-label="([^"]+)"><b aria-hidden="true">\1</b><a href=', wide)
