"""Sessions and accounts, read with SQL that is written once: every request of a person needs both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from dure.foundation import prepared
from dure.foundation.access import STRANGER
from dure.people.models import Person


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        put = {prepared.WORD: self.session_key}
        found = prepared.rows("people.session", _alive, STRANGER, put=put)
        if not found:
            self._session_key = None  # as Django's own does: a key that is not known is not used again
            return {}
        return self.decode(found[0][0])


def _alive(_someone: Any) -> "QuerySet[Any, Any]":
    """By the database's clock: a session ends by the real time, whatever the day is moved to."""
    return Session.objects.filter(session_key=prepared.WORD, expire_date__gt=Now()).values_list(
        "session_data"
    )


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's way to sign in."""

    def get_user(self, user_id: int) -> Person | None:
        found = prepared.objects(
            "people.account", _account, STRANGER, Person, put={prepared.NUMBER: int(user_id)}
        )
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _account(_someone: Any) -> "QuerySet[Person]":
    return Person.objects.filter(pk=prepared.NUMBER)
