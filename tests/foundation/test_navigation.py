"""The menu marks where one is, once."""

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
