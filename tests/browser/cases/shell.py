"""The front door, signing in, and the pages that say no."""

from typing import Any
from unittest.mock import patch

from dure.foundation import carrying, notices, outward, webhooks
from tests.browser.cases import Case
from tests.factories.front import alliance, talent_with_work
from tests.factories.people import person


def _front() -> tuple[str, Any]:
    alliance()
    return "/", None


def _home() -> tuple[str, Any]:
    return "/", talent_with_work(alliance())


def _notices() -> tuple[str, Any]:
    return "/notices", talent_with_work(alliance())


def _webhook() -> tuple[str, Any]:
    """One notice arrived, one was not taken, one is on its way."""
    someone = person()
    with patch.object(outward, "target"):
        webhooks.set_webhook(someone, "https://chat.example.org/hooks/abc")
    for answer in ({"return_value": 200}, {"side_effect": outward.OutwardError("refused", 404)}):
        with patch.object(outward, "post", **answer):
            carrying.carry_due()
        notices.notify([someone], webhooks.SET, url="/", params={"host": "chat.example.org"})
    return "/notices/webhook", someone


def _search() -> tuple[str, Any]:
    alliance()
    return "/search?q=콘크리트", None


CASES = [
    Case("front", _front),
    Case("front-empty", lambda: ("/", None)),
    Case("home", _home),
    Case("home-empty", lambda: ("/", person(name_ko="김두레", name_en="Dure Kim"))),
    Case("notices", _notices),
    Case("notices-empty", lambda: ("/notices", person())),
    Case("webhook", _webhook),
    Case("webhook-empty", lambda: ("/notices/webhook", person())),
    Case("search", _search),
    Case("search-empty", lambda: ("/search", None)),
    Case("login", lambda: ("/account/login/", None)),
    Case("signup", lambda: ("/account/signup/", None)),
    Case("password-reset", lambda: ("/account/password/reset/", None)),
    Case("email-sent", lambda: ("/account/confirm-email/", None)),
    Case("email-confirm-bad", lambda: ("/account/confirm-email/none/", None)),
    Case("emails", lambda: ("/account/email/", person())),
    Case("password-change", lambda: ("/account/password/change/", person(password="한글과-English-1984"))),
    Case("two-step", lambda: ("/account/2fa/", person())),
    Case("connections", lambda: ("/account/3rdparty/", person())),
    Case("sign-out", lambda: ("/account/logout/", person())),
    Case("denied", lambda: ("/notices", None), status=403),
    Case("hidden", lambda: ("/nowhere", None), status=404),
]
