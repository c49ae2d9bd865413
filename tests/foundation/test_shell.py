"""The shell around every page: refusals as pages and as parts, our own faults, notices."""

import json
from unittest.mock import patch

import pytest
from django.test import Client, RequestFactory

from dure.foundation import notices, pages
from dure.foundation.models import Notice
from tests.factories.people import client_of, person

GROUP = notices.Group(1, "Test")

PART = {"hx-request": "true"}


@pytest.mark.django_db
@pytest.mark.parametrize(("url", "status"), [("/notices", 403), ("/nowhere", 404)])
def test_a_refusal_is_a_page_and_for_htmx_a_part(client: Client, url: str, status: int) -> None:
    page, part = client.get(url), client.get(url, headers=PART)
    assert page.status_code == part.status_code == status
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "<h1>" in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.django_db
def test_who_is_refused_is_led_back_after_signing_in(client: Client) -> None:
    assert "/account/login/?next=/notices%3Fpage%3D2" in client.get("/notices?page=2").content.decode()


def test_our_own_fault_needs_no_database() -> None:
    request = RequestFactory().get("/")
    page, part = pages.server_error(request), pages.server_error(RequestFactory().get("/", headers=PART))
    assert page.status_code == 500
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    in_api = pages.server_error(RequestFactory().get("/api/v1/x"))
    assert json.loads(in_api.content)["code"] == "platform_fault"


@pytest.mark.django_db
def test_notices_are_read_and_kinds_are_muted() -> None:
    someone, other = person(), person()
    with patch.dict(notices.KINDS):
        loud = notices.register_kind("t_loud", "Loud", "It is %(what)s.", group=GROUP)
        quiet = notices.register_kind("t_quiet", "Quiet", "Hush.", group=GROUP)
        notices.notify([someone, other], loud, url="/x", params={"what": "here"})
        client = client_of(someone)
        assert "It is here." in client.get("/notices").content.decode()
        client.post("/notices/read")
        assert not Notice.objects.filter(person=someone, read_at=None).exists()
        assert Notice.objects.filter(person=other, read_at=None).exists()
        client.post("/notices/mail", {"kind": [loud, "unknown"]})
        wishes = {wish.kind.key: wish.mail for wish in notices.wishes(someone)}
    assert (wishes[loud], wishes[quiet]) == (True, False)


@pytest.mark.django_db
def test_pages_carry_no_inline_script_and_a_policy(client: Client) -> None:
    for url in ("/", "/account/login/", "/account/signup/"):
        answer = client.get(url)
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        text = answer.content.decode()
        assert " onclick=" not in text
        assert all('src="' in tag or "application/json" in tag for tag in scripts(text))


def scripts(html: str) -> list[str]:
    return [piece.split(">")[0] for piece in html.split("<script")[1:]]
