"""Who calls the REST API: a browser session (with CSRF protection) or a personal access token; everybody else is a stranger."""

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from dure.foundation.access import STRANGER, Denied, Refused
from dure.foundation.pages import person_of
from dure.people.actions.tokens import person_by_token
from dure.people.models import Person, PersonalAccessToken

Scope = PersonalAccessToken.Scope
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CSRF = Refused("csrf", _("This request did not come from our page. Reload it, or use an access token."))


class Caller(AuthBase):
    """Finds who calls and lets everybody knock; each operation asks access itself.

    A token reads with any scope. To change something it needs the scope the operation names, or `admin`.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str = Scope.ADMIN) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        """The Person or STRANGER; None (answered 401) when a token was shown that is not alive."""
        header = request.headers.get("Authorization", "")
        if header:
            return self._by_token(request, header)
        return self._by_session(request)

    def _by_token(self, request: HttpRequest, header: str) -> Person | None:
        word, _space, plain = header.partition(" ")
        token = person_by_token(plain.strip()) if word.lower() == "bearer" else None
        if token is None:
            return None
        self._demand_scope(request, token)
        _act_as(request, token.person)
        return token.person

    def _demand_scope(self, request: HttpRequest, token: PersonalAccessToken) -> None:
        if request.method in SAFE_METHODS or {self.scope, Scope.ADMIN} & set(token.scopes):
            return
        needed = cast("str", Scope(self.scope).label)
        message = _("This token may not do that; it needs the scope “%(scope)s”.") % {"scope": needed}
        raise Denied(Refused("scope", message))

    def _by_session(self, request: HttpRequest) -> Any:
        person = person_of(request)
        if person is not STRANGER and request.method not in SAFE_METHODS and check_csrf(request):
            raise Denied(CSRF)
        return person


def _act_as(request: HttpRequest, person: Person) -> None:
    request.user = person
    request.person = person  # type: ignore[attr-defined]  # as RequestMiddleware does for sessions


authenticate = Caller()


def require_scope(scope: str) -> Caller:
    """For an operation's `auth=`: a token needs this scope (or `admin`) to call it with an unsafe method."""
    return Caller(Scope(scope))
