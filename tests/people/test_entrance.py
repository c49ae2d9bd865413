"""A one-time link signs one person in, once, within its minutes, and looking at it changes nothing."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from dure.foundation import clock
from dure.people.actions.entrance import issue_login_link
from dure.people.models import LoginLink
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def signed_in_as(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def test_looking_does_not_burn_it_and_the_button_works_once() -> None:
    someone = person()
    path, client = issue_login_link(someone), Client()
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert not signed_in_as(client)
    assert client.post(path).status_code == 302
    assert signed_in_as(client) == str(someone.pk)
    again = Client()
    refused = again.post(path)
    assert refused.status_code == 410
    assert refused.context["refused"].reason == "link_used"
    assert not signed_in_as(again)


def test_it_expires_and_a_guess_opens_nothing() -> None:
    path, client = issue_login_link(person(), minutes=10), Client()
    with clock.at(clock.now() + timedelta(minutes=10, seconds=1)):
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 410
    assert client.post("/enter/not-a-link").status_code == 404
    assert client.post(path).status_code == 302


def test_a_closed_account_stays_closed_and_only_the_hash_is_kept() -> None:
    closed = person(is_active=False)
    path = issue_login_link(closed)
    assert Client().post(path).status_code == 410
    assert path.rsplit("/", 1)[1] not in LoginLink.objects.get().sha256


def test_the_button_is_safe_from_other_sites() -> None:
    path = issue_login_link(person())
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert Client().post(path).status_code == 302


def test_demo_links_name_one_person_for_each_demo_role() -> None:
    person()
    representative = person(is_demo=True, name_ko="김대표", name_en="Rep Kim", demo_role="representative")
    person(is_demo=True, roles=["secretariat"], demo_role="secretariat")
    person(is_demo=True)
    out = StringIO()
    call_command("demo_links", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["role_en"] for line in lines] == ["Organisation representative", "Secretariat"]
    assert lines[0]["name"] == "김대표"
    client = Client()
    assert client.post(lines[0]["path"]).status_code == 302
    assert signed_in_as(client) == str(representative.pk)
