"""Sessions and accounts read with SQL written once: each browser is its own person, and nobody once the session is over."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from dure.foundation import clock
from dure.people.models import Person
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db
MINE = "/me"


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def is_signed_in(client: Client) -> bool:
    return client.get(MINE).status_code == 200


def test_each_browser_is_its_own_person() -> None:
    people = [person(), person(roles=["secretariat"]), person()]
    clients = [client_of(one) for one in people]
    for _again in range(2):
        for one, client in zip(people, clients, strict=True):
            assert client.get(MINE).wsgi_request.user == one
    assert not is_signed_in(Client())


def test_a_key_that_is_unknown_over_or_taken_away_opens_nothing() -> None:
    unknown, over, ended = Client(), client_of(person()), client_of(person())
    unknown.cookies["sessionid"] = "0" * 32
    assert is_signed_in(over)
    past = clock.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=key_of(over)).update(expire_date=past)
    Session.objects.filter(session_key=key_of(ended)).delete()
    assert not any(map(is_signed_in, (unknown, over, ended)))


def test_an_unknown_key_is_not_taken_over_by_the_next_session() -> None:
    client = Client()
    client.cookies["sessionid"] = "0" * 32
    client.force_login(person())
    assert is_signed_in(client)
    assert key_of(client) != "0" * 32


def test_a_closed_account_and_a_changed_password_sign_out() -> None:
    closed, changed = person(), person(password="한글과-English-1984")
    first, second = client_of(closed), client_of(changed)
    assert is_signed_in(first)
    assert is_signed_in(second)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    changed.set_password("다른-말-2026-now")
    changed.save()
    assert not is_signed_in(first)
    assert not is_signed_in(second)
