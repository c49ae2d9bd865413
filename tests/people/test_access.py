"""Every page and every REST route of people, asked by every kind of reader: the promised answer, and never a crash."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.people.models import ConsentText
from dure.people.urls import urlpatterns
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
READERS = ("stranger", "outsider", "colleague", "representative", "secretariat", "operator", "auditor")
ALL = dict.fromkeys(READERS, 200)
SIGNED_IN = {**ALL, "stranger": 403}
SECRETARIAT = {**dict.fromkeys(READERS, 403), "secretariat": 200}
LOOK_AFTER = {**SECRETARIAT, "representative": 200}
RUN_IT = {**SECRETARIAT, "operator": 200}

PAGES: dict[str, tuple[str, dict[str, int]]] = {
    "organisations": ("/organisations", ALL),
    "organisation": ("/organisations/{slug}", ALL),
    "hidden organisation": (
        "/organisations/{candidate}",
        {**dict.fromkeys(READERS, 404), "secretariat": 200, "operator": 200, "auditor": 200},
    ),
    "organisation-create": ("/organisations/new", SECRETARIAT),
    "organisation-edit": ("/organisations/{slug}/edit", LOOK_AFTER),
    "organisation-people": ("/organisations/{slug}/people", LOOK_AFTER),
    "invitations": ("/invitations", SECRETARIAT),
    "invitation": ("/invitations/never-sent", dict.fromkeys(READERS, 404)),
    "people": ("/people", ALL),
    "person": ("/people/{open}", ALL),
    "members' person": ("/people/{among_members}", {**ALL, "stranger": 404, "outsider": 404}),
    "circle's person": ("/people/{near}", {**ALL, "stranger": 404, "outsider": 404}),
    "private person": ("/people/{private}", {**ALL, "stranger": 404, "outsider": 404, "colleague": 404}),
    "nobody": ("/people/{nobody}", dict.fromkeys(READERS, 404)),
    "skills": ("/skills", ALL),
    "skill": ("/skills/data-leakage", ALL),
    "text-edit": ("/texts/terms/new", SECRETARIAT),
    "consent-text": ("/texts/terms/1", ALL),
    "profile": ("/me", SIGNED_IN),
    "my-invitations": ("/me/invitations", SIGNED_IN),
    "tokens": ("/me/tokens", SIGNED_IN),
    "consents": ("/me/consents", SIGNED_IN),
    "export": ("/me/export", SIGNED_IN),
    "account-delete": ("/me/delete", SIGNED_IN),
    "accounts": ("/accounts", RUN_IT),
    "account-roles": ("/accounts/{open}", RUN_IT),
    "imports": ("/imports", SECRETARIAT),
    "import": ("/imports/{nobody}", {**dict.fromkeys(READERS, 403), "secretariat": 404}),
    "import-template": ("/imports/template.csv", SECRETARIAT),
    "enter": ("/enter/never-made", dict.fromkeys(READERS, 404)),
}
POST_ONLY = {
    "membership-role",
    "membership-end",
    "invitation-revoke",
    "invitation-accept",
    "token-revoke",
    "consent-withdraw",
    "role-change",
    "account-active",
    "import-apply",
}


@pytest.fixture
def world() -> dict[str, Any]:
    """One member organisation with a representative and a colleague, people of every audience, and one reader of each kind."""
    home, candidate = organisation(slug="home"), organisation(slug="candidate", joined_on=None)
    readers = {
        "outsider": person(),
        "colleague": person(),
        "representative": person(),
        **{role: person(roles=[role]) for role in ("secretariat", "operator", "auditor")},
    }
    member(readers["colleague"], home)
    member(readers["representative"], home, "representative")
    shown = {
        "open": person(audience=Audience.PUBLIC),
        "among_members": person(audience=Audience.MEMBERS),
        "near": person(audience=Audience.CIRCLE),
        "private": person(audience=Audience.PRIVATE),
    }
    for someone in shown.values():
        member(someone, home)
    return {
        "readers": readers,
        "slug": home.slug,
        "candidate": candidate.slug,
        "nobody": uuid7(),
        **{name: someone.uid for name, someone in shown.items()},
    }


def client_for(world: dict[str, Any], reader: str) -> Client:
    return Client() if reader == "stranger" else client_of(world["readers"][reader])


@pytest.mark.parametrize("reader", READERS)
def test_every_page_answers_every_reader_as_promised(world: dict[str, Any], reader: str) -> None:
    client = client_for(world, reader)
    answers = {name: client.get(path.format(**world)).status_code for name, (path, _promise) in PAGES.items()}
    assert answers == {name: promise[reader] for name, (_path, promise) in PAGES.items()}


def test_no_page_is_left_out() -> None:
    named = {pattern.name for pattern in urlpatterns}
    assert named - POST_ONLY <= set(PAGES)
    assert named >= POST_ONLY


POSTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "membership-role": lambda _world: f"/memberships/{uuid7()}/role",
    "membership-end": lambda _world: f"/memberships/{uuid7()}/end",
    "invitation-revoke": lambda _world: f"/invitations/{uuid7()}/revoke",
    "invitation-accept": lambda _world: f"/invitations/{uuid7()}/accept",
    "token-revoke": lambda _world: f"/me/tokens/{uuid7()}/revoke",
    "consent-withdraw": lambda _world: "/me/consents/999999/withdraw",
    "role-change": lambda world: f"/accounts/{world['open']}/role",
    "account-active": lambda world: f"/accounts/{world['open']}/active",
    "import-apply": lambda _world: f"/imports/{uuid7()}/apply",
}


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_a_stranger_and_an_outsider_change_nothing(world: dict[str, Any], name: str) -> None:
    path = POSTS[name](world)
    assert Client().post(path).status_code == 403
    assert client_for(world, "outsider").post(path).status_code in {403, 404}
    assert client_for(world, "secretariat").get(path).status_code == 405


def test_lists_and_search_show_only_whom_the_reader_may_open(world: dict[str, Any]) -> None:
    shown = {
        "stranger": {"open"},
        "outsider": {"open"},
        "colleague": {"open", "among_members", "near"},
        "representative": {"open", "among_members", "near", "private"},
        "auditor": {"open", "among_members", "near", "private"},
    }
    names = ("open", "among_members", "near", "private")
    for reader, expected in shown.items():
        html = client_for(world, reader).get("/people").content.decode()
        assert {name for name in names if str(world[name]) in html} == expected, reader


def test_texts_stay_readable_by_version() -> None:
    assert set(ConsentText.objects.values_list("key", "version")) == {("terms", 1), ("privacy", 1)}
    assert Client().get("/texts/terms/2").status_code == 404
