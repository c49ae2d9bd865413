"""Personal access tokens: keys for programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock
from dure.foundation.access import Denied, Hidden, Refused
from dure.people import secrets
from dure.people.models import Person, PersonalAccessToken

PREFIX = "dure_"
MAX_DAYS = 365
MAX_LIVE = 20
Scope = PersonalAccessToken.Scope


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. `plain` is shown this once and kept nowhere."""

    token: PersonalAccessToken
    plain: str


def tokens_of(person: Person) -> QuerySet[PersonalAccessToken]:
    """All tokens of a person, newest first; revoked and expired ones stay as history."""
    return PersonalAccessToken.objects.filter(person=person).order_by("-id")


def check_token(person: Person, *, name: str, scopes: Iterable[str], days: int) -> None:
    """Raise Denied when such a token cannot be made."""
    if not name.strip():
        raise Denied(Refused("name_needed", _("Name the token, so that you know it again.")))
    if not set(scopes) or not set(scopes) <= set(Scope.values):
        raise Denied(Refused("scope_needed", _("Choose at least one scope from the list.")))
    if not 1 <= days <= MAX_DAYS:
        raise Denied(Refused("bad_expiry", _("A token lives between one day and one year.")))
    live = tokens_of(person).filter(revoked_at=None, expires_at__gt=clock.now())
    if live.count() >= MAX_LIVE:
        raise Denied(Refused("too_many_tokens", _("You have many live tokens; revoke one first.")))


@transaction.atomic
def create_token(person: Person, *, name: str, scopes: Iterable[str], days: int) -> NewToken:
    """Make a token for `person` that lives `days` days (1 to 365) and may do only what `scopes` name."""
    chosen = sorted(set(scopes))
    check_token(person, name=name, scopes=chosen, days=days)
    secret = secrets.fresh(PREFIX)
    token = PersonalAccessToken.objects.create(
        person=person,
        name=name.strip(),
        sha256=secret.sha256,
        prefix=secret.plain[:12],
        scopes=chosen,
        expires_at=clock.now() + timedelta(days=days),
    )
    audit.write(by=person, action="person.token_made", obj=token, detail={"scopes": chosen, "days": days})
    return NewToken(token, secret.plain)


@transaction.atomic
def revoke_token(person: Person, uid: UUID) -> PersonalAccessToken:
    """End one of one's own tokens, at once. Raises Hidden for anybody else's; revoking twice changes nothing."""
    token = tokens_of(person).select_for_update().filter(uid=uid).first()
    if token is None:
        raise Hidden(uid)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.write(by=person, action="person.token_revoked", obj=token)
    return token


def person_by_token(plain: str) -> PersonalAccessToken | None:
    """The live token with this secret, its person loaded and its use noted (at most once a minute); else None."""
    found = PersonalAccessToken.objects.select_related("person").filter(
        sha256=secrets.digest(plain), revoked_at=None, expires_at__gt=clock.now(), person__is_active=True
    )
    token = found.first()
    if token is None or not secrets.same(plain, token.sha256):
        return None
    _note_use(token)
    return token


def _note_use(token: PersonalAccessToken) -> None:
    now = clock.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
    PersonalAccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
